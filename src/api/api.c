#include "api/api.h"

#include "api/api_routes.h"
#include "api/webhook_sender.h"
#include "http/address.h"
#include "replication/hub_certificate.h"

#include <unistd.h>

#define FIRST_WAIT_MS 2000 /* before a webhook that did not answer is tried again */

struct _Api {
  ApiContext context;
  Certificate *certificate;
  char *url;
  Server *server;
  WebhookSender *webhooks;
};

static void decorate (Request *request, guint status)
{
  if (status == HTTP_STATUS_UNAUTHORIZED)
    request_add_header (request, "WWW-Authenticate", "Bearer");
  request_add_header (request, "X-Content-Type-Options", "nosniff");
}

static gboolean prepare (Api *api, HubParts *hub, GError **error)
{
  api->context.hub = hub;
  api->context.journal = journal_open (hub->db, hub->clock, error);
  if (api->context.journal == NULL)
    return FALSE;
  api->certificate = hub_certificate_ensure (api->context.journal, NULL, error);
  api->context.figures = figures_reader_new ();
  return api->certificate != NULL;
}

static gboolean serve (Api *api, const char *listen, GError **error)
{
  g_autofree char *host = NULL;
  guint port;
  int socket = address_listen (listen, &host, &port, error);
  if (socket < 0)
    return FALSE;
  api->url = address_url (host != NULL ? host : g_get_host_name (), port);
  const ServerOptions options = { .routes = API_ROUTES,
                                  .context = &api->context,
                                  .socket = socket,
                                  .key_pem = api->certificate->key_pem,
                                  .certificate_pem = api->certificate->certificate_pem,
                                  .decorate = decorate };
  api->server = server_start (&options, error);
  if (api->server == NULL)
    return FALSE;
  api->webhooks
      = webhook_sender_start (api->context.hub->db, api->context.hub->clock, FIRST_WAIT_MS, error);
  return api->webhooks != NULL;
}

Api *api_start (HubParts *hub, const char *listen, GError **error)
{
  g_autoptr (Api) api = g_new0 (Api, 1);
  lock_init (&api->context.lock);
  api_work_begin (&api->context);
  return prepare (api, hub, error) && serve (api, listen, error) ? g_steal_pointer (&api) : NULL;
}

const char *api_url (const Api *api)
{
  return api->url;
}

/* All that is being read is answered first: the server does not stop while a request is
 * suspended. */
void api_stop (Api *api)
{
  if (api == NULL)
    return;
  webhook_sender_stop (api->webhooks);
  api_work_end (&api->context);
  if (api->server != NULL)
    server_stop (api->server);
  figures_reader_free (api->context.figures);
  journal_close (api->context.journal);
  lock_clear (&api->context.lock);
  certificate_free (api->certificate);
  g_free (api->url);
  g_free (api);
}
