/* api.h: what other programs read from the hub, on an address of its own: figures,
 * counts, passages by cursor, tables, metrics. assets/api/openapi.json describes it,
 * route by route; the hub itself serves it as /v1/openapi.json.
 *
 * It also tells others by itself (webhook.h).
 *
 * Nothing can be changed through it. All but /healthz, /readyz and the description asks
 * for a token (read_token.h) in “Authorization: Bearer TOKEN”. It speaks TLS with the
 * hub's own certificate, which who reads may pin.
 *
 * Threads: api_start() and api_stop() are called by one thread; the rest runs in threads
 * of its own. Starting and stopping block. */
#pragma once

#include "http/server.h"
#include "replication/hub_parts.h"

typedef struct _Api Api;

/* @listen: see http/address.h. @hub outlives the Api. */
Api *api_start (HubParts *hub, const char *listen, GError **error);
/* "https://127.0.0.1:8445" */
const char *api_url (const Api *api);
void api_stop (Api *api); /* frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Api, api_stop)
