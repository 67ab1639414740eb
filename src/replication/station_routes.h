/* station_routes.h: the other routes: enrolment, own head, snapshot, counts, state,
 * health (PROTOCOL.md). Threads: as a route's run() (request.h). */
#pragma once

#include "replication/station_request.h"

#define STATION_ROUTES_ENROL_BYTES_MAX 4096

gboolean station_routes_enrol (Request *request);
gboolean station_routes_head (Request *request);
gboolean station_routes_snapshot (Request *request);
gboolean station_routes_counts (Request *request);
gboolean station_routes_state (Request *request);
gboolean station_routes_health (Request *request);
