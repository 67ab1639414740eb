#include "station/gate_step.h"

#include "congress/appointment.h"
#include "congress/scan_message.h"
#include "congress/session_change.h"
#include "core/json.h"
#include "roster/delegate_role.h"

#include <string.h>

void gate_result_clear (GateResult *result)
{
  delegate_free (result->delegate);
  words_owned_clear (&result->told);
  words_owned_clear (&result->team);
  *result = (GateResult){ .verdict = VERDICT_UNKNOWN,
                          .detail = "" }; /* what nobody decided admits nobody */
}

/* What readers may put before a code: the symbol's kind (AIM, “]Q1”), then its encoding
 * (ECI, “\\000026”). */
const char *gate_step_without_prefix (const char *text)
{
  if (text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]))
    text += 3;
  guint digits = 0;
  while (text[0] == '\\' && digits < 6 && g_ascii_isdigit (text[1 + digits]))
    digits++;
  return digits == 6 ? text + 7 : text;
}

void gate_step_classify (const Gate *gate, const char *text, GateCode *shown)
{
  g_autoptr (GError) cause = NULL;
  *shown = (GateCode){ .presentation.presented = PRESENTED_UNKNOWN, .word = "none", .text = text };
  if (strnlen (text, CODE_TEXT_MAX + 1) > CODE_TEXT_MAX || !g_utf8_validate (text, -1, NULL))
    return;
  if (!code_read (gate_step_without_prefix (text), &shown->code, &cause)) {
    if (g_error_matches (cause, CODE_ERROR, CODE_ERROR_FOREIGN))
      shown->presentation.presented = PRESENTED_FOREIGN; /* until it is looked up */
    else
      shown->presentation.presented = PRESENTED_DAMAGED;
    return;
  }
  gboolean badge = shown->code.kind == CODE_BADGE;
  shown->word = badge ? "badge" : "ticket";
  shown->presentation.presented = PRESENTED_OTHER_CONGRESS;
  for (guint i = 0; i < gate->signers->len; i++) {
    const GateSigner *signer = &g_array_index (gate->signers, GateSigner, i);
    if (memcmp (signer->id, shown->code.key_id, sizeof signer->id) != 0
        || (*signer->station != '\0') != badge)
      continue;
    if (!code_is_signed_by (&shown->code, &signer->key)) {
      shown->presentation.presented = PRESENTED_FORGED;
      continue;
    }
    if (journal_now_ms (gate->journal) >= signer->until_ms) {
      shown->presentation.presented = PRESENTED_OLD_TICKET; /* whoever has the key can sign any */
      return;
    }
    shown->presentation.presented = badge ? PRESENTED_BADGE : PRESENTED_TICKET;
    shown->presentation.reference = shown->code.reference;
    shown->presentation.serial = shown->code.serial;
    shown->presentation.voids = gate->voids;
    shown->presentation.issuer = signer->station;
    return;
  }
}

/* The delegate shown, if she is known here; for a foreign code, who it belongs to. */
gboolean gate_step_look_up (Gate *gate, GateCode *shown, GateResult *result, GError **error)
{
  GError *failure = NULL;
  Presentation *presentation = &shown->presentation;
  g_clear_pointer (&result->delegate, delegate_free);
  if (presentation->presented == PRESENTED_FOREIGN) {
    g_autofree char *code = g_strstrip (g_strdup (shown->text));
    const char *bare = gate_step_without_prefix (code);
    result->delegate = *code ? delegate_load_by_code (gate->journal, code, &failure) : NULL;
    if (result->delegate == NULL && failure == NULL && bare != code && *bare)
      result->delegate = delegate_load_by_code (gate->journal, bare, &failure);
    if (result->delegate != NULL) {
      presentation->reference = result->delegate->reference;
      shown->word = "foreign";
    } else
      presentation->presented = PRESENTED_UNKNOWN;
  } else if (presentation->reference != NULL)
    result->delegate = delegate_load (gate->journal, presentation->reference, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

void gate_step_set (const PresentationAnswer *answer, const GateCode *shown, GateResult *result)
{
  result->verdict = answer->answer.verdict;
  result->detail = answer->answer.detail;
  result->direction = answer->answer.direction;
  result->presented_serial
      = shown->presentation.presented == PRESENTED_BADGE ? shown->presentation.serial : 0;
  result->next_minute = answer->answer.next_minute;
  g_strlcpy (result->next_day, answer->next_day, sizeof result->next_day);
}

gboolean gate_step_append_passage (Gate *gate, const GateCode *shown,
                                   const PresentationAnswer *answer, const char *refusal,
                                   const GateManual *by_hand, const GateResult *result,
                                   GError **error)
{
  const DecisionAnswer *decided = &answer->answer;
  gboolean admitted = decided->verdict == VERDICT_ADMITTED;
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_string (body, "checkpoint", gate->checkpoint->id);
  json_out_string_if (body, "doors", gate->checkpoint->doors);
  json_out_string (body, "verdict", verdict_name (decided->verdict));
  json_out_string (body, "day", answer->day);
  json_out_string_if (body, "period", answer->period);
  json_out_string (body, "code", shown->word);
  if (shown->presentation.presented == PRESENTED_BADGE) {
    json_out_int (body, "serial", shown->presentation.serial);
    json_out_string (body, "issuer", shown->presentation.issuer);
  }
  json_out_string (body, "direction", direction_name (decided->direction));
  if (by_hand != NULL)
    json_out_string_if (body, "volunteer", by_hand->volunteer);
  json_out_string_if (body, "override", refusal);
  json_out_string_if (body, "reason",
                      by_hand != NULL && admitted ? by_hand->reason : decided->detail);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  /* Of somebody not on the list here, if she was let in: it becomes hers with the
   * list. */
  const char *whose = result->delegate != NULL ? result->delegate->reference
                      : admitted               ? shown->presentation.reference
                                               : "";
  return journal_append (gate->journal, "passage", whose, text, NULL, error);
}

static gboolean is_hers (const char *session, gconstpointer data)
{
  const Delegate *delegate = data;
  return g_strv_contains ((const char *const *) delegate->workshops, session)
         || delegate_role_is_in (delegate_roles (delegate), session);
}

/* Both texts on lines of their own, or the one that says something; takes both over. */
static char *lines_of (char *before, char *more)
{
  char *both = before != NULL && *before != '\0' && *more != '\0'
                   ? g_strjoin ("\n", before, more, NULL)
                   : g_strdup (before != NULL && *before != '\0' ? before : more);
  g_free (before);
  g_free (more);
  return both;
}

/* Adds @more, which it takes over. */
static void add_told (GateResult *result, OwnedPair more)
{
  result->told = (OwnedPair){ lines_of (result->told.first, more.first),
                              lines_of (result->told.second, more.second) };
}

/* What the event file has for her here, and for the team. A guest of the protocol reads
 * nothing. */
static gboolean tell_messages (Gate *gate, GateResult *result, GError **error)
{
  const Delegate *delegate = result->delegate;
  const AddresseePerson person
      = { delegate->category, (const char *const *) delegate->events, gate->checkpoint->id,
          gate->checkpoint->kind == CHECKPOINT_ENTRANCE };
  OwnedPair hers = { NULL, NULL };
  if (!scan_message_tell (gate->journal, &person, &result->team, delegate->protocol ? NULL : &hers,
                          error))
    return FALSE;
  if (hers.first != NULL)
    add_told (result, hers);
  return TRUE;
}

/* Meetings and the like, from this minute on. A guest of the protocol has her own
 * people. */
static gboolean tell_appointments (Gate *gate, const char *day, GateResult *result, GError **error)
{
  OwnedPair more = { NULL, NULL };
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (journal_now_ms (gate->journal) / 1000);
  g_autoptr (GDateTime) local
      = utc != NULL ? g_date_time_to_timezone (utc, gate->checkpoint->zone) : NULL;
  g_autofree char *clock = local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
  if (!appointment_tell (gate->journal, result->delegate->reference, day, clock, &more, error))
    return FALSE;
  add_told (result, more);
  return TRUE;
}

gboolean gate_step_tell (Gate *gate, const char *day, GateResult *result, GError **error)
{
  const Delegate *delegate = result->delegate;
  words_owned_clear (&result->told);
  words_owned_clear (&result->team);
  if (gate->changes
      && !session_change_tell (gate->journal, delegate->reference, day, is_hers, delegate,
                               &result->told, error))
    return FALSE;
  if (*delegate->message != '\0' && !delegate->protocol)
    add_told (result, (OwnedPair){ g_strdup (delegate->message), g_strdup (delegate->message) });
  if (gate->messages && !tell_messages (gate, result, error))
    return FALSE;
  return !delegate->appointed || delegate->protocol || tell_appointments (gate, day, result, error);
}
