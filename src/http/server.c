#include "http/server.h"

#include "core/words.h"
#include "http/dispatch.h"
#include "http/request_state.h"

#include <unistd.h>

/* A key exchange by a finite field costs a hundred times as much as one by these curves,
 * and whoever connects may choose it. */
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1"
#define THREADS_MIN 2
#define THREADS_MAX 4
#define OPTIONS_MAX 8

G_DEFINE_QUARK (server - error - quark, server_error)

/* How long a request that another thread works at may hold up the end, and how often that
 * is looked at. */
#define STOP_WAITS_MS 60000
#define STOP_LOOKS_US 2000

struct _Server {
  Serving serving;
  struct MHD_Daemon *daemon;
};

/* Port scanners and clients that break off are everyday; they are told only to who asks
 * for debug messages. */
static void G_GNUC_PRINTF (2, 0) log_http (void *data, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}

static void fill_in (ServerLimits *limits)
{
  const ServerLimits standard = {
    .connections = SERVER_CONNECTIONS_MAX,
    .connections_per_address = SERVER_CONNECTIONS_PER_ADDRESS_MAX,
    .idle_s = SERVER_IDLE_S,
    .stranger_idle_s = SERVER_STRANGER_IDLE_S,
    .stranger_s = SERVER_STRANGER_S,
    .strangers = SERVER_STRANGERS_MAX,
    .request_s = SERVER_REQUEST_S,
    .header_bytes = SERVER_HEADER_BYTES_MAX,
    .bodies_bytes = SERVER_BODIES_BYTES_MAX,
    .refused_bytes = SERVER_REFUSED_BYTES_MAX,
    .threads = CLAMP (g_get_num_processors (), THREADS_MIN, THREADS_MAX),
  };

#define OR_STANDARD(FIELD)                                                                         \
  if (limits->FIELD == 0)                                                                          \
  limits->FIELD = standard.FIELD
  OR_STANDARD (connections);
  OR_STANDARD (connections_per_address);
  OR_STANDARD (idle_s);
  OR_STANDARD (stranger_idle_s);
  OR_STANDARD (stranger_s);
  OR_STANDARD (strangers);
  OR_STANDARD (request_s);
  OR_STANDARD (header_bytes);
  OR_STANDARD (bodies_bytes);
  OR_STANDARD (refused_bytes);
  OR_STANDARD (threads);
#undef OR_STANDARD
}

/* What is said only of a server with TLS. */
static void tls_options (const ServerOptions *options, struct MHD_OptionItem items[OPTIONS_MAX])
{
  const char *priorities = options->priorities != NULL ? options->priorities : TLS_PRIORITIES;
  guint count = 0;

  if (options->key_pem != NULL) {
    items[count++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0,
                                              (void *) (guintptr) options->key_pem };
    items[count++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0,
                                              (void *) (guintptr) options->certificate_pem };
    items[count++]
        = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) (guintptr) priorities };
  }
  items[count] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
}

/* By poll(), not epoll: with that, libmicrohttpd (0.9.75) asks without a pause for what a client
 * owes that has begun a handshake and stopped, so that one such stranger took a whole processor. */
static struct MHD_Daemon *start_daemon (Serving *serving)
{
  const ServerOptions *options = &serving->options;
  const ServerLimits *limits = &options->limits;
  guint flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG
                | (options->key_pem != NULL ? MHD_USE_TLS : 0);
  struct MHD_OptionItem tls[OPTIONS_MAX];

  tls_options (options, tls);
  return MHD_start_daemon (
      flags, 0, NULL, NULL, dispatch_handle, serving, MHD_OPTION_EXTERNAL_LOGGER, log_http, NULL,
      MHD_OPTION_LISTEN_SOCKET, options->socket, MHD_OPTION_THREAD_POOL_SIZE, limits->threads,
      MHD_OPTION_CONNECTION_LIMIT, limits->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
      limits->connections_per_address, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->header_bytes,
      MHD_OPTION_CONNECTION_TIMEOUT, limits->stranger_idle_s, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_NOTIFY_COMPLETED, dispatch_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
      dispatch_connection, serving, MHD_OPTION_UNESCAPE_CALLBACK, dispatch_unescape, NULL,
      MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

Server *server_start (const ServerOptions *options, GError **error)
{
  Server *server = g_new0 (Server, 1);
  Serving *serving = &server->serving;

  serving->options = *options;
  fill_in (&serving->options.limits);
  serving->bodies.most = serving->options.limits.bodies_bytes;
  serving->streams = answer_stream_list_new ();
  serving->strangers
      = strangers_new (serving->options.limits.strangers, serving->options.limits.stranger_s);
  server->daemon = start_daemon (serving);
  if (server->daemon == NULL) {
    close (options->socket);
    g_set_error (error, SERVER_ERROR, SERVER_ERROR_HTTP,
                 _ ("libmicrohttpd refuses; a run with G_MESSAGES_DEBUG=all says why"));
    server_stop (server);
    return NULL;
  }
  /* GnuTLS has read them. */
  serving->options.key_pem = serving->options.certificate_pem = serving->options.priorities = NULL;
  return server;
}

/* libmicrohttpd ends the program if it is stopped while a request is suspended. */
static void wait_for_suspended (Serving *serving)
{
  const gint64 end_us = g_get_monotonic_time () + STOP_WAITS_MS * 1000LL;

  while (g_atomic_int_get (&serving->suspended) > 0 && g_get_monotonic_time () < end_us)
    g_usleep (STOP_LOOKS_US);
}

void server_stop (Server *server)
{
  /* Given back first: libmicrohttpd shuts down a socket that it still has, and with it
   * every copy, on which the next server may be listening already. */
  int listening = server->daemon != NULL ? MHD_quiesce_daemon (server->daemon) : -1;

  g_atomic_int_set (&server->serving.stopping, TRUE);
  answer_stream_list_stop (server->serving.streams);
  strangers_release (server->serving.strangers);
  wait_for_suspended (&server->serving);
  if (server->daemon != NULL)
    MHD_stop_daemon (server->daemon);
  if (listening >= 0)
    close (listening);
  answer_stream_list_free (server->serving.streams);
  strangers_free (server->serving.strangers);
  g_free (server);
}
