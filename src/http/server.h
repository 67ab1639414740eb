/* server.h: an HTTP server, over TLS or, for a proxy on the same machine, plain: routes
 * (route.h) that answer requests (request.h). One process may run several, each with its
 * own routes, context, limits and certificate.
 *
 *   static const Route ROUTES[] = {
 *     { "GET", "/people/{ref}", 0, signed_in, NULL, show_person },
 *     { "POST", "/people/{ref}/void", 4096, signed_in, NULL, void_badge },
 *     { 0 },
 *   }; ServerOptions options = { .routes = ROUTES, .context = office,
 *                             .socket = address_listen ("[::]:8444", &host, &port, error),
 *                             .key_pem = key, .certificate_pem = certificate };
 *   Server *server = server_start (&options, error);
 *
 * What a stranger can do is bounded: connections, in all and from one address; headers;
 * bodies, each and together; time to send a request, and without a word.
 * Threads: server_start() and server_stop() are called by one thread; routes run in the
 * server's threads. Stopping blocks until all answers under way are sent or broken off. */
#pragma once

#include "http/server_options.h"

#define SERVER_ERROR server_error_quark ()
GQuark server_error_quark (void);
typedef enum {
  SERVER_ERROR_HTTP, /* libmicrohttpd or GnuTLS cannot start */
} ServerError;

typedef struct _Server Server;

Server *server_start (const ServerOptions *options, GError **error);
/* Begins no request any more, waits for those that other threads work at (suspended:
 * whoever has them resumes them all, in time) and breaks off what is still being
 * sent. Frees the server. */
void server_stop (Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)
