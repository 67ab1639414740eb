/* now_page.h: the page Now: how many are in, what needs a person, how they came, the two
 * events and the two sides, rooms and services, at one moment.
 * Threads: as the View. */
#pragma once

#include "office/page_part.h"

/* Its parts, in the order of the page. */
extern const PagePart NOW_PAGE_PARTS[];
void now_page_draw (const View *view);
