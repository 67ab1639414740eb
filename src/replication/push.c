#include "replication/push.h"

#include "core/words.h"
#include "replication/fact_lines.h"

#include <string.h>

typedef struct {
  WriterPush push;
  GArray *facts;
  gboolean turned_away; /* the writer takes nothing any more */
} PushWork;

static void push_work_free (gpointer data)
{
  PushWork *work = data;

  g_array_unref (work->facts);
  g_clear_error (&work->push.error);
  g_free (work->push.batch.reason);
  g_free (work);
}

static gboolean answer_head (Request *request, const LogBatch *batch)
{
  JsonOut *out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&batch->chain);

  json_out_begin_object (out, NULL);
  json_out_string (out, "station", batch->station);
  json_out_int (out, "seq", batch->seq);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return request_answer_json (request, HTTP_STATUS_OK, json_out_finish (out));
}

gboolean push_answer (Request *request)
{
  const PushWork *work = request_work (request);
  const LogBatch *batch = &work->push.batch;

  if (work->turned_away)
    return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy",
                           _ ("the hub is being stopped; try again"));
  if (work->push.error != NULL)
    return station_request_fail (request, work->push.error);
  switch (batch->outcome) {
  case LOG_GAP:
    return station_request_refuse_head (request, "gap", batch->reason, batch);
  case LOG_CHAIN:
    return station_request_refuse_head (request, "chain", batch->reason, batch);
  case LOG_INVALID:
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "fact", "%s", batch->reason);
  case LOG_STORED:
  default:
    return answer_head (request, batch);
  }
}

gboolean push_is_other_history (Request *request)
{
  const PushWork *work = request_work (request);

  return !work->turned_away && work->push.error == NULL && work->push.batch.outcome == LOG_CHAIN;
}

gboolean push_refuse_body (Request *request, const GError *error)
{
  if (g_error_matches (error, BODY_ERROR, BODY_ERROR_TOO_LARGE)
      || g_error_matches (error, FACT_LINES_ERROR, FACT_LINES_ERROR_TOO_MANY))
    return request_refuse (request, HTTP_STATUS_CONTENT_TOO_LARGE, "size", "%s", error->message);
  if (g_error_matches (error, FACT_LINES_ERROR, FACT_LINES_ERROR_FOREIGN))
    return request_refuse (request, HTTP_STATUS_FORBIDDEN, "station", "%s", error->message);
  if (g_error_matches (error, BODY_ERROR, BODY_ERROR_ENCODING))
    return request_refuse (request, HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE, "encoding", "%s",
                           error->message);
  return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "body", "%s", error->message);
}

GArray *push_facts (Request *request, const char *station, guint most, GError **error)
{
  gsize length;
  const char *text = request_text (request, &length, error);

  return text != NULL ? fact_lines_read (text, length, station, most, error) : NULL;
}

/* A station announces its own key; only the hub speaks of others'. */
static gboolean check_keys (Request *request, const GArray *facts, GError **error)
{
  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = &g_array_index (facts, Fact, i);

    if (strcmp (fact->kind, "station") != 0
        || strcmp (fact->subject, station_request_station (request)) == 0)
      continue;
    g_set_error (error, FACT_LINES_ERROR, FACT_LINES_ERROR_FOREIGN,
                 _ ("station “%s” cannot announce or revoke the key of station “%.40s”"),
                 station_request_station (request), fact->subject);
    return FALSE;
  }
  return TRUE;
}

gboolean push_begin (Request *request, const char *station, GArray *facts)
{
  PushWork *work = g_new0 (PushWork, 1);

  work->facts = facts;
  work->push.batch.station = station;
  work->push.batch.facts = (const Fact *) (gpointer) facts->data;
  work->push.batch.count = facts->len;
  work->push.done = request_resume;
  work->push.data = request;
  request_set_work (request, work, push_work_free);
  request_suspend (request);
  if (!writer_push (station_request_hub (request)->writer, &work->push)) {
    work->turned_away = TRUE;
    request_resume (request);
  }
  return TRUE;
}

/* Quotas ----------------------------------------------------------------------------- */

typedef struct {
  char *station;
  guint wait_s;
} Excess;

static void excess_free (gpointer data)
{
  Excess *excess = data;

  g_free (excess->station);
  g_free (excess);
}

/* It is said again in an hour where this fails. */
static void note_excess (Journal *journal, gpointer data)
{
  const Excess *excess = data;
  g_autofree char *body = g_strdup_printf ("{\"wait\":%u}", excess->wait_s);
  g_autoptr (GError) error = NULL;

  if (!journal_begin (journal, &error)
      || !journal_finish (
          journal, journal_append (journal, "excess", excess->station, body, NULL, &error), &error))
    g_debug ("%s", error != NULL ? error->message : "");
}

static void tell_excess (Request *request, guint wait_s)
{
  Excess *excess = g_new (Excess, 1);

  *excess = (Excess){ g_strdup (station_request_station (request)), wait_s };
  g_message (_ ("station “%s” sends more than its quota: it is slowed down, nothing is lost"),
             excess->station);
  if (!writer_work (station_request_hub (request)->writer, note_excess, excess_free, excess))
    excess_free (excess);
}

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
}

/* Before anything of the body is read: the station keeps its facts and comes again. */
gboolean push_judge (Request *request)
{
  const char *station = station_request_station (request);
  gboolean tell;
  guint wait_s = quota_wait (station_request_hub (request)->quota, station, monotonic_ms (), &tell);

  if (wait_s == 0)
    return TRUE;
  if (tell)
    tell_excess (request, wait_s);
  station_request_add_number (request, "Retry-After", wait_s);
  request_note_refusal (request, HTTP_STATUS_TOO_MANY_REQUESTS, "quota",
                        _ ("this station sends more than its quota; it is taken later"));
  return FALSE;
}

/* What cannot be read costs as much as what can. */
static void charge (Request *request, guint facts)
{
  gsize length;

  body_text (request_body (request), &length);
  quota_charge (station_request_hub (request)->quota, station_request_station (request), facts,
                length, monotonic_ms ());
}

/* Here, where several threads are, and not in the one writer's. What cannot be checked
 * now is checked there. */
static void check_signature (Request *request, GArray *facts)
{
  ReplicaPool *readers = station_request_hub (request)->readers;
  g_autoptr (GError) error = NULL;
  Journal *reader = replica_pool_take (readers, &error);

  if (reader == NULL)
    return;
  if (!journal_check_signature (reader, (Fact *) (gpointer) facts->data, facts->len, &error))
    g_debug ("%s", error->message);
  replica_pool_give (readers, reader);
}

static gboolean begin (Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts
      = push_facts (request, station_request_station (request), JOURNAL_BATCH_MAX, &error);

  charge (request, facts != NULL ? facts->len : 0);
  if (facts == NULL || !check_keys (request, facts, &error))
    return push_refuse_body (request, error);
  check_signature (request, facts);
  return push_begin (request, station_request_station (request), g_steal_pointer (&facts));
}

gboolean push_run (Request *request)
{
  return request_work (request) == NULL ? begin (request) : push_answer (request);
}
