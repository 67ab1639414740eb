/* client.h: a station's side of the sync protocol (replication/PROTOCOL.md): enrolment,
 * push, pull, snapshot, over HTTPS by libcurl with the hub's public key pinned.
 *
 * One Client holds one connection, kept open. Push and pull run on separate Clients, so
 * that a long poll never holds back what happened here. Limits: an answer of more than
 * CLIENT_ANSWER_BYTES_MAX is refused (the snapshot goes to a file, at most
 * CLIENT_SNAPSHOT_BYTES_MAX).
 * Threads: a Client belongs to one thread, with its own Journal. client_start() once
 * before threads. Calls block on the network, at most the time-out they name.  */
#pragma once

#include "journal/journal.h"
#include "sync/client_terms.h"

void client_start (void);

/* Trades a hub's one-time code ("accueil-hub invite") for this replica's own token, takes
 * a snapshot and keeps address, pin and token as local values. Again on an enrolled
 * replica: the new hub and token take the place of the old, and own facts that only the
 * hub still holds come back.  */
gboolean client_enrol (Journal *journal, const char *code, gint64 *facts_taken, GError **error);
/* TRUE if enrolled. */
gboolean client_is_enrolled (Journal *journal);

typedef struct _Client Client;
Client *client_new (Journal *journal, GError **error);
void client_free (Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

/* Sends own facts that the hub lacks, at most one batch; @sent counts, 0 when in step. */
gboolean client_push (Client *client, guint *sent, GError **error);
/* Takes others' facts, at most one batch, waiting up to @wait_s for one; @stop (may be
 * NULL) ends the wait within a second. */
gboolean client_pull (Client *client, gint wait_s, gint *stop, guint *taken, GError **error);
/* Tells the hub how this station is (PROTOCOL.md, /v1/state). A hub that does not
 * know that is content without. */
gboolean client_report (Client *client, const char *json, GError **error);
/* Milliseconds by which the hub's clock is ahead of ours, from the last answer. */
gint64 client_clock_offset_ms (const Client *client);
