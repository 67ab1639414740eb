/* log.h: the hub's log: every fact in its order of arrival. One small interface, engines
 * behind it (log_sqlite.h).
 *
 * Facts become visible in the order of their numbers, so that a reader by cursor skips
 * none. Must not know: HTTP, who may write what.
 * Threads: a Log belongs to one thread at a time; open another for another thread. Calls
 * block on disk.  */
#pragma once

#include "journal/journal.h"

typedef enum {
  LOG_STORED,  /* durable, those held before included */
  LOG_GAP,     /* the first fact does not follow the head */
  LOG_CHAIN,   /* a fact was altered or belongs to another history */
  LOG_INVALID, /* a fact breaks a limit or a format */
} LogOutcome;

/* Facts of one station in seq order; stored all or none. */
typedef struct {
  const char *station;
  const Fact *facts;
  guint count;
  /* Answered: */
  LogOutcome outcome;
  gint64 seq; /* the head of @station then */
  Hash chain;
  char *reason; /* why it was not stored; free with g_free() */
} LogBatch;

typedef struct _Log Log;

typedef struct {
  gboolean (*append) (Log *log, LogBatch *const *batches, guint count, GError **error);
  GPtrArray *(*read) (Log *log, gint64 after, const char *except, guint limit, gint64 *upto,
                      GError **error);
  gboolean (*head) (Log *log, const char *station, gint64 *seq, Hash *chain, GError **error);
  gboolean (*news) (Log *log, gint64 after, gint64 *last, char **only, GError **error);
  void (*close) (Log *log);
} LogEngine;

/* What every engine's own structure begins with. */
struct _Log {
  const LogEngine *engine;
};

/* Stores @batches in one durable transaction; each batch says its own outcome. FALSE:
 * nothing of any was stored. */
gboolean log_append (Log *log, LogBatch *const *batches, guint count, GError **error);
/* Facts after @after without those of @except (may be NULL), at most @limit: Fact, free
 * with g_ptr_array_unref(). *@upto: the cursor to go on from; nothing for this reader
 * lies between. Below @after if the log does not reach so far. */
GPtrArray *log_read (Log *log, gint64 after, const char *except, guint limit, gint64 *upto,
                     GError **error);
gboolean log_head (Log *log, const char *station, gint64 *seq, Hash *chain, GError **error);
/* What came after @after: the highest number, and the one station that wrote it all (NULL
 * if there are several or none); free *@only with g_free(). */
gboolean log_news (Log *log, gint64 after, gint64 *last, char **only, GError **error);
void log_close (Log *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_close)
