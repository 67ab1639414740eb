/* push.h: POST /v1/facts: a station's own facts into the log (PROTOCOL.md).
 * Threads: as a route's run() (request.h).  */
#pragma once

#include "hub/request.h"

#define PUSH_BYTES_MAX (4 * 1024 * 1024)

enum MHD_Result push_run (Request *request);
