#include "sync/joining.h"

#include "core/identifier.h"
#include "core/sign.h"
#include "core/words.h"
#include "sync/failure.h"
#include "sync/hub_choice.h"
#include "sync/hub_snapshot.h"
#include "sync/invitation.h"

#include <string.h>
#include <unistd.h>

#define ENROL_TIMEOUT_MS 15000

/* This replica's public key, as base64. */
static char *own_public (Journal *journal, GError **error)
{
  g_autofree char *text = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, error);
  SignSecret secret;
  SignPublic public;

  if (text == NULL || !sign_secret_from_text (text, &secret)) {
    if (error != NULL && *error == NULL)
      g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_NOT_ENROLLED,
                   _ ("this replica has no key of its own; make one with “accueil init --station "
                      "NAME”"));
    return NULL;
  }
  sign_public_of (&secret, &public);
  sign_wipe (&secret);
  return sign_public_text (&public);
}

static char *enrol_request (const Invitation *invitation, const char *station, const char *public)
{
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_string (out, "station", station);
  json_out_string_if (out, "group", invitation->group);
  json_out_string (out, "secret", invitation->secret);
  json_out_string (out, "public", public);
  json_out_bool_if (out, "signs", TRUE);
  json_out_end_object (out);
  return json_out_finish (out);
}

/* What the hub gives for a code. */
typedef struct {
  char *token, *hub; /* its own station's name: the root of all authority */
  char *url;         /* of the hub that gave it */
  char *others;      /* more addresses, by spaces */
} Grant;

static void grant_clear (Grant *grant)
{
  g_free (grant->token);
  g_free (grant->hub);
  g_free (grant->url);
  g_free (grant->others);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grant, grant_clear)

static gboolean read_grant (const HubAnswer *answer, const Invitation *invitation, Grant *grant,
                            GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (answer->body->str, (gssize) answer->body->len, NULL);
  const char *token = in != NULL ? json_in_string (json_in_root (in), "token") : NULL,
             *hub = in != NULL ? json_in_string (json_in_root (in), "hub") : NULL;

  if (token == NULL || token[0] == '\0' || strpbrk (token, "\r\n") != NULL)
    return failure_of_protocol (_ ("there is no token in it"), error);
  if (!identifier_is_station (hub))
    return failure_of_protocol (_ ("it does not name the hub"), error);
  grant->token = g_strdup (token);
  grant->hub = g_strdup (hub);
  grant->others = hub_choice_clean (json_in_has (json_in_root (in), "others")
                                        ? json_in_string (json_in_root (in), "others")
                                        : invitation->others,
                                    invitation->url);
  return TRUE;
}

static gboolean ask_at (const char *url, const Invitation *invitation, const char *request,
                        Grant *grant, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (HubConnection) http
      = hub_connection_new (url, invitation->pin, NULL, CLIENT_ANSWER_BYTES_MAX, &cause);
  g_auto (HubAnswer) answer = { 0 };

  if (http == NULL
      || !hub_connection_post (http, "/v1/enrol", NULL, request, strlen (request), FALSE,
                               ENROL_TIMEOUT_MS, &answer, &cause))
    return failure_of_http (cause, error);
  if (answer.status != 200)
    return failure_of_answer (&answer, error);
  grant->url = g_strdup (url);
  return read_grant (&answer, invitation, grant, error);
}

/* Of the hub of the code, or of another of its log where that one cannot be reached; what
 * goes wrong with all of them is told as it went with the first. */
static gboolean ask_grant (const Invitation *invitation, const char *station, const char *public,
                           Grant *grant, GError **error)
{
  g_autofree char *request = enrol_request (invitation, station, public);
  g_auto (GStrv) others = g_strsplit (invitation->others, " ", -1);
  g_autoptr (GError) first = NULL;

  if (ask_at (invitation->url, invitation, request, grant, &first))
    return TRUE;
  for (char **url = others;
       *url != NULL && g_error_matches (first, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE); url++)
    if (**url != '\0' && ask_at (*url, invitation, request, grant, NULL))
      return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* Also where the snapshot failed: the facts are pulled instead, from the start. */
static gboolean keep_hub (Journal *journal, const Invitation *invitation, const Grant *grant,
                          GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  if (!journal_set_local (journal, JOURNAL_LOCAL_HUB_URL, invitation->url, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_PIN, invitation->pin, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_OTHERS, grant->others, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_TOKEN, grant->token, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_CURSOR, NULL, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_EPOCH, NULL, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_PUSH_REFUSAL, NULL, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_PULL_REFUSAL, NULL, error)
      || !journal_set_root (journal, grant->hub, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}

static gboolean keep_place (Journal *journal, const HubAnswer *answer, GError **error)
{
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (answer->cursor, 0));

  if (!journal_begin (journal, error))
    return FALSE;
  if (!journal_set_local (journal, JOURNAL_LOCAL_HUB_CURSOR, cursor, error)
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_EPOCH, answer->epoch, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}

static gboolean download (const Invitation *invitation, const Grant *grant, const char *path,
                          HubAnswer *answer, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (HubConnection) http = hub_connection_new (grant->url, invitation->pin, grant->token,
                                                       CLIENT_ANSWER_BYTES_MAX, &cause);

  return http != NULL ? hub_snapshot_fetch (http, path, answer, error)
                      : failure_of_http (cause, error);
}

static gboolean merge (Journal *journal, const char *path, gint64 *taken, GError **error)
{
  GError *cause = NULL;

  if (journal_merge_from_hub (journal, path, taken, &cause))
    return TRUE;
  if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN)) {
    failure_of_history (cause->message, error);
    g_error_free (cause);
  } else
    g_propagate_error (error, cause);
  return FALSE;
}

/* A replica of another congress (a rehearsal's) must not send what happened there: before
 * the hub is kept. Whoever knows no congress yet may join unseen. */
static gboolean check_congress (Journal *journal, const char *path, gboolean downloaded,
                                GError **error)
{
  GError *cause = NULL;
  g_autofree char *own = journal_congress (journal, &cause);

  if (own != NULL && downloaded)
    journal_check_congress (journal, path, &cause);
  if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_CONGRESS)) {
    g_error_free (cause);
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT,
                 _ ("this replica is of another congress than the hub's: the event file was loaded "
                    "here on its own, as for a rehearsal. Nothing was sent or taken. Make a new "
                    "one: accueil init with another --db. If it is "
                    "one congress all the same, bring this file to the hub first (accueil merge "
                    "--same-congress %s there), then enrol with a new code"),
                 journal_path (journal));
    return FALSE;
  }
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL && (own == NULL || downloaded);
}

static gboolean take_snapshot (Journal *journal, const Invitation *invitation, const Grant *grant,
                               gint64 *taken, GError **error)
{
  g_autofree char *path = g_strconcat (journal_path (journal), ".from-hub", NULL);
  g_auto (HubAnswer) answer = { 0 };
  gboolean downloaded = download (invitation, grant, path, &answer, error);
  gboolean kept = check_congress (journal, path, downloaded, downloaded ? error : NULL)
                  && keep_hub (journal, invitation, grant, downloaded ? error : NULL);
  gboolean good = downloaded && kept && merge (journal, path, taken, error)
                  && keep_place (journal, &answer, error);

  unlink (path);
  return good;
}

gboolean joining_join (Journal *journal, const char *code, gint64 *facts_taken, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (Invitation) invitation = invitation_read (code, &cause);
  g_autofree char *public = NULL;
  g_auto (Grant) grant = { 0 };

  sign_start ();
  *facts_taken = 0;
  if (invitation == NULL) {
    g_set_error_literal (error, CLIENT_ERROR, CLIENT_ERROR_CODE, cause->message);
    return FALSE;
  }
  if (invitation->station != NULL && strcmp (invitation->station, journal_station (journal)) != 0) {
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CODE,
                 _ ("this code is for station “%s”, but this replica is station “%s”; "
                    "ask for: "
                    "accueil-hub invite %s"),
                 invitation->station, journal_station (journal), journal_station (journal));
    return FALSE;
  }
  public = own_public (journal, error);
  return public != NULL && ask_grant (invitation, journal_station (journal), public, &grant, error)
         && take_snapshot (journal, invitation, &grant, facts_taken, error);
}
