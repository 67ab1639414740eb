/* give_back.h: the hub's signed word on how far its own facts reach; and giving back to a
 * hub that was restored from an older copy what it has lost of them. Only sync/ includes
 * this.
 * Threads: as client.h.  */
#pragma once

#include "journal/journal.h"
#include "sync/hub_connection.h"

#define JOURNAL_LOCAL_HUB_HEAD "hub-head" /* "NAME SEQ CHAIN SIGNATURE" as the hub said it last */

/* At most so many go back, in one request: the hub's limits. */
#define LOST_FACTS_MAX 100000
#define LOST_BYTES_MAX (48 * 1024 * 1024)

/* Keeps @head if it reaches further than the one kept, and this replica holds all up to
 * it; inside the caller's transaction if there is one. NULL is passed over. */
gboolean give_back_note (Journal *journal, const char *head, GError **error);
/* How far the hub's own facts reach by the word that is kept, and that *@word, free with
 * g_free(); 0 and NULL: there is none. FALSE if it cannot be read. */
gboolean give_back_heard (Journal *journal, gint64 *seq, char **word, GError **error);
/* If the hub now says less (@head, may be NULL) than it once signed: sends what it
 * lacks. */
gboolean give_back_lost (Journal *journal, HubConnection *http, const char *head, GError **error);
