/* server.h: the hub at work: HTTPS by libmicrohttpd in front of writer, watch and chores.
 *
 * Threads: server_start() and server_stop() are called by one thread; the rest runs in
 * threads of its own. Starting blocks on disk, stopping until all who wait are answered.  */
#pragma once

#include "core/clock.h"

#include <glib.h>

/* Of these connections, each with its TLS session, some tens of KiB. A station keeps two
 * open. */
#define SERVER_CONNECTIONS_MAX 512
/* From one address: stations of a venue share one behind its router. */
#define SERVER_CONNECTIONS_PER_ADDRESS_MAX 384
#define SERVER_HEADER_BYTES_MAX (32 * 1024)
/* An idle connection is closed after it, one on which no station has shown its token much
 * sooner: whoever opens all that there are shuts the others out no longer than that. */
#define SERVER_IDLE_S 90
#define SERVER_STRANGER_IDLE_S 10
/* A request that is not complete after it is given up. */
#define SERVER_REQUEST_S 60
/* All bodies being received together. */
#define SERVER_BODIES_BYTES_MAX (128 * 1024 * 1024)

#define SERVER_ERROR server_error_quark ()
GQuark server_error_quark (void);
typedef enum {
  SERVER_ERROR_TAKEN, /* another hub serves this replica already */
  SERVER_ERROR_HTTP,  /* libmicrohttpd or GnuTLS cannot start */
} ServerError;

typedef struct {
  const char *db;
  const char *listen;       /* see address.h */
  const char *const *names; /* host names stations use; NULL: this machine's */
  Clock clock;
} ServerOptions;

typedef struct _Server Server;

Server *server_start (const ServerOptions *options, GError **error);
/* Where it listens: "https://127.0.0.1:8443". */
const char *server_url (const Server *server);
const char *server_pin (const Server *server);
void server_stop (Server *server); /* frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)

/* The address stations are told, from the last start. */
#define JOURNAL_LOCAL_HUB_ADDRESS "hub-address"
