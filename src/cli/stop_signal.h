/* stop_signal.h: SIGTERM, SIGINT and SIGHUP for a command that works for long: it is to
 * end in its own time, with what it has begun made whole or taken away.
 *
 * Threads: to be called once, from the main one; what it answers is read in any. */
#pragma once

#include <glib.h>

/* From now on these signals are caught. What is pointed to becomes 1 with the first, and
 * is read by g_atomic_int_get (). */
gint *stop_signal_catch (void);
