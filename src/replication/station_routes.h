/* station_routes.h: the other routes: enrolment, own head, snapshot, counts, health
 * (PROTOCOL.md).
 * Threads: as a route's run() (request.h). */
#pragma once

#include "replication/request.h"

#define DESK_ENROL_BYTES_MAX 4096

enum MHD_Result station_routes_enrol (Request *request);
enum MHD_Result station_routes_head (Request *request);
enum MHD_Result station_routes_snapshot (Request *request);
enum MHD_Result station_routes_counts (Request *request);
enum MHD_Result station_routes_health (Request *request);
