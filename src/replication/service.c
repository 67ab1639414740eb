#include "replication/service.h"

#include "core/sign.h"
#include "core/words.h"
#include "http/address.h"
#include "replication/hub_addresses.h"
#include "replication/hub_certificate.h"
#include "replication/station_request.h"
#include "replication/station_routes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

G_DEFINE_QUARK (service - error - quark, service_error)

struct _Service {
  HubParts *hub;
  Certificate *certificate;
  char *url;
  int lock;
  Server *server;
};

/* Two hubs on one replica would end each other's epochs. The lock ends with the process,
 * however it ends. */
static int take_lock (const char *db, GError **error)
{
  g_autofree char *path = g_strconcat (db, ".hub-lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0) {
    if (fd >= 0 && errno == EWOULDBLOCK)
      g_set_error (error, SERVICE_ERROR, SERVICE_ERROR_TAKEN,
                   _ ("starting the hub on %s: another accueil-hub serves this replica already; "
                      "stop it first"),
                   db);
    else
      g_set_error (error, SERVICE_ERROR, SERVICE_ERROR_TAKEN, _ ("starting the hub on %s: %s: %s"),
                   db, path, g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return -1;
  }
  return fd;
}

/* Key and certificate, the address that stations are told, and the parts. */
static gboolean prepare (Service *service, const ServiceOptions *options, const char *told,
                         const char *const *names, Journal *journal, GError **error)
{
  service->certificate = hub_certificate_ensure (journal, names, error);
  if (service->certificate == NULL
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_ADDRESS, told, error)
      || !hub_addresses_note (journal, told, error))
    return FALSE;
  service->hub = hub_parts_start (options->db, options->clock, journal, error);
  return service->hub != NULL;
}

/* @socket is taken over. */
static gboolean serve (Service *service, int socket, guint files, GError **error)
{
  const guint connections = SERVICE_CONNECTIONS_OF (files > 0 ? files : SERVICE_FILES);
  const ServerOptions options = {
    .routes = station_routes (),
    .context = service->hub,
    .socket = socket,
    .key_pem = service->certificate->key_pem,
    .certificate_pem = service->certificate->certificate_pem,
    .decorate = station_request_decorate,
    .limits = { .connections = connections,
                .connections_per_address = MIN (connections, SERVICE_CONNECTIONS_PER_ADDRESS_MAX),
                .strangers = MIN (connections / 2, SERVER_STRANGERS_MAX) },
  };

  service->server = server_start (&options, error);
  if (service->server == NULL)
    g_prefix_error (error, _ ("starting the HTTPS service on %s: "), service->url);
  return service->server != NULL;
}

static gboolean start_all (Service *service, const ServiceOptions *options, GError **error)
{
  const char *own_names[] = { g_get_host_name (), "localhost", NULL };
  const char *const *names
      = options->names != NULL && options->names[0] != NULL ? options->names : own_names;
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);
  g_autofree char *host = NULL, *told = NULL;
  guint port;
  int socket;

  if (journal == NULL || (service->lock = take_lock (options->db, error)) < 0)
    return FALSE;
  socket = address_listen (options->listen, &host, &port, error);
  if (socket < 0)
    return FALSE;
  service->url = address_url (host != NULL ? host : names[0], port);
  told = options->url != NULL
             ? g_strdup (options->url)
             : address_url (host != NULL && options->names == NULL ? host : names[0], port);
  if (!prepare (service, options, told, names, journal, error)) {
    close (socket);
    return FALSE;
  }
  return serve (service, socket, options->files, error);
}

Service *service_start (const ServiceOptions *options, GError **error)
{
  g_autoptr (Service) service = g_new0 (Service, 1);

  sign_start ();
  service->lock = -1;
  return start_all (service, options, error) ? g_steal_pointer (&service) : NULL;
}

const char *service_url (const Service *service)
{
  return service->url;
}

const char *service_pin (const Service *service)
{
  return service->certificate->pin;
}

HubParts *service_hub (Service *service)
{
  return service->hub;
}

/* All who wait are answered first: libmicrohttpd does not stop while a connection is
 * suspended. */
void service_stop (Service *service)
{
  if (service->hub != NULL)
    hub_parts_stop (service->hub);
  if (service->server != NULL)
    server_stop (service->server);
  hub_parts_free (service->hub);
  certificate_free (service->certificate);
  g_free (service->url);
  if (service->lock >= 0)
    close (service->lock);
  g_free (service);
}
