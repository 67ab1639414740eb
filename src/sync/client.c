#include "sync/client.h"

#include "core/clock_correction.h"
#include "core/words.h"
#include "journal/fact_json.h"
#include "journal/pin_secret.h"
#include "sync/failure.h"
#include "sync/give_back.h"
#include "sync/hub_choice.h"
#include "sync/joining.h"
#include "sync/pull_answer.h"

#include <string.h>

#define PUSH_TIMEOUT_MS 30000
#define HTTP_TOO_MANY 429
#define PULL_GRACE_MS 15000
/* A batch ends before the hub's limit of 4 MiB. */
#define PUSH_BYTES_MAX (4 * 1024 * 1024)
#define SIGNATURE_ROOM 256 /* of a signature in the last line */
/* The time of the last contact is written no more often. */
#define CONTACT_EVERY_MS 10000
/* How far facts may be ahead of a clock that is right. */
#define CLOCK_DOUBT_MS (10 * 60 * 1000LL)
#define CLOCK_AHEAD_MS (24 * 3600 * 1000LL)

struct _Client {
  Journal *journal;
  HubChoice *hubs;
  gint64 clock_offset_ms;
  gint64 noted_offset_ms;      /* as written last; G_MAXINT64: not yet */
  gint64 contact_ms;           /* as written last */
  gint noted_push, noted_pull; /* ClientRefusal as written last; -1: not known */
  /* Push: the head that the hub holds of us, as it said in the epoch @head_epoch; NULL:
   * not asked yet. */
  char *head_epoch;
  gint64 sent_seq; /* that was noted last */
  gint64 head_seq;
  Hash head_chain;
  gboolean other_history; /* than the hub's, as it said */
  gboolean slowed;        /* the last answer asks for a pause: no other hub may give more */
};

void client_start (void)
{
  hub_connection_start ();
}

/* Local values ----------------------------------------------------------------------- */

gboolean client_is_enrolled (Journal *journal)
{
  g_autofree char *token = journal_local (journal, JOURNAL_LOCAL_HUB_TOKEN, NULL);

  return token != NULL;
}

Client *client_new (Journal *journal, GError **error)
{
  g_autoptr (GError) cause = NULL;
  HubChoice *hubs = hub_choice_new (journal, &cause);
  Client *client;

  if (hubs == NULL) {
    if (cause != NULL)
      g_propagate_error (error, g_steal_pointer (&cause));
    else
      g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_NOT_ENROLLED,
                   _ ("station “%s” belongs to no hub yet: ask for a code with “accueil-hub "
                      "invite "
                      "%s” and run “accueil enrol CODE”"),
                   journal_station (journal), journal_station (journal));
    return NULL;
  }
  client = g_new0 (Client, 1);
  client->journal = journal;
  client->hubs = hubs;
  client->noted_push = client->noted_pull = -1;
  client->noted_offset_ms = G_MAXINT64;
  return client;
}

void client_free (Client *client)
{
  if (client == NULL)
    return;
  hub_choice_free (client->hubs);
  g_free (client->head_epoch);
  g_free (client);
}

gint64 client_clock_offset_ms (const Client *client)
{
  return client->clock_offset_ms;
}

static HubConnection *connection (Client *client)
{
  return hub_choice_connection (client->hubs);
}

/* Answers ---------------------------------------------------------------------------- */

static gboolean refused (Client *client, const HubAnswer *answer, GError **error)
{
  client->slowed = answer->status == HTTP_TOO_MANY;
  return failure_of_answer (answer, error);
}

/* Which of two clocks is wrong is told by what has happened: nothing is later than now.
 * The hub's is believed where it bears that out, and ours does not or is not far from it:
 * a hub whose clock is years ahead takes no station along. */
static gboolean is_hub_believed (gint64 hub_ms, gint64 machine_ms, gint64 latest_ms)
{
  if (hub_ms < latest_ms - CLOCK_DOUBT_MS)
    return FALSE;
  return machine_ms < latest_ms - CLOCK_DOUBT_MS || hub_ms - machine_ms < CLOCK_AHEAD_MS;
}

/* Kept for all programs of this machine, until the hub is heard again. That it cannot be
 * written is no trouble more. */
static void note_clock (Client *client, gint64 hub_ms, gint64 machine_ms)
{
  gint64 latest_ms;
  ClockCorrection correction = clock_correction_new (hub_ms - machine_ms, machine_ms);
  g_autofree char *text = NULL;

  if (client->noted_offset_ms != G_MAXINT64
      && ABS (correction.offset_ms - client->noted_offset_ms) < CLOCK_CORRECTION_LEAST_MS / 2)
    return;
  if (!journal_latest_ms (client->journal, &latest_ms, NULL)
      || !is_hub_believed (hub_ms, machine_ms, latest_ms))
    return;
  text = clock_correction_text (&correction);
  if (!journal_set_local (client->journal, JOURNAL_LOCAL_HUB_CLOCK, text, NULL))
    return;
  client->noted_offset_ms = correction.offset_ms;
  journal_correct_clock (client->journal, text);
}

/* Every answer tells the hub's clock, and that it is there. */
static void note_contact (Client *client, const HubAnswer *answer)
{
  g_autofree char *text = NULL, *offset = NULL;
  gint64 machine_ms = journal_machine_ms (client->journal), now_ms;

  if (answer->time_ms > 0) {
    client->clock_offset_ms = answer->time_ms - machine_ms;
    note_clock (client, answer->time_ms, machine_ms);
  }
  now_ms = journal_now_ms (client->journal);
  if (ABS (now_ms - client->contact_ms) < CONTACT_EVERY_MS)
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms);
  offset = g_strdup_printf ("%" G_GINT64_FORMAT, client->clock_offset_ms);
  if (journal_set_local (client->journal, JOURNAL_LOCAL_HUB_OFFSET, offset, NULL)
      && journal_set_local (client->journal, JOURNAL_LOCAL_HUB_CONTACT, text, NULL))
    client->contact_ms = now_ms;
}

/* What waiting does not mend is kept for screens and doors (client_terms.h). That it
 * cannot be written is no trouble more. */
static gboolean note_refusal (Client *client, const char *name, gint *noted, GError *cause,
                              GError **error)
{
  ClientRefusal refusal = cause != NULL ? client_terms_refusal_of (cause) : CLIENT_REFUSAL_NONE;
  g_autofree char *known = NULL;

  if (cause == NULL || refusal != CLIENT_REFUSAL_NONE) {
    if (*noted < 0) {
      known = journal_local (client->journal, name, NULL);
      *noted = (gint) client_terms_refusal (known, NULL);
    }
    if (*noted != (gint) refusal
        && journal_set_local (
            client->journal, name,
            refusal != CLIENT_REFUSAL_NONE ? client_terms_refusal_name (refusal) : NULL, NULL))
      *noted = (gint) refusal;
  }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/* Hubs ------------------------------------------------------------------------------- */

/* What one hub cannot, or somebody in its place does not, another may. */
static gboolean may_another (const Client *client, const GError *error)
{
  return !client->slowed
         && (g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE)
             || g_error_matches (error, CLIENT_ERROR, CLIENT_ERROR_PIN));
}

/* @exchange with the hub that was used last, else with the others, until one answers.
 * What goes wrong with all of them is told as it went with the first. */
static gboolean with_hubs (Client *client,
                           gboolean (*exchange) (Client *, gpointer data, GError **error),
                           gpointer data, GError **error)
{
  g_autoptr (GError) first = NULL;

  if (hub_choice_begin (client->hubs))
    g_clear_pointer (&client->head_epoch, g_free);
  for (;;) {
    GError *cause = NULL;

    client->slowed = FALSE;
    if (exchange (client, data, &cause))
      return TRUE;
    if (!may_another (client, cause)) {
      g_propagate_error (error, cause);
      return FALSE;
    }
    if (first == NULL)
      first = g_error_copy (cause);
    g_error_free (cause);
    if (!hub_choice_next (client->hubs)) {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
    g_clear_pointer (&client->head_epoch, g_free);
  }
}

/* Push ------------------------------------------------------------------------------- */

static gboolean read_head (const HubAnswer *answer, gint64 *seq, Hash *chain, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (answer->body->str, (gssize) answer->body->len, NULL);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;

  if (root == NULL || !json_in_has (root, "seq") || json_in_int (root, "seq") < 0
      || !hash_from_hex (json_in_string (root, "chain"), chain))
    return failure_of_protocol (_ ("there is no head in it"), error);
  *seq = json_in_int (root, "seq");
  return TRUE;
}

/* For a screen that says how much the hub does not have yet; that it cannot be written
 * harms nothing. */
static void note_sent (Client *client)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, client->head_seq);

  if (client->head_seq != client->sent_seq
      && journal_set_local (client->journal, JOURNAL_LOCAL_HUB_SENT, text, NULL))
    client->sent_seq = client->head_seq;
}

/* The hub's word on our own head, as head_path() told it. */
static gboolean is_other_history (const HubAnswer *answer)
{
  g_autoptr (JsonIn) in = json_in_parse (answer->body->str, (gssize) answer->body->len, NULL);

  return in != NULL && g_strcmp0 (json_in_string (json_in_root (in), "yours"), "fork") == 0;
}

static gboolean set_head (Client *client, const HubAnswer *answer, GError **error)
{
  if (!read_head (answer, &client->head_seq, &client->head_chain, error))
    return FALSE;
  g_free (client->head_epoch);
  client->head_epoch = g_strdup (answer->epoch != NULL ? answer->epoch : "");
  note_sent (client);
  return TRUE;
}

/* The hub hears our own head too, so that it sees at once what does not fit. */
static char *head_path (Client *client, GError **error)
{
  gint64 seq;
  Hash chain;
  g_autofree char *hex = NULL;

  if (!journal_head (client->journal, journal_station (client->journal), &seq, &chain, error))
    return NULL;
  hex = hash_to_hex (&chain);
  return g_strdup_printf ("/v1/head?seq=%" G_GINT64_FORMAT "&chain=%s", seq, hex);
}

static gboolean ask_head (Client *client, GError **error)
{
  g_auto (HubAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autofree char *path = head_path (client, error);

  if (path == NULL)
    return FALSE;
  if (!hub_connection_get (connection (client), path, PUSH_TIMEOUT_MS, NULL, &answer, &cause))
    return failure_of_http (cause, error);
  if (answer.status != 200)
    return refused (client, &answer, error);
  note_contact (client, &answer);
  client->other_history = is_other_history (&answer);
  return set_head (client, &answer, error);
}

static gboolean conflict (Client *client, gint64 own_seq, GError **error)
{
  const char *station = journal_station (client->journal);

  if (client->head_seq > own_seq && !client->other_history)
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_OLDER,
                 _ ("the hub holds %lld facts of station “%s”, this replica only %lld: it is "
                    "an "
                    "older copy. If this is that machine: “accueil-hub invite %s” on the "
                    "hub, then "
                    "“accueil enrol CODE” here. If another machine goes on under this name: "
                    "“accueil-hub invite OTHER” on the hub, then “accueil rejoin CODE” "
                    "here"),
                 (long long) client->head_seq, station, (long long) own_seq, station);
  else
    g_set_error (
        error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT,
        _ ("the hub holds another history of station “%s”: two machines have used one name, "
           "or an "
           "older copy of this replica was used on. What happened here is kept under a new name: "
           "“accueil-hub invite OTHER” on the hub, then “accueil rejoin CODE” here"),
        station);
  return FALSE;
}

/* We hold more, so the hub could not see it by our head. That it does not hear is no
 * harm: we go on asking. */
static void tell_fork (Client *client, const Fact *own)
{
  g_autofree char *hex = hash_to_hex (&own->chain),
                  *path
                  = g_strdup_printf ("/v1/head?seq=%" G_GINT64_FORMAT "&chain=%s", own->seq, hex);
  g_auto (HubAnswer) answer = { 0 };

  hub_connection_get (connection (client), path, PUSH_TIMEOUT_MS, NULL, &answer, NULL);
}

/* Is the head that the hub names one of our own past? */
static gboolean check_head (Client *client, gint64 own_seq, const Hash *own_chain, GError **error)
{
  g_autoptr (GPtrArray) fact = NULL;

  if (client->head_seq == 0)
    return TRUE;
  if (client->head_seq > own_seq)
    return conflict (client, own_seq, error);
  if (client->head_seq == own_seq)
    return hash_equal (&client->head_chain, own_chain) || conflict (client, own_seq, error);
  fact = journal_facts_of (client->journal, journal_station (client->journal), client->head_seq - 1,
                           1, error);
  if (fact == NULL)
    return FALSE;
  if (fact->len == 1 && hash_equal (&((Fact *) fact->pdata[0])->chain, &client->head_chain))
    return TRUE;
  if (fact->len == 1)
    tell_fork (client, fact->pdata[0]);
  return conflict (client, own_seq, error);
}

/* The head is asked for at first, and again once the hub has another epoch: it may have
 * been restored from an older copy. */
static gboolean know_head (Client *client, GError **error)
{
  g_autofree char *epoch = NULL;

  if (!journal_read_local (client->journal, JOURNAL_LOCAL_HUB_EPOCH, &epoch, error))
    return FALSE;
  if (client->head_epoch != NULL && (epoch == NULL || strcmp (epoch, client->head_epoch) == 0))
    return TRUE;
  return ask_head (client, error);
}

/* As many lines as fit; *@count facts of @facts. */
static GString *lines_of (const GPtrArray *facts, guint *count)
{
  GString *lines = g_string_new (NULL);

  for (*count = 0; *count < facts->len; (*count)++) {
    g_autofree char *json = fact_to_json (facts->pdata[*count]);
    gsize length = strlen (json) + 1;

    if (*count > 0 && lines->len + length > PUSH_BYTES_MAX - SIGNATURE_ROOM)
      break;
    g_string_append (lines, json);
    g_string_append_c (lines, '\n');
  }
  return lines;
}

/* The last of what is sent, where it is not signed: the hub takes nothing that no
 * signature covers. */
static gboolean sign_last (Client *client, Fact *last, GString *lines, GError **error)
{
  g_autofree char *unsigned_json = fact_to_json (last), *json = NULL;

  if (last->is_signed)
    return TRUE;
  if (!journal_sign (client->journal, last, error))
    return FALSE;
  json = fact_to_json (last);
  g_string_truncate (lines, lines->len - strlen (unsigned_json) - 1);
  g_string_append (lines, json);
  g_string_append_c (lines, '\n');
  return TRUE;
}

static gboolean send_facts (Client *client, const GPtrArray *facts, guint *sent, GError **error)
{
  g_auto (HubAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  GString *lines = lines_of (facts, sent);
  gboolean good;

  if (!sign_last (client, facts->pdata[*sent - 1], lines, error)) {
    g_string_free (lines, TRUE);
    return FALSE;
  }
  good = hub_connection_post (connection (client), "/v1/facts", NULL, lines->str, lines->len, TRUE,
                              PUSH_TIMEOUT_MS, &answer, &cause);
  g_string_free (lines, TRUE);
  if (!good)
    return failure_of_http (cause, error);
  note_contact (client, &answer);
  if (answer.status == 200)
    return set_head (client, &answer, error);
  *sent = 0;
  /* Its head is not what we thought: the next push goes on from it, if it is of our
   * past. */
  if (answer.status == 409 && read_head (&answer, &client->head_seq, &client->head_chain, NULL))
    return TRUE;
  return refused (client, &answer, error);
}

static gboolean push (Client *client, gpointer data, GError **error)
{
  guint *sent = data;
  const char *station = journal_station (client->journal);
  g_autoptr (GPtrArray) facts = NULL;
  gint64 own_seq, believed;
  Hash own_chain;

  *sent = 0;
  if (!know_head (client, error)
      || !journal_head (client->journal, station, &own_seq, &own_chain, error)
      || !check_head (client, own_seq, &own_chain, error))
    return FALSE;
  if (client->head_seq == own_seq)
    return TRUE;
  believed = client->head_seq;
  facts = journal_facts_of (client->journal, station, believed, JOURNAL_BATCH_MAX, error);
  if (facts == NULL || !send_facts (client, facts, sent, error))
    return FALSE;
  if (*sent > 0)
    return TRUE;
  /* Refused with a head. The same one again: it does not take what follows there. */
  if (client->head_seq == believed)
    return conflict (client, own_seq, error);
  return check_head (client, own_seq, &own_chain, error);
}

gboolean client_push (Client *client, guint *sent, GError **error)
{
  GError *cause = NULL;

  with_hubs (client, push, sent, &cause);
  return note_refusal (client, JOURNAL_LOCAL_HUB_PUSH_REFUSAL, &client->noted_push, cause, error);
}

/* State ------------------------------------------------------------------------------ */

static gboolean report (Client *client, gpointer data, GError **error)
{
  const char *json = data;
  g_auto (HubAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;

  if (!hub_connection_post (connection (client), "/v1/state", NULL, json, strlen (json), FALSE,
                            PUSH_TIMEOUT_MS, &answer, &cause))
    return failure_of_http (cause, error);
  note_contact (client, &answer);
  return answer.status == 200 || answer.status == 404 || refused (client, &answer, error);
}

gboolean client_report (Client *client, const char *json, GError **error)
{
  g_autofree char *own = g_strdup (json);

  return with_hubs (client, report, own, error);
}

/* Pull ------------------------------------------------------------------------------- */

typedef struct {
  gint wait_s;
  gint *stop;
  guint *taken;
} Pull;

/* With how much of the hub's own facts we have heard, and its signed word on that. */
static char *pull_path (Client *client, gint wait_s, gint64 cursor, const char *epoch,
                        GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (epoch != NULL ? epoch : "", NULL, FALSE),
                  *word = NULL, *said = NULL;
  gint64 heard;

  if (!give_back_heard (client->journal, &heard, &word, error))
    return NULL;
  said = word != NULL ? g_uri_escape_string (word, NULL, FALSE) : NULL;
  return g_strdup_printf ("/v1/facts?after=%" G_GINT64_FORMAT
                          "&epoch=%s&wait=%d&limit=%d&heard=%" G_GINT64_FORMAT "%s%s",
                          cursor, escaped, wait_s, JOURNAL_BATCH_MAX, heard,
                          said != NULL ? "&word=" : "", said != NULL ? said : "");
}

static gboolean pull (Client *client, gpointer data, GError **error)
{
  const Pull *wanted = data;
  g_auto (HubAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autofree char *epoch = NULL, *path = NULL;
  gint wait_s = CLAMP (wanted->wait_s, 0, CLIENT_WAIT_S);
  gint64 cursor;

  *wanted->taken = 0;
  if (hub_choice_is_away (client->hubs)) /* the poll ends in time to look for home */
    wait_s = MIN (wait_s, HUB_CHOICE_RETURN_MS / 1000);
  if (!pull_answer_cursor (client->journal, &cursor, &epoch, error)
      || (path = pull_path (client, wait_s, cursor, epoch, error)) == NULL)
    return FALSE;
  if (!hub_connection_get (connection (client), path, wait_s * 1000 + PULL_GRACE_MS, wanted->stop,
                           &answer, &cause))
    return g_error_matches (cause, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_STOPPED)
           || failure_of_http (cause, error);
  note_contact (client, &answer);
  client->slowed = answer.status == HTTP_TOO_MANY;
  if (!pull_answer_take (client->journal, &answer, cursor, epoch, wanted->taken, error)
      || (answer.status == 200
          && !give_back_lost (client->journal, connection (client), answer.head, error)))
    return FALSE;
  hub_choice_learn (client->hubs, client->journal, answer.hubs);
  return answer.pins == NULL || pin_secret_keep (client->journal, answer.pins, error);
}

gboolean client_pull (Client *client, gint wait_s, gint *stop, guint *taken, GError **error)
{
  Pull wanted = { wait_s, stop, taken };
  GError *cause = NULL;

  with_hubs (client, pull, &wanted, &cause);
  return note_refusal (client, JOURNAL_LOCAL_HUB_PULL_REFUSAL, &client->noted_pull, cause, error);
}

/* What has come since the snapshot was made; what cannot be had now comes later. */
static void catch_up (Journal *journal, gint64 *facts_taken)
{
  g_autoptr (Client) client = client_new (journal, NULL);
  guint taken = 0;

  do {
    if (client == NULL || !client_pull (client, 0, NULL, &taken, NULL))
      return;
    *facts_taken += taken;
  } while (taken > 0);
}

gboolean client_enrol (Journal *journal, const char *code, gint64 *facts_taken, GError **error)
{
  if (!joining_join (journal, code, facts_taken, error))
    return FALSE;
  catch_up (journal, facts_taken);
  return TRUE;
}
