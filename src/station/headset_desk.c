#include "station/headset_desk.h"

#include "core/words.h"

#include <string.h>

/* The first code ----------------------------------------------------------------- */

static void forget (Gate *gate)
{
  g_clear_pointer (&gate->pending_badge, g_free);
  gate->pending_headset[0] = '\0';
}

static void forget_old (Gate *gate)
{
  gint64 age_ms = journal_now_ms (gate->journal) - gate->pending_ms;
  if (age_ms < 0 || age_ms > GATE_STEP_PENDING_MS)
    forget (gate);
}

static void await_headset (Gate *gate, const char *badge, GateResult *result)
{
  g_autofree char *kept = g_strdup (badge); /* @badge may be the gate's own */
  forget (gate);
  gate->pending_badge = g_steal_pointer (&kept);
  gate->pending_ms = journal_now_ms (gate->journal);
  result->verdict = VERDICT_ADMITTED;
  result->awaits = AWAITS_HEADSET;
}

static void await_badge (Gate *gate, const Headset *headset, GateResult *result)
{
  forget (gate);
  g_strlcpy (gate->pending_headset, headset->id, sizeof gate->pending_headset);
  gate->pending_ms = journal_now_ms (gate->journal);
  result->verdict = VERDICT_ADMITTED;
  result->awaits = AWAITS_BADGE;
  g_strlcpy (result->headset, headset->id, sizeof result->headset);
}

/* Lending ------------------------------------------------------------------------ */

/* By what she reads: her language, else that of her side of the congress. */
static const char *channel_of (const Gate *gate, const Delegate *delegate)
{
  const char *own = delegate->language != NULL ? delegate->language : "";
  const char *channel = *own != '\0' ? checkpoint_channel (gate->checkpoint, own) : "";
  return *channel != '\0'
             ? channel
             : checkpoint_channel (
                 gate->checkpoint,
                 words_key (delegate_second_leads (delegate) ? WORDS_SECOND : WORDS_FIRST));
}

static gboolean append_step (Gate *gate, const char *reference, const char *headset, gboolean out,
                             const char *day, const char *channel, GError **error)
{
  return headset_append_loan (gate->journal, reference,
                              &(HeadsetLoan){ .headset = headset,
                                              .event = gate->checkpoint->event,
                                              .checkpoint = gate->checkpoint->id,
                                              .day = day,
                                              .channel = channel,
                                              .out = out,
                                              .several = out && gate->checkpoint->several },
                              error);
}

/* One scan: always open, whoever shows it. */
static gboolean give_back (Gate *gate, const Headset *headset, GateResult *result, GError **error)
{
  GateCode code
      = { .presentation = { .presented = PRESENTED_MANUAL,
                            .reference = *headset->holder != '\0' ? headset->holder : NULL,
                            .returns = TRUE },
          .word = "headset",
          .text = "" };
  PresentationAnswer answer;
  if (!gate_step_look_up (gate, &code, result, error)
      || !presentation_decide (gate->journal, gate->checkpoint, &code.presentation,
                               result->delegate, journal_now_ms (gate->journal), &answer, error))
    return FALSE;
  answer.answer.verdict = VERDICT_ADMITTED; /* also of somebody who is not known here */
  answer.answer.detail = "";
  answer.answer.direction = DIRECTION_OUT;
  answer.period[0] = '\0';
  gate_step_set (&answer, &code, result);
  g_strlcpy (result->headset, headset->id, sizeof result->headset);
  return (result->delegate == NULL
          || gate_step_append_passage (gate, &code, &answer, "", NULL, result, error))
         && append_step (gate, headset->holder, headset->id, FALSE, answer.day, NULL, error);
}

/* @badge was shown, and the headset. */
static gboolean lend (Gate *gate, GateCode *badge, const Headset *headset, GateResult *result,
                      GError **error)
{
  PresentationAnswer answer;
  badge->presentation.lends = TRUE;
  badge->presentation.several = gate->checkpoint->several;
  if (!gate_step_look_up (gate, badge, result, error))
    return FALSE;
  if (headset->out && result->delegate != NULL
      && strcmp (headset->holder, result->delegate->reference) == 0) {
    gate_result_clear (result);
    return give_back (gate, headset, result, error);
  }
  /* It lies here: whoever had it has given it back. */
  if (headset->out && !append_step (gate, headset->holder, headset->id, FALSE, NULL, NULL, error))
    return FALSE;
  if (!presentation_decide (gate->journal, gate->checkpoint, &badge->presentation, result->delegate,
                            journal_now_ms (gate->journal), &answer, error))
    return FALSE;
  if (answer.answer.verdict == VERDICT_ADMITTED && headset->defect) {
    answer.answer.verdict = VERDICT_FULL;
    answer.answer.detail = "defect";
  }
  answer.period[0] = '\0'; /* what is used up is the headset */
  gate_step_set (&answer, badge, result);
  if (!gate_step_append_passage (gate, badge, &answer, "", NULL, result, error))
    return FALSE;
  if (result->verdict != VERDICT_ADMITTED)
    return TRUE;
  g_assert (result->delegate); /* whoever is admitted is registered */
  g_strlcpy (result->headset, headset->id, sizeof result->headset);
  g_strlcpy (result->channel, channel_of (gate, result->delegate), sizeof result->channel);
  return append_step (gate, result->delegate->reference, headset->id, TRUE, answer.day,
                      result->channel, error);
}

/* A headset is shown ------------------------------------------------------------- */

static gboolean lend_to_pending (Gate *gate, const Headset *headset, GateResult *result,
                                 GError **error)
{
  g_autofree char *text = g_steal_pointer (&gate->pending_badge);
  GateCode badge;
  gate_step_classify (gate, text, &badge);
  if (!lend (gate, &badge, headset, result, error))
    return FALSE;
  if (gate->checkpoint->several || result->verdict == VERDICT_FULL) {
    gate->pending_badge = g_steal_pointer (&text); /* for the next headset, or another one */
    gate->pending_ms = journal_now_ms (gate->journal);
  }
  return TRUE;
}

/* A second time the same: it was lent elsewhere. */
static gboolean take_back_unknown (Gate *gate, Headset *headset, GateResult *result, GError **error)
{
  forget (gate);
  headset->holder[0] = '\0';
  return give_back (gate, headset, result, error);
}

static gboolean scan_headset (Gate *gate, Headset *headset, GateResult *result, GError **error)
{
  if (gate->pending_badge != NULL)
    return lend_to_pending (gate, headset, result, error);
  if (headset->out) {
    forget (gate);
    return give_back (gate, headset, result, error);
  }
  if (strcmp (gate->pending_headset, headset->id) == 0)
    return take_back_unknown (gate, headset, result, error);
  if (!headset->defect) {
    await_badge (gate, headset, result);
    return TRUE;
  }
  forget (gate);
  result->verdict = VERDICT_FULL;
  result->detail = "defect";
  g_strlcpy (result->headset, headset->id, sizeof result->headset);
  return TRUE;
}

/* A badge is shown --------------------------------------------------------------- */

static gboolean find_pending (Gate *gate, Headset *headset, GError **error)
{
  g_autofree char *code = headset_code_of (gate->journal, gate->pending_headset, error);
  return code != NULL && headset_find (gate->journal, code, headset, error);
}

/* Whether she could get one, said before anybody looks for it; she who has one may
 * come to give it back. Without a headset nothing is written, but for a refusal. */
static gboolean scan_badge (Gate *gate, GateCode *shown, const HeadsetHeld *held,
                            GateResult *result, GError **error)
{
  PresentationAnswer answer;
  if (gate->pending_headset[0] != '\0') {
    Headset headset;
    if (!find_pending (gate, &headset, error))
      return FALSE;
    forget (gate);
    return lend (gate, shown, &headset, result, error);
  }
  shown->presentation.lends = held->coded[0] == NULL;
  shown->presentation.returns = held->coded[0] != NULL;
  if (!presentation_decide (gate->journal, gate->checkpoint, &shown->presentation, result->delegate,
                            journal_now_ms (gate->journal), &answer, error))
    return FALSE;
  gate_step_set (&answer, shown, result);
  forget (gate);
  if (result->verdict != VERDICT_ADMITTED)
    return gate_step_append_passage (gate, shown, &answer, "", NULL, result, error);
  await_headset (gate, shown->text, result);
  return TRUE;
}

gboolean headset_desk_scan (Gate *gate, GateCode *shown, GateResult *result, gboolean *handled,
                            GError **error)
{
  gboolean any = FALSE;
  *handled = FALSE;
  if (!headset_any (gate->journal, &any, error))
    return FALSE;
  if (!any)
    return TRUE;
  forget_old (gate);
  if (shown->presentation.presented == PRESENTED_FOREIGN) {
    g_autofree char *bare = g_strstrip (g_strdup (gate_step_without_prefix (shown->text)));
    Headset headset;
    /* Caps Lock at a reader turns letters round. */
    if (g_ascii_strncasecmp (bare, HEADSET_CODE_PREFIX, strlen (HEADSET_CODE_PREFIX)) == 0)
      for (char *p = bare; *p != '\0'; p++)
        *p = g_ascii_toupper (*p);
    if (!headset_find (gate->journal, bare, &headset, error))
      return FALSE;
    *handled = headset.id[0] != '\0';
    if (*handled)
      return scan_headset (gate, &headset, result, error);
  }
  g_auto (HeadsetHeld) held = { 0 };
  if (!gate_step_look_up (gate, shown, result, error))
    return FALSE;
  if (result->delegate == NULL)
    return TRUE;
  if (!headset_held_by (gate->journal, result->delegate->reference, &held, error))
    return FALSE;
  *handled = !held.uncoded;
  return held.uncoded || scan_badge (gate, shown, &held, result, error);
}

/* Without codes ------------------------------------------------------------------ */

gboolean headset_desk_loan (Gate *gate, const GateResult *result, const char *day, GError **error)
{
  const char *reference = result->delegate->reference;
  g_auto (HeadsetHeld) held = { 0 };
  if (result->direction == DIRECTION_IN) /* in at the desk is out of the stock */
    return append_step (gate, reference, NULL, TRUE, day, NULL, error);
  if (!headset_held_by (gate->journal, reference, &held, error))
    return FALSE;
  for (guint i = 0; held.coded[i] != NULL; i++)
    if (!append_step (gate, reference, held.coded[i], FALSE, day, NULL, error))
      return FALSE;
  return (!held.uncoded && held.coded[0] != NULL)
         || append_step (gate, reference, NULL, FALSE, day, NULL, error);
}

gboolean headset_desk_look (Gate *gate, GateResult *result, GError **error)
{
  g_auto (HeadsetHeld) held = { 0 };
  if (!headset_held_by (gate->journal, result->delegate->reference, &held, error))
    return FALSE;
  result->keeps = g_strv_length (held.coded) + held.uncoded;
  if (held.coded[0] != NULL)
    g_strlcpy (result->headset, held.coded[0], sizeof result->headset);
  return TRUE;
}
