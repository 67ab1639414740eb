/* epoch_table.h: the table of a hub's epochs (replication/epoch.h), and how one follows
 * another. Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

/* As many ended epochs are remembered; a station that comes with an older one reads again
 * from the start. */
#define EPOCH_TABLE_KEPT 1000

/* Ends the open epoch at the highest number there is, and opens another; inside the
 * caller's transaction. @id (may be NULL): the new one's name, free with g_free(). */
gboolean epoch_table_turn (Journal *journal, char **id, GError **error);
/* The open epoch's name; NULL without @error if there is none. Free with g_free(). */
char *epoch_table_open (Journal *journal, GError **error);
/* Of all that have ended: name → gint64 * last number. Free with g_hash_table_unref(). */
GHashTable *epoch_table_ended (Journal *journal, GError **error);
