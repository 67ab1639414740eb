/* logo.h: the logos of organisers and partners, as the event file has them ([logo ID]).
 * Threads: as the Journal; blocks on disk. A list is immutable once read. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *id, *fr, *zh; /* whose it is */
  char *event;        /* "": of the whole congress */
  gboolean svg;       /* else a PNG */
  GBytes *picture;
} Logo;

/* In the event file's order: Logo; free with g_ptr_array_unref(). @event: those of that
 * event and of the whole congress; NULL: all. What cannot be a picture is passed over. */
GPtrArray *logo_read (Journal *journal, const char *event, GError **error);
