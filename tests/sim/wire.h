/* wire.h: the network between stations and a hub, in the place of libcurl and
 * libmicrohttpd: sync/hub_connection.h and http/request.h as they are declared, over
 * calls. What a station asks goes to a WireCarrier, which says what becomes of it, and
 * hands it to wire_serve(), which runs the hub's own routes.
 *
 * Threads: the station's thread waits while the hub's work. */
#pragma once

#include "replication/hub_parts.h"

typedef struct {
  const char *url, *method, *path; /* the path with its query */
  const char *token;               /* NULL: none */
  const char *header;              /* one more, "Name: value"; NULL: none */
  gboolean gzip;
  GBytes *body; /* NULL: none */
} WireRequest;

typedef struct {
  guint status;
  gboolean sent; /* the hub's machine still ran when it answered */
  GByteArray *body;
  char *cursor, *time, *epoch, *head, *held, *hubs;
} WireAnswer;
void wire_answer_clear (WireAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WireAnswer, wire_answer_clear)

/* A copy that outlives the call; free with wire_request_free(). */
WireRequest *wire_request_copy (const WireRequest *request);
void wire_request_free (WireRequest *request);

/* FALSE: no answer came. */
typedef gboolean (*WireCarrier) (const WireRequest *request, WireAnswer *answer, gpointer data);
void wire_set_carrier (WireCarrier carrier, gpointer data);

/* The hub answers, and has nothing more to do for it when this returns. @runs says
 * whether its machine does; asked at the moment when the answer is known. */
typedef gboolean (*WireRuns) (gpointer data);
void wire_serve (HubParts *hub, const WireRequest *request, WireRuns runs, gpointer data,
                 WireAnswer *answer);
