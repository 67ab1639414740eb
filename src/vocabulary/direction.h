/* direction.h: which way a passage goes, as the event file and facts write it.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* BOTH: a scan of someone inside is a way out. */
typedef enum { DIRECTION_IN, DIRECTION_OUT, DIRECTION_BOTH, DIRECTION_COUNT } Direction;

/* The word of facts and of the event file; static. */
const char *direction_name (Direction direction);
/* FALSE for a word that is none; @direction is left alone then. */
gboolean direction_from_name (const char *name, Direction *direction);
