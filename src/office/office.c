#include "office/office.h"

#include "core/words.h"
#include "http/address.h"
#include "office/page_layout.h"
#include "office/office_table.h"
#include "office/signin_page.h"
#include "office/totp.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

G_DEFINE_QUARK (office - error - quark, office_error)

#define UNIX_PREFIX "unix:"
#define BACKLOG 128
/* Streams stay open, one a reader. */
#define CONNECTIONS_MAX 1024
/* When the hub comes back all readers do at once, from one address. */
#define STRANGERS_MAX 384

struct _Office {
  OfficeContext context;
  Route *routes;
  int socket; /* listening; each server has a copy */
  char *url, *path;
  char *certificate_path, *key_path; /* NULL: the hub's own */
  char *certificate_pem, *key_pem;   /* in use; NULL over a Unix socket */
  Server *server;
};

/* Certificate ------------------------------------------------------------------------ */

/* FALSE with @error, or with none where nothing has changed. */
static gboolean read_certificate (Office *office, GError **error)
{
  g_autofree char *certificate = NULL, *key = NULL;

  if (!g_file_get_contents (office->certificate_path, &certificate, NULL, error)
      || !g_file_get_contents (office->key_path, &key, NULL, error))
    return FALSE;
  if (g_strcmp0 (certificate, office->certificate_pem) == 0
      && g_strcmp0 (key, office->key_pem) == 0)
    return FALSE;
  g_free (office->certificate_pem);
  g_free (office->key_pem);
  office->certificate_pem = g_steal_pointer (&certificate);
  office->key_pem = g_steal_pointer (&key);
  return TRUE;
}

static gboolean choose_certificate (Office *office, const OfficeOptions *options, GError **error)
{
  if ((options->certificate == NULL) != (options->key == NULL)) {
    g_set_error (error, OFFICE_ERROR, OFFICE_ERROR_CERTIFICATE,
                 _ ("--web-certificate and --web-key belong together: one is missing"));
    return FALSE;
  }
  if (office->path != NULL)
    return TRUE;
  if (options->certificate == NULL) {
    office->certificate_pem = g_strdup (options->own->certificate_pem);
    office->key_pem = g_strdup (options->own->key_pem);
    return TRUE;
  }
  office->certificate_path = g_strdup (options->certificate);
  office->key_path = g_strdup (options->key);
  return read_certificate (office, error);
}

/* Listening -------------------------------------------------------------------------- */

static int listen_unix (const char *path, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_unlink (path); /* of a hub that was killed; two cannot serve one replica */
  if (fd < 0 || strlen (path) >= sizeof address.sun_path
      || bind (fd, (struct sockaddr *) &address, sizeof address) != 0 || g_chmod (path, 0660) != 0
      || listen (fd, BACKLOG) != 0) {
    g_set_error (error, OFFICE_ERROR, OFFICE_ERROR_SOCKET, _ ("listening on %s: %s"), path,
                 g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return -1;
  }
  return fd;
}

static gboolean open_socket (Office *office, const char *listen, GError **error)
{
  g_autofree char *host = NULL;
  guint port;

  if (g_str_has_prefix (listen, UNIX_PREFIX)) {
    office->path = g_strdup (listen + strlen (UNIX_PREFIX));
    office->url = g_strdup (listen);
    office->socket = listen_unix (office->path, error);
  } else {
    office->socket = address_listen (listen, &host, &port, error);
    if (office->socket >= 0)
      office->url = address_url (host != NULL ? host : g_get_host_name (), port);
  }
  return office->socket >= 0;
}

static Server *serve (Office *office, GError **error)
{
  const ServerOptions options = {
    .routes = office->routes,
    .context = &office->context,
    .socket = dup (office->socket),
    .key_pem = office->key_pem,
    .certificate_pem = office->certificate_pem,
    .limits = { .connections = CONNECTIONS_MAX,
                .connections_per_address = CONNECTIONS_MAX,
                .strangers = STRANGERS_MAX },
    .decorate = visit_decorate,
    .refuse = page_layout_refuse,
  };

  return server_start (&options, error);
}

/* Starting and stopping -------------------------------------------------------------- */

static Route *server_routes (const OfficeRoute *table)
{
  guint count = office_route_count (table);
  Route *routes = g_new0 (Route, count + 1);

  for (guint i = 0; i < count; i++)
    routes[i] = (Route){ .method = table[i].method,
                         .path = table[i].path,
                         .body_most = table[i].body_most,
                         .authorise = table[i].roles != 0 ? visit_authorise : NULL,
                         .run = table[i].run };
  return routes;
}

static gboolean prepare (Office *office, const OfficeOptions *options, GError **error)
{
  OfficeContext *context = &office->context;
  HubParts *hub = options->hub;

  totp_start ();
  context->hub = hub;
  context->routes = OFFICE_TABLE;
  context->clock = clock_system ();
  context->sessions = session_list_new ();
  context->throttle = throttle_new ();
  context->checks = signin_page_checks ();
  context->exports = export_job_list_new (hub->db, hub->readers);
  context->notice = notice_cache_new ();
  context->url = g_strdup (options->stations_url);
  context->pin = g_strdup (options->pin);
  context->files = web_file_list_read (error);
  if (context->files == NULL)
    return FALSE;
  context->live
      = live_start (hub->db, hub->clock, hub->watch, hub->states, OFFICE_TABLE_LIVE, error);
  office->routes = server_routes (OFFICE_TABLE);
  return context->live != NULL;
}

Office *office_start (const OfficeOptions *options, GError **error)
{
  g_autoptr (Office) office = g_new0 (Office, 1);

  office->socket = -1;
  if (!prepare (office, options, error) || !open_socket (office, options->listen, error)
      || !choose_certificate (office, options, error)
      || (office->server = serve (office, error)) == NULL)
    return NULL;
  return g_steal_pointer (&office);
}

const char *office_url (const Office *office)
{
  return office->url;
}

void office_reload (Office *office)
{
  g_autoptr (GError) error = NULL;
  Server *fresh;

  if (office->certificate_path == NULL || !read_certificate (office, &error)) {
    if (error != NULL)
      g_message (_ ("the certificate of the organisers' pages cannot be read again: %s"),
                 error->message);
    return;
  }
  fresh = serve (office, &error);
  if (fresh == NULL) {
    g_message (_ ("the certificate of the organisers' pages has changed and cannot be used: %s"),
               error->message);
    return;
  }
  /* Readers come back by themselves, to the new one. */
  server_stop (office->server);
  office->server = fresh;
  g_message (_ ("the organisers' pages have taken the new certificate"));
}

void office_stop (Office *office)
{
  OfficeContext *context = &office->context;

  if (context->live != NULL)
    live_stop (context->live);
  if (office->server != NULL)
    server_stop (office->server);
  if (context->checks != NULL)
    g_thread_pool_free (context->checks, FALSE, TRUE);
  export_job_list_free (context->exports);
  notice_cache_free (context->notice);
  live_free (context->live);
  session_list_free (context->sessions);
  throttle_free (context->throttle);
  web_file_list_free (context->files);
  g_free (context->url);
  g_free (context->pin);
  if (office->socket >= 0)
    close (office->socket);
  if (office->path != NULL)
    g_unlink (office->path);
  g_free (office->routes);
  g_free (office->url);
  g_free (office->path);
  g_free (office->certificate_path);
  g_free (office->key_path);
  g_free (office->certificate_pem);
  g_free (office->key_pem);
  g_free (office);
}
