/* page_part.h: parts of a page that change by themselves (live.h): each is drawn anew
 * from a moment, and replaced in the reader's page where it differs.
 * Threads: constants; drawing as the View. */
#pragma once

#include "office/view.h"

typedef struct {
  const char *id; /* of the element whose inside it is; NULL ends a list */
  void (*draw) (const View *view);
} PagePart;

/* The element with the part in it; @classes of it. */
void page_part_put (const View *view, const PagePart *parts, const char *id, const char *classes);
