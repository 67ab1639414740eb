/* station_request.h: a request of the sync protocol (PROTOCOL.md): whose token it came
 * with, and the answers that all its routes give.
 *
 * The server's context is the HubParts.
 * Threads: as a route's run() (http/request.h).  */
#pragma once

#include "http/request.h"
#include "replication/hub_parts.h"

HubParts *station_request_hub (Request *request);
/* A route's authorise(): by the token in “Authorization: Bearer TOKEN”. */
gboolean station_request_authorise (Request *request);
/* Whose token it came with. */
const char *station_request_station (Request *request);

/* A server's decorate(): what every answer of the protocol carries. */
void station_request_decorate (Request *request, guint status);
/* A header with a number. */
void station_request_add_number (Request *request, const char *name, gint64 value);

/* A refusal that names a head. */
gboolean station_request_refuse_head (Request *request, const char *word, const char *message,
                                      const LogBatch *batch);
/* The hub itself cannot: disk, another program. */
gboolean station_request_fail (Request *request, const GError *error);
