/* clock.h: wall time as something that is passed in, and hybrid logical time.
 *
 * A hybrid time is 48 bits of Unix milliseconds above 16 bits of counter (Kulkarni et
 * al., "Logical Physical Clocks", 2014). It never runs backwards, even on a machine whose
 * clock does, and orders what one replica knew before another.
 *
 * Threads: all functions are reentrant; a Clock's function must be. Nothing here
 * blocks.  */
#pragma once

#include <glib.h>

/* Milliseconds since 1970-01-01T00:00:00Z. */
typedef gint64 (*ClockFunction) (gpointer data);

typedef struct {
  ClockFunction now_ms;
  gpointer data;
  gboolean machine; /* the machine's own: journal_correct_clock() */
} Clock;

/* A clock that reads the system's wall clock. */
Clock clock_system (void);

/* The system's clock shifted so that it says @iso (ISO 8601 with a zone:
 * "2016-10-26T09:12:00+08:00") now: for rehearsals and demonstrations on a day that is
 * not today. FALSE if @iso is no such time. */
gboolean clock_shifted (const char *iso, Clock *clock);

gint64 clock_now_ms (const Clock *clock);

typedef gint64 HybridTime;

/* The time of the next event after @last (the highest known, 0 for none) when the wall
 * clock says @now_ms: the wall clock where it is ahead, else one more than @last; the
 * last time there is stays itself. */
HybridTime clock_hybrid_next (HybridTime last, gint64 now_ms);

/* The milliseconds of @at. */
gint64 clock_hybrid_ms (HybridTime at);

/* The first hybrid time of a millisecond. */
HybridTime clock_hybrid_from_ms (gint64 ms);
