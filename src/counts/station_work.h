/* station_work.h: what was done at one station on a day, by whom: scans, those of the
 * last hour, refusals, and badges printed again.
 *
 * A code that nobody had to help with is of no volunteer: "". The sums are those of
 * FiguresStation (figures.h). Threads: as the Journal. Blocks on disk, as long as the
 * station has scanned much. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *volunteer;  /* "" for nobody */
  gint64 scans;     /* refused ones too */
  gint64 last_hour; /* of these, in the sixty minutes before @at_ms */
  gint64 refused;   /* of these */
  gint64 badges;    /* printed again in the last 24 hours */
} StationWork;

/* StationWork: nobody's first, then by scans, the most first; free with
 * g_ptr_array_unref(). */
GPtrArray *station_work_read (Journal *journal, const char *station, const char *day, gint64 at_ms,
                              GError **error);
