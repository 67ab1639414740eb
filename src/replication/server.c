#include "replication/server.h"

#include "core/sign.h"
#include "core/words.h"
#include "http/address.h"
#include "replication/certificate.h"
#include "replication/station_routes.h"
#include "replication/restore.h"
#include "replication/pull.h"
#include "replication/push.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3"
#define THREADS_MIN 2
#define THREADS_MAX 4

G_DEFINE_QUARK (server - error - quark, server_error)

static const Route ROUTES[] = {
  { MHD_HTTP_METHOD_POST, "/v1/facts", PUSH_BYTES_MAX, FALSE, push_run, NULL },
  { MHD_HTTP_METHOD_POST, "/v1/lost", RESTORE_BYTES_MAX, FALSE, restore_run, restore_judge },
  { MHD_HTTP_METHOD_GET, "/v1/facts", 0, FALSE, pull_run, NULL },
  { MHD_HTTP_METHOD_GET, "/v1/head", 0, FALSE, station_routes_head, NULL },
  { MHD_HTTP_METHOD_GET, "/v1/snapshot", 0, FALSE, station_routes_snapshot, NULL },
  { MHD_HTTP_METHOD_GET, "/v1/counts", 0, FALSE, station_routes_counts, NULL },
  { MHD_HTTP_METHOD_POST, "/v1/enrol", DESK_ENROL_BYTES_MAX, TRUE, station_routes_enrol, NULL },
  { MHD_HTTP_METHOD_GET, "/v1/health", 0, TRUE, station_routes_health, NULL },
};

struct _Server {
  Hub hub;
  Certificate *certificate;
  char *url;
  int lock;
  struct MHD_Daemon *daemon;
};

/* Requests
 * ---------------------------------------------------------------------------------------------------------------------------------------
 */

static const Route *find_route (const char *method, const char *path, const char **allowed)
{
  *allowed = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++) {
    if (strcmp (ROUTES[i].path, path) != 0)
      continue;
    if (strcmp (ROUTES[i].method, method) == 0)
      return &ROUTES[i];
    *allowed = *allowed == NULL ? ROUTES[i].method : MHD_HTTP_METHOD_GET ", " MHD_HTTP_METHOD_POST;
  }
  return NULL;
}

/* What the headers say of the body: -1 for nothing, G_MAXINT64 for one whose length is
 * not told or no number. */
static gint64 announced (Request *request)
{
  const char *length = request_header (request, MHD_HTTP_HEADER_CONTENT_LENGTH);
  gint64 value;

  if (request_header (request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    return G_MAXINT64;
  if (length == NULL)
    return -1;
  return g_ascii_string_to_signed (length, 10, 0, G_MAXINT64, &value, NULL) ? value : G_MAXINT64;
}

/* A station may keep its connection idle; see SERVER_STRANGER_IDLE_S. */
static gboolean admit (Request *request)
{
  if (!request_authorise (request))
    return FALSE;
  MHD_set_connection_option (request->connection, MHD_CONNECTION_OPTION_TIMEOUT,
                             (unsigned) SERVER_IDLE_S);
  return TRUE;
}

/* Decides by the headers alone; what is refused is noted. */
static void judge_headers (Request *request)
{
  const Route *route = request->route;
  gint64 length = announced (request);

  if (route == NULL && request->allowed != NULL)
    request_note_refusal (request, MHD_HTTP_METHOD_NOT_ALLOWED, "method",
                          _ ("this path does not take this method"));
  else if (route == NULL)
    request_note_refusal (
        request, MHD_HTTP_NOT_FOUND, "path",
        _ ("there is nothing under this path; the protocol is described in replication/PROTOCOL.md"));
  else if (!route->open && !admit (request))
    return;
  else if (route->body_most == 0 && length > 0)
    request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                          _ ("this request takes no body"));
  else if (length != G_MAXINT64 && length > (gint64) route->body_most)
    request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                          _ ("the body is larger than the %zu bytes allowed here"),
                          route->body_most);
  else if (route->judge != NULL)
    route->judge (request);
}

static enum MHD_Result answer_refusal (Request *request)
{
  return request_refuse (request, request->refusal, request->refusal_word, "%s",
                         request->refusal_message);
}

/* A body that will be refused is still read if it is of a fair size, and thrown away:
 * else the client, still sending, may not see the answer. */
static enum MHD_Result begin (Hub *hub, struct MHD_Connection *connection, const char *path,
                              const char *method, void **context)
{
  const char *allowed;
  Request *request = request_new (hub, connection, find_route (method, path, &allowed));

  request->allowed = allowed;
  *context = request;
  judge_headers (request);
  if (request->refusal != 0 && announced (request) > 2 * PUSH_BYTES_MAX)
    return answer_refusal (request);
  return MHD_YES;
}

static enum MHD_Result receive (Request *request, const char *data, size_t *length)
{
  gboolean late = g_get_monotonic_time () - request->started > SERVER_REQUEST_S * G_USEC_PER_SEC;

  if (request->refusal == 0 && request->body == NULL)
    request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                          _ ("this request takes no body"));
  if (request->refusal == 0 && !body_add (request->body, data, *length)) {
    if (body_had_room (request->body))
      request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                            _ ("the body is larger than the %zu bytes allowed here"),
                            request->route->body_most);
    else
      request_note_refusal (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
                            _ ("the hub has too much to do or is being stopped; try again"));
  }
  if (request->refusal != 0)
    request->thrown_away += *length;
  *length = 0;
  return late || request->thrown_away > 2 * PUSH_BYTES_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result handle (void *data, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_length, void **context)
{
  Request *request = *context;

  if (request == NULL)
    return begin (data, connection, path, method, context);
  if (*upload_length > 0)
    return receive (request, upload, upload_length);
  return request->refusal != 0 ? answer_refusal (request) : request->route->run (request);
}

static void completed (void *data, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode code)
{
  request_free (*context);
  *context = NULL;
}

/* Port scanners and clients that break off are everyday; they are told only to who asks
 * for debug messages. */
static void G_GNUC_PRINTF (2, 0) log_http (void *data, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}

/* Starting
 * ---------------------------------------------------------------------------------------------------------------------------------------
 */

/* Two hubs on one replica would end each other's epochs. The lock ends with the process,
 * however it ends. */
static int take_lock (const char *db, GError **error)
{
  g_autofree char *path = g_strconcat (db, ".hub-lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0) {
    if (fd >= 0 && errno == EWOULDBLOCK)
      g_set_error (error, SERVER_ERROR, SERVER_ERROR_TAKEN,
                   _ ("starting the hub on %s: another accueil-hub serves this replica already; "
                      "stop it first"),
                   db);
    else
      g_set_error (error, SERVER_ERROR, SERVER_ERROR_TAKEN, _ ("starting the hub on %s: %s: %s"),
                   db, path, g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return -1;
  }
  return fd;
}

static void committed (gpointer data)
{
  watch_ring (((Hub *) data)->watch);
}

/* The parts behind HTTP. The watch comes before the writer that rings it. */
static gboolean start_hub (Server *server, const ServerOptions *options, Journal *journal,
                           GError **error)
{
  Hub *hub = &server->hub;

  hub->db = g_strdup (options->db);
  hub->name = g_strdup (journal_station (journal));
  hub->clock = options->clock;
  hub->bodies.most = SERVER_BODIES_BYTES_MAX;
  hub->readers = replica_pool_new (options->db, options->clock);
  return (hub->own_head = own_head_new (journal, error)) != NULL
         && (hub->epochs = epochs_open (journal, error)) != NULL
         && (hub->watch = watch_new (options->db, options->clock, error)) != NULL
         && (hub->writer = writer_new (options->db, options->clock, committed, hub, error)) != NULL
         && (hub->chores = chores_new (options->db, options->clock, error)) != NULL;
}

static gboolean start_http (Server *server, int socket, GError **error)
{
  guint threads = CLAMP (g_get_num_processors (), THREADS_MIN, THREADS_MAX);

  server->daemon = MHD_start_daemon (
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
      NULL, NULL, handle, &server->hub, MHD_OPTION_EXTERNAL_LOGGER, log_http, NULL,
      MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_THREAD_POOL_SIZE, threads,
      MHD_OPTION_HTTPS_MEM_KEY, server->certificate->key_pem, MHD_OPTION_HTTPS_MEM_CERT,
      server->certificate->certificate_pem, MHD_OPTION_HTTPS_PRIORITIES, TLS_PRIORITIES,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned) SERVER_CONNECTIONS_MAX,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned) SERVER_CONNECTIONS_PER_ADDRESS_MAX,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) SERVER_HEADER_BYTES_MAX,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) SERVER_STRANGER_IDLE_S,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
      MHD_OPTION_END);
  if (server->daemon != NULL)
    return TRUE;
  g_set_error (error, SERVER_ERROR, SERVER_ERROR_HTTP,
               _ ("starting the HTTPS service on %s: libmicrohttpd refuses; a run with "
                  "G_MESSAGES_DEBUG=all says why"),
               server->url);
  return FALSE;
}

static gboolean start_all (Server *server, const ServerOptions *options, GError **error)
{
  const char *own_names[] = { g_get_host_name (), "localhost", NULL };
  const char *const *names
      = options->names != NULL && options->names[0] != NULL ? options->names : own_names;
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);
  g_autofree char *host = NULL, *told = NULL;
  guint port;
  int socket;

  if (journal == NULL || (server->lock = take_lock (options->db, error)) < 0)
    return FALSE;
  socket = address_listen (options->listen, &host, &port, error);
  if (socket < 0)
    return FALSE;
  server->url = address_url (host != NULL ? host : names[0], port);
  told = address_url (host != NULL && options->names == NULL ? host : names[0], port);
  server->certificate = certificate_ensure (journal, names, error);
  if (server->certificate == NULL
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_ADDRESS, told, error)
      || !start_hub (server, options, journal, error) || !start_http (server, socket, error)) {
    close (socket);
    return FALSE;
  }
  return TRUE;
}

Server *server_start (const ServerOptions *options, GError **error)
{
  g_autoptr (Server) server = g_new0 (Server, 1);

  sign_start ();
  server->lock = -1;
  return start_all (server, options, error) ? g_steal_pointer (&server) : NULL;
}

const char *server_url (const Server *server)
{
  return server->url;
}

const char *server_pin (const Server *server)
{
  return server->certificate->pin;
}

/* All who wait are answered first: libmicrohttpd does not stop while a connection is
 * suspended. */
void server_stop (Server *server)
{
  Hub *hub = &server->hub;

  g_atomic_int_set (&hub->stopping, TRUE);
  if (hub->watch != NULL)
    watch_stop (hub->watch);
  if (hub->writer != NULL)
    writer_stop (hub->writer);
  if (hub->chores != NULL)
    chores_stop (hub->chores);
  if (server->daemon != NULL)
    MHD_stop_daemon (server->daemon);
  writer_free (hub->writer);
  watch_free (hub->watch);
  chores_free (hub->chores);
  replica_pool_free (hub->readers);
  epochs_free (hub->epochs);
  own_head_free (hub->own_head);
  g_free (hub->db);
  g_free (hub->name);
  certificate_free (server->certificate);
  g_free (server->url);
  if (server->lock >= 0)
    close (server->lock);
  g_free (server);
}
