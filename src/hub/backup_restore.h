/* backup_restore.h: a hub's replica from a copy that backup.h has made.
 *
 * The copy is proved before it takes its place, which nothing may hold. It is older than
 * what the stations know, so the hub then waits for them (replication/settling.h).
 * Threads: one. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *station;
  gint64 facts;
  gint64 last_ms; /* when the last of them was written */
  char *congress; /* its name; "" without one */
  /* Names, with commas between: who has power there, of whom no fact speaks and which no chain
   * proves. */
  char *accounts, *readers, *webhooks;
  gboolean settles; /* it served stations: they give back what it lacks */
  gboolean follows; /* its log is shared with other hubs, and gives it what it lacks */
} Restored;
void backup_restore_clear (Restored *restored);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restored, backup_restore_clear)

/* @file into @db. @alone: the log that it shared is lost for good; it has one of its
 * own from now on. @secret (may be NULL): the key of a sealed one. BACKUP_ERROR,
 * SEALED_ERROR or JOURNAL_ERROR; nothing is left behind then. */
gboolean backup_restore_run (const char *file, const char *secret, gboolean alone, const char *db,
                             Clock clock, Restored *restored, GError **error);
