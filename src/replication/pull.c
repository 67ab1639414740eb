#include "replication/pull.h"

#include "core/words.h"

typedef struct {
  gint64 after;
  gint64 limit;
  Waiter waiter;
} PullWork;

static enum MHD_Result begin (Request *request)
{
  gint64 after, wait_s, limit;
  PullWork *work;

  if (!request_number (request, "after", 0, 0, G_MAXINT64, &after)
      || !request_number (request, "wait", 0, 0, G_MAXINT, &wait_s)
      || !request_number (request, "limit", JOURNAL_BATCH_MAX, 1, G_MAXINT, &limit))
    return request_refuse (request, MHD_HTTP_BAD_REQUEST, "query",
                           _ ("after, wait and limit must be whole numbers, limit at least 1"));
  work = g_new0 (PullWork, 1);
  work->after = after;
  work->limit = MIN (limit, JOURNAL_BATCH_MAX);
  g_strlcpy (work->waiter.station, request->station, sizeof work->waiter.station);
  work->waiter.until = request->started + MIN (wait_s, PULL_WAIT_S_MAX) * G_USEC_PER_SEC;
  work->waiter.wake = request_resume;
  work->waiter.data = request;
  request->work = work;
  request->work_free = g_free;
  return MHD_YES;
}

/* As lines, at most PULL_BYTES_MAX and one fact more; then *@cursor is the last one's. */
static GString *lines_of (const GPtrArray *facts, gint64 *cursor)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];
    g_autofree char *json = fact_to_json (fact);

    g_string_append (lines, json);
    g_string_append_c (lines, '\n');
    if (lines->len >= PULL_BYTES_MAX) {
      *cursor = i + 1 < facts->len ? fact->number : *cursor;
      break;
    }
  }
  return lines;
}

static gboolean may_wait (const Request *request, const PullWork *work)
{
  return g_get_monotonic_time () < work->waiter.until
         && !g_atomic_int_get (&request->hub->stopping);
}

static enum MHD_Result answer (Request *request, PullWork *work, GPtrArray *facts, gint64 cursor,
                               const char *head)
{
  if (!epochs_admit (request->hub->epochs, request_query (request, "epoch"), work->after, cursor))
    return request_refuse (request, MHD_HTTP_GONE, "epoch",
                           _ ("this hub was restored from an older copy since that cursor was "
                              "given; read again from 0"));
  if (facts->len > 0 || !may_wait (request, work))
    return request_answer_lines (request, lines_of (facts, &cursor), cursor, head);
  work->waiter.seen = cursor;
  request_suspend (request);
  if (!watch_add (request->hub->watch, &work->waiter))
    request_resume (request); /* being stopped: the next run answers */
  return MHD_YES;
}

/* How far the hub's own facts reach, in its signed word. */
static char *own_head (Hub *hub, PooledReplica *reader, GError **error)
{
  gint64 seq;
  Hash chain;

  return log_head (reader->log, hub->name, &seq, &chain, error)
             ? own_head_text (hub->own_head, seq, &chain)
             : NULL;
}

enum MHD_Result pull_run (Request *request)
{
  gboolean again = request->work != NULL;
  g_autofree char *head = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 cursor = 0;
  PullWork *work;
  PooledReplica *reader;

  if (!again) {
    enum MHD_Result result = begin (request);

    if (request->work == NULL)
      return result; /* refused */
  }
  /* It may have been revoked while it waited. */
  if (again && !request_authorise (request))
    return request_refuse (request, request->refusal, request->refusal_word, "%s",
                           request->refusal_message);
  work = request->work;
  reader = replica_pool_take (request->hub->readers, &error);
  if (reader == NULL)
    return request_fail (request, error);
  facts
      = log_read (reader->log, work->after, request->station, (guint) work->limit, &cursor, &error);
  head = facts != NULL ? own_head (request->hub, reader, &error) : NULL;
  replica_pool_give (request->hub->readers, reader);
  return facts != NULL && head != NULL ? answer (request, work, facts, cursor, head)
                                       : request_fail (request, error);
}
