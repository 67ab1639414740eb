/* api_work.h: answers that are read from the replica, in threads beside the server's: so
 * that a long table holds up nobody.
 * Threads: api_work_answer() is called as a route's run() (http/request.h); the reading
 * runs in a thread of the pool. */
#pragma once

#include "counts/figures_reader.h"
#include "core/lock.h"
#include "http/request.h"
#include "replication/hub_parts.h"

#define API_WORK_THREADS 2
#define API_WORK_WAITING_MAX 64

/* The server's context. */
typedef struct {
  HubParts *hub;
  GThreadPool *pool;
  Lock lock; /* of all below */
  gboolean stopping;
  Journal *journal; /* of the figures; their own */
  FiguresReader *figures;
} ApiContext;

/* An answer: a text or a file, or an error. */
typedef struct {
  ApiContext *context;
  Request *request;
  guint scopes; /* of the token */
  guint status; /* 0: OK */
  const char *type;
  char *text;
  int fd; /* of a file without a name; -1 for none */
  guint64 size;
  GError *error;
} ApiWork;

/* Its threads; and their end, when what was begun is answered and nothing is begun any
 * more. */
void api_work_begin (ApiContext *api);
void api_work_end (ApiContext *api);

/* Reads the answer to work->request from @journal. */
typedef void (*ApiReading) (ApiWork *work, Journal *journal);

/* What a route's run() returns: begins the reading, or answers with what was read. */
gboolean api_work_answer (Request *request, ApiReading reading);
