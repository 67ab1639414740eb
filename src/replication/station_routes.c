#include "replication/station_routes.h"

#include "counts/counts.h"
#include "core/words.h"
#include "replication/enrolment.h"

#include <gio/gio.h>
#include <unistd.h>

static enum MHD_Result turned_away (Request *request)
{
  return request_refuse (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
                         _ ("the hub has too much to do or is being stopped; try again"));
}

/* Enrolment
 * --------------------------------------------------------------------------------------------------------------------------------------
 */

typedef struct {
  Request *request;
  char *station, *secret, *public;
  char *token;
  GError *error;
  gboolean turned_away;
} EnrolWork;

static void enrol_work_free (gpointer data)
{
  EnrolWork *work = data;

  g_free (work->station);
  g_free (work->secret);
  g_free (work->public);
  g_free (work->token);
  g_clear_error (&work->error);
  g_free (work);
}

static void enrol_work (Journal *journal, gpointer data)
{
  EnrolWork *work = data;

  work->token = enrolment_redeem (journal, work->station, work->secret, work->public, &work->error);
}

static void enrol_done (gpointer data)
{
  request_resume (((EnrolWork *) data)->request);
}

static enum MHD_Result enrol_begin (Request *request)
{
  gsize length;
  const char *text = body_text (request->body, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonIn) in = json_in_parse (text, (gssize) length, &error);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  EnrolWork *work;

  if (root == NULL || !json_in_is_object (root) || json_in_string (root, "station") == NULL
      || json_in_string (root, "secret") == NULL || json_in_string (root, "public") == NULL)
    return request_refuse (
        request, MHD_HTTP_BAD_REQUEST, "body",
        _ ("an enrolment must be a JSON object with station, secret and public"));
  work = g_new0 (EnrolWork, 1);
  work->request = request;
  work->station = g_strdup (json_in_string (root, "station"));
  work->secret = g_strdup (json_in_string (root, "secret"));
  work->public = g_strdup (json_in_string (root, "public"));
  request->work = work;
  request->work_free = enrol_work_free;
  request_suspend (request);
  if (!writer_work (request->hub->writer, enrol_work, enrol_done, work)) {
    work->turned_away = TRUE;
    request_resume (request);
  }
  return MHD_YES;
}

static enum MHD_Result refuse_enrolment (Request *request, const GError *error)
{
  if (error->domain != ENROLMENT_ERROR)
    return request_fail (request, error);
  if (error->code == ENROLMENT_ERROR_TAKEN)
    return request_refuse (request, MHD_HTTP_CONFLICT, "name", "%s", error->message);
  if (error->code == ENROLMENT_ERROR_REFUSED)
    return request_refuse (request, MHD_HTTP_FORBIDDEN, "code", "%s", error->message);
  return request_refuse (request, MHD_HTTP_BAD_REQUEST, "body", "%s", error->message);
}

enum MHD_Result station_routes_enrol (Request *request)
{
  EnrolWork *work = request->work;
  JsonOut *out;

  if (work == NULL)
    return enrol_begin (request);
  if (work->turned_away)
    return turned_away (request);
  if (work->token == NULL)
    return refuse_enrolment (request, work->error);
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "token", work->token);
  json_out_string (out, "station", work->station);
  json_out_string (out, "hub", request->hub->name);
  json_out_end_object (out);
  return request_answer_json (request, MHD_HTTP_OK, json_out_finish (out));
}

/* Own head
 * ---------------------------------------------------------------------------------------------------------------------------------------
 */

enum MHD_Result station_routes_head (Request *request)
{
  g_autoptr (GError) error = NULL;
  PooledReplica *reader = replica_pool_take (request->hub->readers, &error);
  g_autofree char *chain_text = NULL;
  gint64 seq = 0;
  Hash chain;
  JsonOut *out;
  gboolean good;

  if (reader == NULL)
    return request_fail (request, error);
  good = log_head (reader->log, request->station, &seq, &chain, &error);
  replica_pool_give (request->hub->readers, reader);
  if (!good)
    return request_fail (request, error);
  chain_text = hash_to_hex (&chain);
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "station", request->station);
  json_out_int (out, "seq", seq);
  json_out_string (out, "chain", chain_text);
  json_out_end_object (out);
  return request_answer_json (request, MHD_HTTP_OK, json_out_finish (out));
}

/* Chores
 * -----------------------------------------------------------------------------------------------------------------------------------------
 */

static void chore_free (gpointer data)
{
  Chore *chore = data;

  if (chore->fd >= 0)
    close (chore->fd);
  g_clear_error (&chore->error);
  g_free (chore->json);
  g_free (chore);
}

static enum MHD_Result chore_begin (Request *request, ChoreKind kind, int by)
{
  Chore *chore = g_new0 (Chore, 1);

  chore->kind = kind;
  chore->by = by;
  chore->fd = -1;
  chore->done = request_resume;
  chore->data = request;
  request->work = chore;
  request->work_free = chore_free;
  request_suspend (request);
  if (!chores_do (request->hub->chores, chore)) {
    chore->error = g_error_new (G_IO_ERROR, G_IO_ERROR_BUSY,
                                _ ("the hub has too much to do or is being stopped; try again"));
    request_resume (request);
  }
  return MHD_YES;
}

enum MHD_Result station_routes_snapshot (Request *request)
{
  Chore *chore = request->work;
  int fd;

  if (chore == NULL)
    return chore_begin (request, CHORE_SNAPSHOT, 0);
  if (chore->error != NULL)
    return request_fail (request, chore->error);
  fd = chore->fd;
  chore->fd = -1; /* the answer closes it */
  return request_answer_file (request, fd, chore->size, chore->cursor);
}

enum MHD_Result station_routes_counts (Request *request)
{
  Chore *chore = request->work;
  const char *name = request_query (request, "by");
  CountsBy by;

  if (chore == NULL) {
    if (!counts_by_from_name (name != NULL ? name : "total", &by))
      return request_refuse (
          request, MHD_HTTP_BAD_REQUEST, "query",
          _ ("by must be total, event, day, checkpoint, category, delegation or country"));
    return chore_begin (request, CHORE_COUNTS, (int) by);
  }
  if (chore->error != NULL)
    return request_fail (request, chore->error);
  return request_answer_json (request, MHD_HTTP_OK, g_steal_pointer (&chore->json));
}

/* Health
 * -----------------------------------------------------------------------------------------------------------------------------------------
 */

enum MHD_Result station_routes_health (Request *request)
{
  g_autofree char *why = NULL;
  JsonOut *out;

  if (!writer_is_well (request->hub->writer, &why))
    return request_refuse (request, MHD_HTTP_SERVICE_UNAVAILABLE, "write",
                           _ ("the hub cannot write to its replica; its log says why"));
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "status", "ok");
  json_out_string (out, "station", request->hub->name);
  json_out_string (out, "epoch", epochs_current (request->hub->epochs));
  json_out_end_object (out);
  return request_answer_json (request, MHD_HTTP_OK, json_out_finish (out));
}
