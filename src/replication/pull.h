/* pull.h: GET /v1/facts: the others' facts from a cursor on, waiting for one if there is
 * none (PROTOCOL.md).
 * Threads: as a route's run() (request.h). */
#pragma once

#include "replication/station_request.h"

#define PULL_WAIT_S_MAX 30
/* An answer ends after the fact that reaches this. */
#define PULL_BYTES_MAX (4 * 1024 * 1024)

gboolean pull_run (Request *request);
