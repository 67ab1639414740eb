/* pull_answer.h: what a hub has answered to a pull, taken into the replica: facts and
 * cursor in one transaction, or nothing. Only sync/ includes this. Threads: as client.h.
 * Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "sync/hub_connection.h"

/* Where to read on from, and in which epoch that was said; free *@epoch with g_free(). */
gboolean pull_answer_cursor (Journal *journal, gint64 *cursor, char **epoch, GError **error);
/* @cursor and @epoch as they were asked with. A hub that was restored from an older copy
 * (410) is read again from its first fact on. FALSE with a ClientError, or with that of
 * the disk; *@taken is then 0. */
gboolean pull_answer_take (Journal *journal, const HubAnswer *answer, gint64 cursor,
                           const char *epoch, guint *taken, GError **error);
