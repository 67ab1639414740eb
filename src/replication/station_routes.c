#include "replication/station_routes.h"

#include "counts/counts.h"
#include "core/words.h"
#include "journal/shared_log.h"
#include "journal/withheld.h"
#include "replication/enrolment.h"
#include "replication/forks.h"
#include "replication/hub_addresses.h"
#include "replication/pull.h"
#include "replication/push.h"
#include "replication/restore.h"
#include "replication/roles.h"
#include "replication/station_request.h"

#include <gio/gio.h>

#define ENROL_BYTES_MAX 4096

static gboolean turned_away (Request *request)
{
  return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy",
                         _ ("the hub has too much to do or is being stopped; try again"));
}

/* Enrolment -------------------------------------------------------------------------- */

typedef struct {
  Request *request;
  char *station, *secret, *group, *public; /* @group may be NULL */
  gboolean signs;                          /* its heads, from the first on */
  char *token, *others;                    /* the answer: with other hubs' addresses */
  GError *error;
  gboolean turned_away;
} EnrolWork;

static void enrol_work_free (gpointer data)
{
  EnrolWork *work = data;

  g_free (work->station);
  g_free (work->secret);
  g_free (work->group);
  g_free (work->public);
  g_free (work->token);
  g_free (work->others);
  g_clear_error (&work->error);
  g_free (work);
}

static void enrol_work (Journal *journal, gpointer data)
{
  EnrolWork *work = data;
  const EnrolmentCode code = { work->station, work->secret, work->group };
  g_autoptr (GError) late = NULL;

  work->token = enrolment_redeem (journal, &code, work->public, &work->error);
  if (work->token != NULL && journal_is_shared (journal))
    work->others = hub_addresses_read (journal, NULL); /* else they come with what it reads */
  if (work->token != NULL && work->signs
      && !roles_sign (journal, work->station, work->public, &late))
    g_debug ("%s", late->message); /* its first push says it again */
}

static void enrol_done (gpointer data)
{
  request_resume (((EnrolWork *) data)->request);
}

static gboolean refuse_enrolment (Request *request, const GError *error)
{
  if (error->domain != ENROLMENT_ERROR)
    return station_request_fail (request, error);
  if (error->code == ENROLMENT_ERROR_TAKEN)
    return request_refuse (request, HTTP_STATUS_CONFLICT, "name", "%s", error->message);
  if (error->code == ENROLMENT_ERROR_REFUSED)
    return request_refuse (request, HTTP_STATUS_FORBIDDEN, "code", "%s", error->message);
  return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "body", "%s", error->message);
}

static gboolean is_invited (Request *request, const EnrolmentCode *code, GError **error)
{
  HubParts *hub = station_request_hub (request);
  Journal *reader = replica_pool_take (hub->readers, error);
  gboolean good;

  if (reader == NULL)
    return FALSE;
  good = enrolment_is_invited (reader, code, error);
  if (!good && follower_catch_up (hub->follower)) { /* made at another hub of the log just now */
    g_clear_error (error);
    good = enrolment_is_invited (reader, code, error);
  }
  replica_pool_give (hub->readers, reader);
  return good;
}

static gboolean enrol_begin (Request *request)
{
  gsize length;
  const char *text = body_text (request_body (request), &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonIn) in = json_in_parse (text, (gssize) length, &error);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  EnrolmentCode code;
  EnrolWork *work;

  if (root == NULL || !json_in_is_object (root) || json_in_string (root, "station") == NULL
      || json_in_string (root, "secret") == NULL || json_in_string (root, "public") == NULL)
    return request_refuse (
        request, HTTP_STATUS_BAD_REQUEST, "body",
        _ ("an enrolment must be a JSON object with station, secret and public"));
  code = (EnrolmentCode){ json_in_string (root, "station"), json_in_string (root, "secret"),
                          json_in_string (root, "group") };
  if (!is_invited (request, &code, &error))
    return refuse_enrolment (request, error);
  work = g_new0 (EnrolWork, 1);
  work->request = request;
  work->station = g_strdup (code.station);
  work->secret = g_strdup (code.secret);
  work->group = g_strdup (code.group);
  work->public = g_strdup (json_in_string (root, "public"));
  work->signs = json_in_bool (root, "signs");
  request_set_work (request, work, enrol_work_free);
  request_suspend (request);
  if (!writer_work (station_request_hub (request)->writer, enrol_work, enrol_done, work)) {
    work->turned_away = TRUE;
    request_resume (request);
  }
  return TRUE;
}

static gboolean answer_enrol (Request *request)
{
  EnrolWork *work = request_work (request);
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
  json_out_string (out, "hub", station_request_hub (request)->name);
  json_out_string_if (out, "others", work->others);
  json_out_end_object (out);
  return request_answer_json (request, HTTP_STATUS_OK, json_out_finish (out));
}

/* State ------------------------------------------------------------------------------ */

static gboolean answer_state (Request *request)
{
  HubParts *hub = station_request_hub (request);
  gsize length;
  g_autoptr (GError) error = NULL;
  const char *text = request_text (request, &length, &error);

  if (text == NULL)
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "body", "%s", error->message);
  if (!station_state_take (hub->states, station_request_station (request), text, length,
                           clock_now_ms (&hub->clock)))
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "body",
                           _ ("a station's state must be a JSON object with its clock_ms"));
  return request_answer_json (request, HTTP_STATUS_OK, g_strdup ("{}"));
}

/* Own head --------------------------------------------------------------------------- */

typedef struct {
  char *station;
  gint64 seq;
  Fork fork;
} Shown;

static void shown_free (gpointer data)
{
  g_free (((Shown *) data)->station);
  g_free (data);
}

/* A later request says it again where this one fails. */
static void note_fork (Journal *journal, gpointer data)
{
  const Shown *shown = data;
  g_autoptr (GError) error = NULL;

  if (!forks_note (journal, shown->station, shown->seq, shown->fork, &error))
    g_debug ("%s", error->message);
}

/* Compares with the head that the machine shows as its own, where it does (forks.h). */
static gboolean compare (Request *request, Journal *journal, Fork *fork, GError **error)
{
  const char *station = station_request_station (request);
  gint64 seq;
  Hash chain;
  Shown *shown;

  *fork = FORKS_NONE;
  if (!request_number (request, "seq", -1, 0, G_MAXINT64, &seq) || seq < 0
      || !hash_from_hex (request_query (request, "chain"), &chain))
    return TRUE;
  if (!forks_compare (journal, station, seq, &chain, fork, error))
    return FALSE;
  if (*fork == FORKS_NONE)
    return TRUE;
  shown = g_new (Shown, 1);
  *shown = (Shown){ g_strdup (station), seq, *fork };
  if (!writer_work (station_request_hub (request)->writer, note_fork, shown_free, shown))
    shown_free (shown);
  return TRUE;
}

static gboolean say_head (Request *request, gint64 seq, const Hash *chain, Fork fork)
{
  static const char *const YOURS[]
      = { [FORKS_NONE] = NULL, [FORKS_OLDER] = "older", [FORKS_FORK] = "fork" };
  g_autofree char *hex = hash_to_hex (chain);
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_string (out, "station", station_request_station (request));
  json_out_int (out, "seq", seq);
  json_out_string (out, "chain", hex);
  json_out_string_if (out, "yours", YOURS[fork]);
  json_out_end_object (out);
  return request_answer_json (request, HTTP_STATUS_OK, json_out_finish (out));
}

static gboolean answer_head (Request *request)
{
  g_autoptr (GError) error = NULL;
  Journal *reader = replica_pool_take (station_request_hub (request)->readers, &error);
  gint64 seq = 0;
  Hash chain;
  Fork fork = FORKS_NONE;
  gboolean good;

  if (reader == NULL)
    return station_request_fail (request, error);
  good = journal_head (reader, station_request_station (request), &seq, &chain, &error)
         && compare (request, reader, &fork, &error);
  replica_pool_give (station_request_hub (request)->readers, reader);
  return good ? say_head (request, seq, &chain, fork) : station_request_fail (request, error);
}

/* Chores ----------------------------------------------------------------------------- */

static void chore_free (gpointer data)
{
  Chore *chore = data;

  snapshot_shelf_clear_file (&chore->file);
  g_clear_error (&chore->error);
  g_free (chore->json);
  g_free (chore->station);
  g_free (chore->tag);
  g_free (chore);
}

static Chore *chore_new (ChoreKind kind)
{
  Chore *chore = g_new0 (Chore, 1);

  chore->kind = kind;
  chore->file.fd = -1;
  return chore;
}

/* Takes @chore over. */
static gboolean chore_begin (Request *request, Chore *chore)
{
  chore->done = request_resume;
  chore->data = request;
  request_set_work (request, chore, chore_free);
  request_suspend (request);
  if (!chores_do (station_request_hub (request)->chores, chore)) {
    chore->error = g_error_new (G_IO_ERROR, G_IO_ERROR_BUSY,
                                _ ("the hub has too much to do or is being stopped; try again"));
    request_resume (request);
  }
  return TRUE;
}

static gboolean snapshot_begin (Request *request)
{
  ReplicaPool *readers = station_request_hub (request)->readers;
  g_autoptr (GError) error = NULL;
  Journal *reader = replica_pool_take (readers, &error);
  gboolean good;
  Chore *chore;
  Role role;

  if (reader == NULL)
    return station_request_fail (request, error);
  good = roles_of (reader, station_request_station (request), &role, &error);
  replica_pool_give (readers, reader);
  if (!good)
    return station_request_fail (request, error);
  chore = chore_new (CHORE_SNAPSHOT);
  chore->for_gate = withheld_from (role);
  chore->packed = request_takes_gzip (request);
  chore->station = g_strdup (station_request_station (request));
  chore->tag = g_strdup (request_header (request, "If-Range"));
  return chore_begin (request, chore);
}

/* Also the rest of one of which the beginning was got (Range, If-Range). */
static gboolean answer_snapshot (Request *request)
{
  Chore *chore = request_work (request);
  LastingFile file;

  if (chore == NULL)
    return snapshot_begin (request);
  if (chore->error != NULL)
    return station_request_fail (request, chore->error);
  file = (LastingFile){ chore->file.fd, chore->file.size, "application/vnd.sqlite3",
                        chore->file.tag, chore->packed };
  chore->file.fd = -1; /* the answer closes it */
  station_request_add_number (request, "Accueil-Cursor", chore->file.cursor);
  request_add_header (request, "Vary", "Accept-Encoding");
  return request_answer_lasting (request, &file);
}

static gboolean answer_counts (Request *request)
{
  Chore *chore = request_work (request);
  const char *name = request_query (request, "by");
  CountsBy by;

  if (chore == NULL) {
    if (!counts_by_from_name (name != NULL ? name : "total", &by))
      return request_refuse (
          request, HTTP_STATUS_BAD_REQUEST, "query",
          _ ("by must be total, event, day, checkpoint, category, delegation or country"));
    chore = chore_new (CHORE_COUNTS);
    chore->by = (int) by;
    return chore_begin (request, chore);
  }
  if (chore->error != NULL)
    return station_request_fail (request, chore->error);
  return request_answer_json (request, HTTP_STATUS_OK, g_steal_pointer (&chore->json));
}

/* Health ----------------------------------------------------------------------------- */

static gboolean answer_health (Request *request)
{
  g_autofree char *why = NULL, *epoch = epoch_current (station_request_hub (request)->epochs);
  JsonOut *out;

  if (!writer_is_well (station_request_hub (request)->writer, &why)
      || !follower_is_well (station_request_hub (request)->follower, &why))
    return request_refuse (
        request, HTTP_STATUS_SERVICE_UNAVAILABLE, "write",
        _ ("the hub cannot write to its replica or its log; its messages say why"));
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "status", "ok");
  json_out_string (out, "station", station_request_hub (request)->name);
  json_out_string (out, "epoch", epoch);
  json_out_end_object (out);
  return request_answer_json (request, HTTP_STATUS_OK, json_out_finish (out));
}

/* All of them ------------------------------------------------------------------------ */

const Route *station_routes (void)
{
#define KNOWN station_request_authorise
  static const Route ROUTES[] = {
    { "POST", "/v1/facts", PUSH_BYTES_MAX, KNOWN, push_judge, push_run },
    { "POST", "/v1/lost", RESTORE_BYTES_MAX, KNOWN, restore_judge, restore_run },
    { "GET", "/v1/facts", 0, KNOWN, NULL, pull_run },
    { "GET", "/v1/head", 0, KNOWN, NULL, answer_head },
    { "GET", "/v1/snapshot", 0, KNOWN, NULL, answer_snapshot },
    { "GET", "/v1/counts", 0, KNOWN, NULL, answer_counts },
    { "POST", "/v1/state", STATION_STATE_BYTES_MAX, KNOWN, NULL, answer_state },
    { "POST", "/v1/enrol", ENROL_BYTES_MAX, NULL, NULL, answer_enrol },
    { "GET", "/v1/health", 0, NULL, NULL, answer_health },
    { 0 },
  };

  return ROUTES;
}
