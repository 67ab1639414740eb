#include "station/gate.h"

#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"
#include "station/gate_step.h"
#include "station/headset_desk.h"
#include "sync/client_terms.h"

#include <string.h>

#define KEYS_STAMPS GATE_STEP_KEYS_STAMPS
#define CLOCK_LOOK_US (60 * G_TIME_SPAN_SECOND) /* between looks at the facts */
#define TIMES_EVERY_US (10 * G_TIME_SPAN_SECOND)

static const char KEYS_STAMP[]
    = "SELECT (SELECT count (*) FROM ticket_key), (SELECT count (*) + ifnull (sum (from_ms >> 32), "
      "0) FROM ticket_key_revoked), (SELECT ifnull (sum (from_ms & 4294967295), 0) FROM "
      "ticket_key_revoked), count (*), ifnull (sum (at >> 32), 0), ifnull "
      "(sum (at & 4294967295), 0), ifnull (sum (own_seq), 0), ifnull (sum (vouched_seq), 0), "
      "(SELECT value FROM local WHERE name = '" JOURNAL_LOCAL_HUB_CLOCK "'), " JOURNAL_SHUT_OUT
      ", EXISTS (SELECT 1 FROM session_change), EXISTS (SELECT 1 FROM ticket_void), EXISTS "
      "(SELECT 1 FROM scan_message WHERE NOT removed)"
      " FROM station_key";
static const char KEYS[]
    = "SELECT '', k.public, ifnull (r.from_ms, 9223372036854775807) FROM ticket_key k LEFT JOIN "
      "ticket_key_revoked r USING (id) UNION ALL SELECT station, public, 9223372036854775807 FROM "
      "station_key";
static const char HAS_GOOD[]
    = "SELECT 1 FROM badge_state WHERE reference = :reference AND good LIMIT 1";
static const char GOOD[]
    = "SELECT good AND NOT EXISTS (SELECT 1 FROM badge_doubted x WHERE x.reference = s.reference "
      "AND x.serial = s.serial AND x.issuer = s.issuer) FROM badge_state s WHERE reference = "
      ":reference AND serial = :serial AND issuer = :issuer";

G_DEFINE_QUARK (gate - error - quark, gate_error)

/* Keys and definitions --------------------------------------------------------------- */

static void signer_clear (gpointer data)
{
  GateSigner *signer = data;
  g_free (signer->station);
}

static gboolean read_keys (Gate *gate, GError **error)
{
  Query *query = journal_query (gate->journal, KEYS, error);
  if (query == NULL)
    return FALSE;
  g_array_set_size (gate->signers, 0);
  while (query_next (query)) {
    GateSigner signer;
    if (!sign_public_from_text (query_text (query, 1), &signer.key))
      continue;
    sign_key_id (&signer.key, signer.id);
    signer.station = g_strdup (query_text (query, 0));
    signer.until_ms = query_int (query, 2);
    g_array_append_val (gate->signers, signer);
  }
  return query_end (query, error);
}

/* What such a station decides reaches nobody: what it lets in, another door lets in
 * again. */
static gboolean refuse_work (Gate *gate, GError **error)
{
  g_set_error (error, GATE_ERROR, GATE_ERROR_SHUT_OUT,
               _ ("the hub does not take what station “%s” decides: it was revoked, or this "
                  "replica is an older copy of it. “accueil doctor” says what to do"),
               journal_station (gate->journal));
  return FALSE;
}

/* The agent has heard the hub's clock, or a person has told the time. */
static void note_clock (Gate *gate, const char *hub_clock)
{
  if (gate->hub_clock != NULL && strcmp (gate->hub_clock, hub_clock) == 0)
    return;
  g_free (gate->hub_clock);
  gate->hub_clock = g_strdup (hub_clock);
  gate->clock_good_us = 0;
  journal_correct_clock (gate->journal, hub_clock);
}

/* Doors go by the day and the hour: with a clock that has lost them nobody is told that
 * nothing takes place today. */
static gboolean check_clock (Gate *gate, GError **error)
{
  gint64 now_us = g_get_monotonic_time (), latest_ms;
  gboolean impossible;
  if (gate->clock_good_us != 0 && now_us < gate->clock_good_us + CLOCK_LOOK_US)
    return TRUE;
  if (!journal_clock_is_impossible (gate->journal, &impossible, &latest_ms, error))
    return FALSE;
  if (!impossible) {
    gate->clock_good_us = now_us;
    return TRUE;
  }
  gate->clock_good_us = 0;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (journal_now_ms (gate->journal) / 1000);
  g_autofree char *text = now != NULL ? g_date_time_format (now, "%Y-%m-%d") : g_strdup ("?");
  g_set_error (
      error, GATE_ERROR, GATE_ERROR_CLOCK,
      _ ("this machine's clock says %s, which is before what has happened already. Connect "
         "it to the hub, or tell it the time: accueil clock --set 2016-10-26T09:12"),
      text);
  return FALSE;
}

static gboolean refresh_keys (Gate *gate, GError **error)
{
  Query *query = journal_query (gate->journal, KEYS_STAMP, error);
  if (query == NULL)
    return FALSE;
  gint64 stamp[KEYS_STAMPS] = { -1 };
  gboolean shut_out = FALSE;
  if (query_next (query)) {
    shut_out = query_int (query, KEYS_STAMPS + 1) != 0;
    gate->changes = query_int (query, KEYS_STAMPS + 2) != 0;
    gate->voids = query_int (query, KEYS_STAMPS + 3) != 0;
    gate->messages = query_int (query, KEYS_STAMPS + 4) != 0;
    note_clock (gate, query_text (query, KEYS_STAMPS));
    for (int i = 0; i < KEYS_STAMPS; i++)
      stamp[i] = query_int (query, i);
  }
  if (!query_end (query, error))
    return FALSE;
  if (shut_out)
    return refuse_work (gate, error);
  if (!check_clock (gate, error))
    return FALSE;
  if (memcmp (stamp, gate->keys_stamp, sizeof stamp) == 0)
    return TRUE;
  if (!read_keys (gate, error))
    return FALSE;
  memcpy (gate->keys_stamp, stamp, sizeof stamp);
  return TRUE;
}

/* Two small questions a scan, whoever wrote what changed: another program, or this
 * one. */
static gboolean refresh (Gate *gate, GError **error)
{
  gboolean current = FALSE;
  if (!refresh_keys (gate, error)
      || !checkpoint_is_current (gate->journal, gate->checkpoint, &current, error))
    return FALSE;
  if (current)
    return TRUE;
  Checkpoint *fresh = checkpoint_load (gate->journal, gate->checkpoint->id, error);
  if (fresh == NULL)
    return FALSE;
  if (gate->exit)
    checkpoint_set_exit (fresh);
  checkpoint_free (gate->checkpoint);
  gate->checkpoint = fresh;
  return TRUE;
}

Gate *gate_open (Journal *journal, const char *checkpoint, GError **error)
{
  sign_start ();
  g_autoptr (Gate) gate = g_new0 (Gate, 1);
  gate->journal = journal;
  gate->keys_stamp[0] = -1;
  gate->times_kept_us = g_get_monotonic_time ();
  gate->signers = g_array_new (FALSE, FALSE, sizeof (GateSigner));
  g_array_set_clear_func (gate->signers, signer_clear);
  gate->checkpoint = checkpoint_load (journal, checkpoint, error);
  if (gate->checkpoint == NULL || !refresh_keys (gate, error))
    return NULL;
  return g_steal_pointer (&gate);
}

void gate_close (Gate *gate)
{
  if (gate == NULL)
    return;
  checkpoint_free (gate->checkpoint);
  g_array_unref (gate->signers);
  g_free (gate->hub_clock);
  g_free (gate->pending_badge);
  g_free (gate);
}

const Checkpoint *gate_checkpoint (const Gate *gate)
{
  return gate->checkpoint;
}

OwnedPair gate_next_wording (const Gate *gate, const GateResult *result)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (journal_now_ms (gate->journal) / 1000);
  g_autoptr (GDateTime) local
      = now != NULL ? g_date_time_to_timezone (now, gate->checkpoint->zone) : NULL;
  g_autofree char *today = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");
  return wording_next (today, result->next_day, result->next_minute);
}

void gate_set_exit (Gate *gate)
{
  gate->exit = TRUE;
  checkpoint_set_exit (gate->checkpoint);
}

/* Reading a code --------------------------------------------------------------------- */

gboolean gate_read (Gate *gate, const char *text, GateCode *code, GError **error)
{
  if (!refresh (gate, error))
    return FALSE;
  gate_step_classify (gate, text, code);
  return TRUE;
}

/* Deciding --------------------------------------------------------------------------- */

/* What a person may set aside: what the programme says, not who somebody is. */
static gboolean is_overridable (Verdict verdict)
{
  switch (verdict) {
  case VERDICT_ALREADY_IN:
  case VERDICT_NOT_ENTITLED:
  case VERDICT_NOT_TODAY:
  case VERDICT_CLOSED:
  case VERDICT_FULL:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Lets in who was refused, and gives her the badge that the checkpoint gives; *@refusal
 * is what was set aside, "" where nothing was. */
static gboolean override (Gate *gate, PresentationAnswer *answer, const GateResult *result,
                          const char **refusal, GError **error)
{
  DecisionAnswer *decided = &answer->answer;
  *refusal = "";
  if (result->delegate == NULL || !is_overridable (decided->verdict))
    return TRUE;
  *refusal = verdict_name (decided->verdict);
  decided->verdict = VERDICT_ADMITTED;
  decided->detail = "";
  decided->direction = DIRECTION_IN;
  if (!gate->checkpoint->badge)
    return TRUE;
  Query *query = journal_query (gate->journal, HAS_GOOD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", result->delegate->reference);
  decided->issue_badge = !query_next (query);
  return query_end (query, error);
}

/* What goes with an admission here, besides the passage. */
static gboolean go_with (Gate *gate, const PresentationAnswer *answer, GateResult *result,
                         GError **error)
{
  CheckpointKind kind = gate->checkpoint->kind;
  if (answer->answer.issue_badge
      && !issue_badge (gate->journal, result->delegate->reference, 1, &(IssueWhy){ .reason = NULL },
                       &result->badge_serial, error))
    return FALSE;
  if (kind == CHECKPOINT_HEADSET)
    return headset_desk_loan (gate, result, answer->day, error);
  return kind != CHECKPOINT_ENTRANCE || result->direction != DIRECTION_OUT
         || headset_desk_look (gate, result, error);
}

static gboolean decide (Gate *gate, GateCode *shown, const GateManual *by_hand, GateResult *result,
                        GError **error)
{
  PresentationAnswer answer;
  const char *refusal = "";
  gboolean handled = FALSE;
  if (by_hand == NULL && gate->checkpoint->kind == CHECKPOINT_HEADSET
      && !headset_desk_scan (gate, shown, result, &handled, error))
    return FALSE;
  if (handled)
    return TRUE;
  if (!gate_step_look_up (gate, shown, result, error)
      || !presentation_decide (gate->journal, gate->checkpoint, &shown->presentation,
                               result->delegate, journal_now_ms (gate->journal), &answer, error))
    return FALSE;
  if (by_hand != NULL && by_hand->override && !override (gate, &answer, result, &refusal, error))
    return FALSE;
  gate_step_set (&answer, shown, result);
  if (by_hand != NULL && by_hand->one_way && result->verdict == VERDICT_ADMITTED
      && result->direction != by_hand->direction) {
    result->verdict = VERDICT_ALREADY_IN;
    result->detail = by_hand->direction == DIRECTION_IN ? "loan" : "returned";
    return TRUE;
  }
  if (result->verdict == VERDICT_ADMITTED && result->delegate != NULL
      && (gate->changes || gate->messages || result->delegate->appointed)
      && !gate_step_tell (gate, answer.day, result, error))
    return FALSE;
  if (!gate_step_append_passage (gate, shown, &answer, refusal, by_hand, result, error))
    return FALSE;
  if (result->verdict != VERDICT_ADMITTED)
    return TRUE;
  /* Nothing goes with an admission by a true code alone. */
  return result->delegate == NULL || go_with (gate, &answer, result, error);
}

/* How long those before took is written with one of the next: it costs no transaction. */
static gboolean keep_times (Gate *gate, gint64 now_us, GError **error)
{
  if (decision_times_count (&gate->times) == 0 || now_us < gate->times_kept_us + TIMES_EVERY_US)
    return TRUE;
  gate->times_kept_us = now_us;
  return decision_times_keep (gate->journal, &gate->times, error);
}

/* @code is the gate's own copy: what is looked up is noted in it. */
static gboolean decide_durably (Gate *gate, GateCode code, const GateManual *by_hand,
                                GateResult *result, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  if (!journal_begin (gate->journal, error))
    return FALSE;
  if (decide (gate, &code, by_hand, result, error) && keep_times (gate, start_us, error)) {
    if (journal_commit (gate->journal, error)) {
      if (gate->times_kept_us == start_us)
        gate->times = (DecisionTimes){ 0 };
      decision_times_add (&gate->times, g_get_monotonic_time () - start_us);
      return TRUE;
    }
  } else
    journal_rollback (gate->journal);
  gate_result_clear (result);
  return FALSE;
}

gboolean gate_decide (Gate *gate, const GateCode *code, GateResult *result, GError **error)
{
  gate_result_clear (result);
  return decide_durably (gate, *code, NULL, result, error);
}

gboolean gate_scan (Gate *gate, const char *text, GateResult *result, GError **error)
{
  GateCode code;
  gate_result_clear (result);
  return gate_read (gate, text, &code, error) && gate_decide (gate, &code, result, error);
}

static gboolean by_hand (Gate *gate, const char *reference, const GateManual *entry,
                         GateResult *result, GError **error)
{
  gate_result_clear (result);
  if (!refresh (gate, error))
    return FALSE;
  GateCode code = { .presentation.presented = PRESENTED_MANUAL, .word = "manual", .text = "" };
  if (identifier_is_reference (reference))
    code.presentation.reference = reference;
  return decide_durably (gate, code, entry, result, error);
}

gboolean gate_admit (Gate *gate, const char *reference, const char *volunteer, const char *reason,
                     GateResult *result, GError **error)
{
  g_autofree char *who = issue_typed (volunteer, GATE_VOLUNTEER_MAX);
  g_autofree char *why = issue_typed (reason, GATE_REASON_MAX);
  const GateManual entry = { .volunteer = who, .reason = why };
  return by_hand (gate, reference, &entry, result, error);
}

gboolean gate_override (Gate *gate, const char *reference, const char *volunteer,
                        const char *reason, GateResult *result, GError **error)
{
  g_autofree char *who = issue_typed (volunteer, GATE_VOLUNTEER_MAX);
  g_autofree char *why = issue_typed (reason, GATE_REASON_MAX);
  const GateManual hand = { .volunteer = who, .reason = why, .override = TRUE };
  g_return_val_if_fail (*who != '\0' && *why != '\0', FALSE);
  return by_hand (gate, reference, &hand, result, error);
}

gboolean gate_loan (Gate *gate, const char *reference, gboolean out, const char *volunteer,
                    GateResult *result, GError **error)
{
  g_autofree char *who = issue_typed (volunteer, GATE_VOLUNTEER_MAX);
  const GateManual entry
      = { .volunteer = who, .one_way = TRUE, .direction = out ? DIRECTION_IN : DIRECTION_OUT };
  g_return_val_if_fail (gate->checkpoint->kind == CHECKPOINT_HEADSET, FALSE);
  return by_hand (gate, reference, &entry, result, error);
}

gboolean gate_owner (Gate *gate, const GateCode *code, Delegate **delegate, GError **error)
{
  GateCode copy = *code;
  g_auto (GateResult) result = { 0 };
  if (!gate_step_look_up (gate, &copy, &result, error))
    return FALSE;
  *delegate = g_steal_pointer (&result.delegate);
  return TRUE;
}

char *gate_wearer (Gate *gate, const GateCode *code, GError **error)
{
  const Presentation *shown = &code->presentation;
  if (shown->presented != PRESENTED_BADGE)
    return NULL;
  Query *query = journal_query (gate->journal, GOOD, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", shown->reference);
  query_bind_int (query, ":serial", shown->serial);
  query_bind_text (query, ":issuer", shown->issuer);
  gboolean good = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error) && good ? g_strdup (shown->reference) : NULL;
}
