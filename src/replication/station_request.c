#include "replication/station_request.h"

#include "core/identifier.h"
#include "core/words.h"
#include "replication/enrolment.h"

#include <string.h>

/* To who has shown no token: nothing of paths or what failed. */
static const char BUSY[] = N_ ("the hub has too much to do or is being stopped; try again");

HubParts *station_request_hub (Request *request)
{
  return request_context (request);
}

const char *station_request_station (Request *request)
{
  return request_caller (request);
}

static gboolean refuse_token (Request *request, const GError *error)
{
  if (error != NULL) {
    g_debug ("%s", error->message);
    request_note_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy", "%s", _ (BUSY));
  } else
    request_note_refusal (request, HTTP_STATUS_UNAUTHORIZED, "token",
                          _ ("this token is unknown here or was revoked; ask for a new enrolment "
                             "code: accueil-hub invite STATION"));
  return FALSE;
}

/* Who was enrolled after the copy that this hub was restored from; anybody may say so, and
 * a person decides. */
static void meet (HubParts *hub, Journal *reader, const char *token)
{
  g_autofree char *name = g_strndup (token, strcspn (token, "."));

  if (identifier_is_station (name) && settling_meet (hub->settling, reader, name))
    g_message (_ ("station “%s” calls, which this copy does not know: it was enrolled later, and "
                  "may hold what the hub has lost. The hub waits for a person now: accueil-hub "
                  "settle, then accueil-hub invite %s"),
               name, name);
}

/* A token that another hub of the log has given a moment ago is known here a moment
 * later. */
static gboolean admits (HubParts *hub, const char *token, char station[STATION_NAME_MAX + 1],
                        GError **error)
{
  Journal *reader = replica_pool_take (hub->readers, error);
  gboolean good;

  if (reader == NULL)
    return FALSE;
  good = enrolment_admits (reader, token, station, error)
         || (*error == NULL && follower_catch_up (hub->follower)
             && enrolment_admits (reader, token, station, error));
  if (!good && *error == NULL)
    meet (hub, reader, token);
  replica_pool_give (hub->readers, reader);
  return good;
}

gboolean station_request_authorise (Request *request)
{
  static const char SCHEME[] = "Bearer ";
  HubParts *hub = station_request_hub (request);
  const char *header = request_header (request, "Authorization");
  char station[STATION_NAME_MAX + 1];
  g_autoptr (GError) error = NULL;

  if (header == NULL || g_ascii_strncasecmp (header, SCHEME, sizeof SCHEME - 1) != 0) {
    request_note_refusal (request, HTTP_STATUS_UNAUTHORIZED, "token",
                          _ ("a token is wanted: Authorization: Bearer TOKEN"));
    return FALSE;
  }
  if (!admits (hub, header + sizeof SCHEME - 1, station, &error))
    return refuse_token (request, error);
  writer_touch (hub->writer, station, clock_now_ms (&hub->clock));
  request_set_caller (request, g_strdup (station), g_free);
  request_set_owner (request, station);
  return TRUE;
}

void station_request_add_number (Request *request, const char *name, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  request_add_header (request, name, text);
}

void station_request_decorate (Request *request, guint status)
{
  HubParts *hub = station_request_hub (request);
  g_autofree char *epoch = epoch_current (hub->epochs);

  request_add_header (request, "Accueil-Epoch", epoch);
  station_request_add_number (request, "Accueil-Time", clock_now_ms (&hub->clock));
  if (status == HTTP_STATUS_UNAUTHORIZED)
    request_add_header (request, "WWW-Authenticate", "Bearer");
}

gboolean station_request_refuse_head (Request *request, const char *word, const char *message,
                                      const LogBatch *batch)
{
  JsonOut *out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&batch->chain);

  json_out_begin_object (out, NULL);
  json_out_string (out, "error", word);
  json_out_string (out, "message", message);
  json_out_string (out, "station", batch->station);
  json_out_int (out, "seq", batch->seq);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return request_answer_json (request, HTTP_STATUS_CONFLICT, json_out_finish (out));
}

gboolean station_request_fail (Request *request, const GError *error)
{
  if (station_request_station (request) != NULL)
    return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy", "%s", error->message);
  g_debug ("%s", error->message);
  return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy", "%s", _ (BUSY));
}
