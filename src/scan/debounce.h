/* debounce.h: one code read twice within a second, by whichever readers, is one scan.
 *
 * A repeat begins the second anew: a badge left lying under a reader is one scan, however
 * long it lies there. Other codes read in between change nothing. Of the codes of the
 * last second, the newest DEBOUNCE_KEPT are remembered, as digests, so that no code stays
 * in memory.
 *
 * Must not know: readers, threads, the clock: times are passed in. They may come a little
 * out of order, as from several readers.
 * Threads: a Debounce belongs to one thread or stands behind a lock. Nothing here blocks
 * or fails.  */
#pragma once

#include <glib.h>

#define DEBOUNCE_WINDOW_US G_USEC_PER_SEC
#define DEBOUNCE_KEPT 256

typedef struct _Debounce Debounce;

Debounce *debounce_new (void);
void debounce_free (Debounce *debounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Debounce, debounce_free)

/* TRUE if @text, read at @at_us (microseconds of any clock that only goes forward), is a
 * scan; FALSE if it repeats one. */
gboolean debounce_is_new (Debounce *debounce, const char *text, gint64 at_us);
