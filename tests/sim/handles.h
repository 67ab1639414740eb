/* handles.h: SQLite's connections and statements, kept when they are closed and given
 * out again: to read a replica's tables and triggers, and to compile what is asked of
 * them, costs more than all that a small congress does. The simulator is linked so that
 * what is tested calls these in the place of sqlite3_open_v2() and the like (--wrap in
 * the Makefile); SQLite's own calls stay its own.
 *
 * Kept are connections to files of a Disk alone. One that is kept is in no transaction
 * and has no page in memory, so that it reads what the file is by then.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

/* Closes all connections to files in @folder that are kept. */
void handles_close (const char *folder);
