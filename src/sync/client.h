/* client.h: a station's side of the sync protocol (hub/PROTOCOL.md): enrolment, push, pull, snapshot, over HTTPS by libcurl with the hub's public key pinned.
 *
 * One Client holds one connection, kept open. Push and pull run on separate Clients, so that a long poll never holds back what happened here.
 * Limits: an answer of more than CLIENT_ANSWER_BYTES_MAX is refused (the snapshot goes to a file, at most CLIENT_SNAPSHOT_BYTES_MAX).
 * Threads: a Client belongs to one thread, with its own Journal. client_start() once before threads. Calls block on the network, at most the time-out they name.  */
#pragma once

#include "journal/journal.h"

#define CLIENT_ANSWER_BYTES_MAX (32 * 1024 * 1024)
#define CLIENT_SNAPSHOT_BYTES_MAX (4LL * 1024 * 1024 * 1024)
#define CLIENT_CONNECT_MS 5000
#define CLIENT_WAIT_S 25

#define CLIENT_ERROR client_error_quark ()
GQuark client_error_quark (void);
typedef enum {
  CLIENT_ERROR_UNREACHABLE, /* no connection, time-out: try again later */
  CLIENT_ERROR_PIN,         /* the server's key is not the one enrolled with: somebody is in between, or the hub was set up anew */
  CLIENT_ERROR_REFUSED,     /* token unknown or revoked, or the code was used or has expired */
  CLIENT_ERROR_CONFLICT,    /* the hub holds another history under this station's name */
  CLIENT_ERROR_PROTOCOL,    /* an answer that is not of the protocol */
  CLIENT_ERROR_CODE,        /* the enrolment code cannot be read */
  CLIENT_ERROR_NOT_ENROLLED,
} ClientError;

void client_start (void);

/* Trades a hub's one-time code ("accueil-hub invite") for this replica's own token, takes a snapshot and keeps address, pin and token as local values. Again on an enrolled replica: the new
 * hub and token take the place of the old, and own facts that only the hub still holds come back. */
gboolean client_enrol (Journal *journal, const char *code, gint64 *facts_taken, GError **error);
/* TRUE if enrolled. */
gboolean client_is_enrolled (Journal *journal);

typedef struct _Client Client;
Client *client_new (Journal *journal, GError **error);
void client_free (Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

/* Sends own facts that the hub lacks, at most one batch; @sent counts, 0 when in step. */
gboolean client_push (Client *client, guint *sent, GError **error);
/* Takes others' facts, at most one batch, waiting up to @wait_s for one; @stop (may be NULL) ends the wait within a second. */
gboolean client_pull (Client *client, gint wait_s, gint *stop, guint *taken, GError **error);
/* Milliseconds by which the hub's clock is ahead of ours, from the last answer. */
gint64 client_clock_offset_ms (const Client *client);

#define JOURNAL_LOCAL_HUB_URL "hub-url"
#define JOURNAL_LOCAL_HUB_PIN "hub-pin"       /* "sha256//BASE64" of the SubjectPublicKeyInfo, as libcurl's CURLOPT_PINNEDPUBLICKEY */
#define JOURNAL_LOCAL_HUB_TOKEN "hub-token"
#define JOURNAL_LOCAL_HUB_CURSOR "hub-cursor"
#define JOURNAL_LOCAL_HUB_EPOCH "hub-epoch"
#define JOURNAL_LOCAL_HUB_CONTACT "hub-contact" /* Unix milliseconds of the last answer */
