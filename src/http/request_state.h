/* request_state.h: the inside of a Request and what serves it: for request.c, dispatch.c
 * and server.c only.
 * Threads: as request.h; a Serving is constant once the server has started, but for what
 * has locks of its own. */
#pragma once

#include "http/answer_stream.h"
#include "http/body.h"
#include "http/server_options.h"
#include "http/strangers.h"

#include <microhttpd.h>

/* What serves all requests of a server. */
typedef struct {
  ServerOptions options; /* the limits filled in; no texts of the caller's but routes */
  BodyBudget bodies;
  AnswerStreams *streams;
  Strangers *strangers;
  gint suspended; /* atomic: requests that other threads work at */
  gint stopping;  /* atomic: no request is begun any more */
} Serving;

typedef struct {
  gpointer data;
  GDestroyNotify free;
} RequestOwned;

struct _Request {
  Serving *serving;
  struct MHD_Connection *connection;
  const Route *route; /* NULL if none has this method and path */
  RouteParameters parameters;
  char *method, *path;
  char *peer;     /* made when asked for */
  gint64 started; /* monotonic */
  Body *body;     /* NULL if the route takes none */
  gboolean inflated;
  gboolean waited;   /* for its answer, as who was refused often */
  gboolean compress; /* its answer may be compressed */
  char *owner;       /* of the connection, as request_set_owner() has it; NULL: nobody's */
  RequestOwned caller, work;
  guint status;       /* of the answer; 0 before it */
  GPtrArray *headers; /* of the answer: name, value, name … */
  /* Decided before the body was there, answered after it: */
  guint refusal; /* HTTP status, 0 for none */
  const char *refusal_word;
  char *refusal_message;
  char *allowed;     /* methods of a path that does not take this one */
  gsize thrown_away; /* bytes of a body that is refused */
};
