#include "replication/push.h"

#include "core/words.h"

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

static enum MHD_Result answer_head (Request *request, const LogBatch *batch)
{
  JsonOut *out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&batch->chain);

  json_out_begin_object (out, NULL);
  json_out_string (out, "station", batch->station);
  json_out_int (out, "seq", batch->seq);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return request_answer_json (request, MHD_HTTP_OK, json_out_finish (out));
}

enum MHD_Result push_answer (Request *request)
{
  const PushWork *work = request->work;
  const LogBatch *batch = &work->push.batch;

  if (work->turned_away)
    return request_refuse (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
                           _ ("the hub is being stopped; try again"));
  if (work->push.error != NULL)
    return request_fail (request, work->push.error);
  switch (batch->outcome) {
  case LOG_GAP:
    return request_refuse_head (request, "gap", batch->reason, batch);
  case LOG_CHAIN:
    return request_refuse_head (request, "chain", batch->reason, batch);
  case LOG_INVALID:
    return request_refuse (request, MHD_HTTP_BAD_REQUEST, "fact", "%s", batch->reason);
  case LOG_STORED:
  default:
    return answer_head (request, batch);
  }
}

enum MHD_Result push_refuse_body (Request *request, const GError *error)
{
  if (g_error_matches (error, BODY_ERROR, BODY_ERROR_TOO_LARGE))
    return request_refuse (request, MHD_HTTP_CONTENT_TOO_LARGE, "size", "%s", error->message);
  if (g_error_matches (error, BODY_ERROR, BODY_ERROR_FOREIGN))
    return request_refuse (request, MHD_HTTP_FORBIDDEN, "station", "%s", error->message);
  if (g_error_matches (error, BODY_ERROR, BODY_ERROR_ENCODING))
    return request_refuse (request, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "encoding", "%s",
                           error->message);
  return request_refuse (request, MHD_HTTP_BAD_REQUEST, "body", "%s", error->message);
}

GArray *push_facts (Request *request, const char *station, guint most, GError **error)
{
  const char *encoding = request_header (request, MHD_HTTP_HEADER_CONTENT_ENCODING);
  gboolean gzip = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;

  if (encoding != NULL && !gzip && g_ascii_strcasecmp (encoding, "identity") != 0) {
    g_set_error (error, BODY_ERROR, BODY_ERROR_ENCODING,
                 _ ("the body is encoded in a way not known here; gzip is"));
    return NULL;
  }
  if (gzip && !body_inflate (request->body, error))
    return NULL;
  return body_facts (request->body, station, most, error);
}

/* A station announces its own key; only the hub speaks of others'. */
static gboolean check_keys (const Request *request, const GArray *facts, GError **error)
{
  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = &g_array_index (facts, Fact, i);

    if (strcmp (fact->kind, "station") != 0 || strcmp (fact->subject, request->station) == 0)
      continue;
    g_set_error (error, BODY_ERROR, BODY_ERROR_FOREIGN,
                 _ ("station “%s” cannot announce or revoke the key of station “%.40s”"),
                 request->station, fact->subject);
    return FALSE;
  }
  return TRUE;
}

enum MHD_Result push_begin (Request *request, const char *station, GArray *facts)
{
  PushWork *work = g_new0 (PushWork, 1);

  work->facts = facts;
  work->push.batch.station = station;
  work->push.batch.facts = (const Fact *) (gpointer) facts->data;
  work->push.batch.count = facts->len;
  work->push.done = request_resume;
  work->push.data = request;
  request->work = work;
  request->work_free = push_work_free;
  request_suspend (request);
  if (!writer_push (request->hub->writer, &work->push)) {
    work->turned_away = TRUE;
    request_resume (request);
  }
  return MHD_YES;
}

static enum MHD_Result begin (Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts = push_facts (request, request->station, JOURNAL_BATCH_MAX, &error);

  if (facts == NULL || !check_keys (request, facts, &error))
    return push_refuse_body (request, error);
  return push_begin (request, request->station, g_steal_pointer (&facts));
}

enum MHD_Result push_run (Request *request)
{
  return request->work == NULL ? begin (request) : push_answer (request);
}
