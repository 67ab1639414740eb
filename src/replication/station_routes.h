/* station_routes.h: what a hub answers to stations (PROTOCOL.md): every route with its
 * limits and who may call it. Pushing, pulling and giving back have files of their own;
 * enrolment, own head, snapshot, counts, state and health are here.
 *
 * Threads: as a route's run() (request.h). */
#pragma once

#include "http/server.h"

/* Ends with a row without a method; for a server whose context is the HubParts. */
const Route *station_routes (void);
