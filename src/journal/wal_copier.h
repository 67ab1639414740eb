/* wal_copier.h: copies the write-ahead log back into the replica's file, so that nobody
 * who scans has to.
 *
 * Whoever commits when the log has grown to some size copies it back (SQLite's automatic
 * checkpoint, store.c), and waits for it: one scan in some hundreds took 150 ms. A copier
 * in the agent does it before, a little at a time: some time after something was written,
 * sooner the more there was to copy. It waits for nobody and holds up nobody, since a
 * passive checkpoint takes no lock that a writer wants (sqlite.org/wal.html). Without an
 * agent the log is copied back as before, so it stays bounded.
 *
 * Threads: one of its own, with a Journal of its own. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

/* Not more often: each time syncs the disk twice, and every commit beside it waits for
 * that a little. */
#define WAL_COPIER_MIN_MS 250
#define WAL_COPIER_MAX_MS 5000
#define WAL_COPIER_FIRST_MS 500
/* It aims at pieces of that size: a quarter of what SQLite lets the log grow to
 * (store.c). */
#define WAL_COPIER_PAGES 1000

/* Waits for a change and copies once. @wait_ms: how long to gather changes, kept between
 * calls, WAL_COPIER_FIRST_MS at first. FALSE if it failed; TRUE also without a change
 * within @patience_ms, and when *@stop is set. */
gboolean wal_copier_round (Journal *journal, gint64 *seen, gint *wait_ms, gint patience_ms,
                           gint *stop, GError **error);
