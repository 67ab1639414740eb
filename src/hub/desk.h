/* desk.h: the other routes: enrolment, own head, snapshot, counts, health (PROTOCOL.md).
 * Threads: as a route's run() (request.h).  */
#pragma once

#include "hub/request.h"

#define DESK_ENROL_BYTES_MAX 4096

enum MHD_Result desk_enrol (Request *request);
enum MHD_Result desk_head (Request *request);
enum MHD_Result desk_snapshot (Request *request);
enum MHD_Result desk_counts (Request *request);
enum MHD_Result desk_health (Request *request);
