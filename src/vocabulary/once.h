/* once.h: how often a right may be used, as the event file and facts write it.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum { ONCE_NEVER, ONCE_EVENT, ONCE_DAY, ONCE_SESSION, ONCE_COUNT } Once;

/* The word of facts and of the event file; static. */
const char *once_name (Once once);
/* FALSE for a word that is none; @once is left alone then. */
gboolean once_from_name (const char *name, Once *once);
