/* open_files.h: how many files this program may have open: each connection is one, and a
 * program that has no more left can open its own no more.
 * Threads: reentrant. */
#pragma once

#include <glib.h>

/* Raises this program's limit (RLIMIT_NOFILE) to @wanted, as far as the machine lets it;
 * never lowers it. What it is then. */
guint open_files_raise (guint wanted);
