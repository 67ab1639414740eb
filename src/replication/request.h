/* request.h: one HTTP request at the hub: what it came with, what the hub has to serve
 * it, and how it is answered.
 *
 * A route's run() is called once the body is there. It answers, or suspends the
 * connection and hands the request to the writer, the watch or the chores; when these
 * call request_resume(), run() is called again and finds its own state in `work`.
 *
 * Threads: a Request is touched by one thread at a time: libmicrohttpd's, or, while
 * suspended, the one it was handed to.  */
#pragma once

#include "replication/body.h"
#include "replication/chores.h"
#include "replication/epoch.h"
#include "replication/own_head.h"
#include "replication/replica_pool.h"
#include "replication/watch.h"
#include "replication/writer.h"

#include <microhttpd.h>

/* What serves all requests. */
typedef struct {
  char *db;
  char *name; /* of the hub's own station */
  Clock clock;
  Epochs *epochs;
  OwnHead *own_head;
  ReplicaPool *readers;
  Writer *writer;
  Watch *watch;
  Chores *chores;
  BodyBudget bodies;
  gint stopping; /* atomic: nobody is suspended any more */
} Hub;

typedef struct _Request Request;

typedef struct {
  const char *method, *path;
  gsize body_most; /* bytes; 0: takes no body */
  gboolean open;   /* no token wanted */
  enum MHD_Result (*run) (Request *request);
  gboolean (*judge) (
      Request *request); /* by the headers, NULL for none; FALSE: the refusal is noted */
} Route;

struct _Request {
  Hub *hub;
  struct MHD_Connection *connection;
  const Route *route;
  char station[STATION_NAME_MAX + 1]; /* whose token it came with */
  gint64 started;                     /* monotonic */
  Body *body;                         /* NULL if the route takes none */
  gpointer work;                      /* of the route */
  GDestroyNotify work_free;
  /* Decided before the body was there, answered after it: */
  guint refusal; /* HTTP status, 0 for none */
  const char *refusal_word;
  char *refusal_message;
  const char *allowed; /* methods of a path that does not take this one */
  gsize thrown_away;   /* bytes of a body that is refused */
};

Request *request_new (Hub *hub, struct MHD_Connection *connection, const Route *route);
void request_free (Request *request);

/* Value of a query parameter or header; NULL if absent. */
const char *request_query (Request *request, const char *name);
const char *request_header (Request *request, const char *name);
/* A whole number in @low…@high; @missing if the parameter is absent. FALSE if it is
 * anything else. */
gboolean request_number (Request *request, const char *name, gint64 missing, gint64 low,
                         gint64 high, gint64 *value);
/* Sets `station` from the token. FALSE: the refusal is noted. */
gboolean request_authorise (Request *request);

/* Notes why the request will be refused. */
void request_note_refusal (Request *request, guint status, const char *word, const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

/* Answers; each ends the request. Texts are taken over, but for @head, the hub's own
 * (own_head.h). */
enum MHD_Result request_answer_json (Request *request, guint status, char *json);
enum MHD_Result request_answer_lines (Request *request, GString *lines, gint64 cursor,
                                      const char *head);
enum MHD_Result request_answer_file (Request *request, int fd, guint64 size, gint64 cursor);
enum MHD_Result request_refuse (Request *request, guint status, const char *word,
                                const char *format, ...) G_GNUC_PRINTF (4, 5);
/* A refusal that names a head. */
enum MHD_Result request_refuse_head (Request *request, const char *word, const char *message,
                                     const LogBatch *batch);
/* The hub itself cannot: disk, another program. */
enum MHD_Result request_fail (Request *request, const GError *error);

/* Suspends the connection; request_resume() makes run() be called again. Both may cross. */
void request_suspend (Request *request);
void request_resume (gpointer request);
