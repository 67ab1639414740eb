#include "sync/failure.h"

#include "core/json.h"
#include "core/words.h"

gboolean failure_of_http (const GError *cause, GError **error)
{
  ClientError code = CLIENT_ERROR_PROTOCOL;

  if (g_error_matches (cause, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_UNREACHABLE))
    code = CLIENT_ERROR_UNREACHABLE;
  else if (g_error_matches (cause, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_PIN))
    code = CLIENT_ERROR_PIN;
  g_set_error_literal (error, CLIENT_ERROR, (gint) code, cause->message);
  return FALSE;
}

gboolean failure_of_answer (const HubAnswer *answer, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (answer->body->str, (gssize) answer->body->len, NULL);
  const char *said = in != NULL ? json_in_string (json_in_root (in), "message") : NULL;
  const char *message = said != NULL ? said : _ ("(no reason given)");

  switch (answer->status) {
  case 401:
  case 403:
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_REFUSED, _ ("the hub refuses this station: %s"),
                 message);
    return FALSE;
  case 409:
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT, _ ("the hub refuses: %s"), message);
    return FALSE;
  case 408:
  case 429:
  case 502:
  case 503:
  case 504:
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE,
                 _ ("the hub cannot serve now (HTTP %u): %s"), answer->status, message);
    return FALSE;
  default:
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL, _ ("the hub answers with HTTP %u: %s"),
                 answer->status, message);
    return FALSE;
  }
}

gboolean failure_of_protocol (const char *what, GError **error)
{
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL,
               _ ("the hub's answer is not of the protocol: %s"), what);
  return FALSE;
}

gboolean failure_of_history (const char *what, GError **error)
{
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT,
               _ ("the hub gives another history than this replica holds: %s. Two machines have "
                  "used one name, or an older copy of a replica was used on. Nothing is lost: "
                  "“accueil-hub invite OTHER” on the hub, then “accueil rejoin CODE” "
                  "here, keeps "
                  "what only this one holds under a new name"),
               what);
  return FALSE;
}

gboolean failure_of_forked_hub (const char *hub, GError **error)
{
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT,
               _ ("the hub “%s” was restored from an older copy and has written facts of its "
                  "own "
                  "since, before it got back those it had lost. Stop it, put the copy back again, "
                  "start it, and let a station "
                  "connect before anything is imported or revoked there"),
               hub);
  return FALSE;
}
