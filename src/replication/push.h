/* push.h: POST /v1/facts: a station's own facts into the log (PROTOCOL.md).
 * Threads: as a route's run() (request.h).  */
#pragma once

#include "replication/station_request.h"

#define PUSH_BYTES_MAX (4 * 1024 * 1024)

/* By the headers: whether the station is within its quota. */
gboolean push_judge (Request *request);
gboolean push_run (Request *request);

/* For others that take facts (restore.h): */
/* The body's facts, inflated if need be; all of @station, at most @most. */
GArray *push_facts (Request *request, const char *station, guint most, GError **error);
gboolean push_refuse_body (Request *request, const GError *error);
/* Hands @facts (taken over) of @station to the writer; push_answer() when run() is called
 * again. */
gboolean push_begin (Request *request, const char *station, GArray *facts);
gboolean push_answer (Request *request);
/* Between the two: another history than theirs is held. */
gboolean push_is_other_history (Request *request);
