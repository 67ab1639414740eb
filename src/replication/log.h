/* log.h: the hub's log: every fact in its order of arrival, as its replica has it.
 * Where hubs share one log, their replicas follow it under the same numbers
 * (journal/shared_log.h), so a cursor of one is good at the others.
 *
 * Facts become visible in the order of their numbers, so that a reader by cursor
 * skips none. Must not know: HTTP, who may write what. Threads: as the Journal. Calls
 * block on disk, and on the log's server if there is one. */
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

/* Stores @batches in one durable transaction; each batch says its own outcome. FALSE:
 * nothing of any was stored. */
gboolean log_append (Journal *journal, LogBatch *const *batches, guint count, GError **error);
/* Facts after @after without those of @except (may be NULL), at most @limit: Fact, free
 * with g_ptr_array_unref(). *@upto: the cursor to go on from; nothing for this reader
 * lies between. Below @after if the log does not reach so far. */
GPtrArray *log_read (Journal *journal, gint64 after, const char *except, guint limit, gint64 *upto,
                     GError **error);
/* What came after @after: the highest number, and the one station that wrote it all (NULL
 * if there are several or none); free *@only with g_free(). */
gboolean log_news (Journal *journal, gint64 after, gint64 *last, char **only, GError **error);
