#include "kiosk/flow_welcome.h"

#include "core/words.h"
#include "kiosk/flow_question.h"

#include <string.h>

/* Badges on their way ---------------------------------------------------------------- */

static gint find_badge (const Flow *flow, const char *reference, guint serial)
{
  const GPtrArray *badges = flow->welcome.on_its_way;

  for (guint i = 0; i < badges->len; i++) {
    const FlowBadge *badge = g_ptr_array_index (badges, i);
    if (badge->serial == serial && strcmp (badge->reference, reference) == 0)
      return (gint) i;
  }
  return -1;
}

static gboolean is_shown (const Flow *flow, const char *reference, guint serial)
{
  const char *shown
      = flow->guest != NULL ? flow->guest->reference : flow->welcome.awaited.reference;

  return (flow->view.screen == SCREEN_WELCOME || flow->view.screen == SCREEN_QUESTION)
         && flow->view.badge_serial == serial && strcmp (shown, reference) == 0;
}

void flow_welcome_count_others (Flow *flow)
{
  const GPtrArray *badges = flow->welcome.on_its_way;
  guint others = 0;

  for (guint i = 0; i < badges->len; i++) {
    const FlowBadge *badge = g_ptr_array_index (badges, i);
    others += is_shown (flow, badge->reference, badge->serial) ? 0 : 1;
  }
  flow->view.others = others;
}

/* The screen says where this badge is, from now on. */
static void follow_badge (Flow *flow, const char *reference, guint serial)
{
  flow->view.badge_serial = serial;
  flow->view.print = PRINT_WAITING;
  if (find_badge (flow, reference, serial) >= 0)
    return;
  FlowBadge *badge = g_new0 (FlowBadge, 1);
  badge->reference = g_strdup (reference);
  badge->serial = serial;
  g_ptr_array_add (flow->welcome.on_its_way, badge);
}

/* Whoever reads that the team has been told may rely on it. */
static void tell_team (Flow *flow, const char *reference, PrintStage stage, gboolean waited)
{
  gboolean told = flow->welcome.told;

  if (stage == PRINT_TROUBLE && waited && !told)
    flow_state_command (flow, COMMAND_CALL, TONE_ATTENTION, "printer", reference);
  flow->welcome.told = stage == PRINT_TROUBLE ? told || waited : told && stage == PRINT_WAITING;
}

static void show_stage (Flow *flow, PrintStage stage, gboolean over, const char *reasons,
                        gint64 now_ms)
{
  if (flow->view.print != stage && over && flow->view.screen == SCREEN_WELCOME)
    flow->until_ms = now_ms + FLOW_TAKE_MS;
  flow->view.print = stage;
  if (stage == PRINT_TROUBLE) {
    g_autofree char *first = g_strndup (reasons, strcspn (reasons, ","));
    flow->view.print_text = wording_printer_reason (first);
  }
}

void flow_welcome_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                         const char *reasons, gint64 now_ms)
{
  gint index = find_badge (flow, reference, serial);
  gboolean over = stage == PRINT_TAKE || stage == PRINT_ASK || stage == PRINT_NONE,
           shown = is_shown (flow, reference, serial);

  tell_team (flow, reference, stage, index >= 0 || shown);
  if (index >= 0 && over)
    g_ptr_array_remove_index (flow->welcome.on_its_way, (guint) index);
  if (shown)
    show_stage (flow, stage, over, reasons, now_ms);
}

/* What a scan's answer says ---------------------------------------------------------- */

/* Where the day is the matter, it says for which she is registered; where her badge lies
 * ready, in which box. */
static Pair verdict_of (Flow *flow, const FlowScan *scan)
{
  if (scan->box > 0) {
    g_autofree char *box = g_strdup_printf ("%u", scan->box);
    return flow_state_keep_pair (&flow->welcome.title,
                                 words_filled (N_ ("Your badge is waiting in box %s"), box));
  }
  if (scan->verdict == VERDICT_ALREADY_IN && g_strcmp0 (scan->detail, "used") == 0)
    return wording_used (scan->kind);
  if (scan->verdict != VERDICT_NOT_TODAY || scan->days.first == NULL || scan->days.first[0] == '\0')
    return wording_verdict (scan->verdict, scan->detail);
  return flow_state_keep_pair (
      &flow->welcome.title,
      (OwnedPair){ g_strdup_printf (words_for (WORDS_FIRST, N_ ("Your registration is for %s")),
                                    scan->days.first),
                   g_strdup_printf (words_for (WORDS_SECOND, N_ ("Your registration is for %s")),
                                    scan->days.second) });
}

/* What is to be done: come back at an hour, where that is all. */
static Pair remedy_of (Flow *flow, const FlowScan *scan)
{
  if (scan->next.first == NULL || scan->next.first[0] == '\0')
    return wording_remedy (scan->verdict, scan->detail);
  return flow_state_keep_pair (&flow->welcome.text, flow_state_copy (scan->next));
}

/* Why she is refused, what she does about it, and whether the desk does it. */
static void say_refusal (Flow *flow, const FlowScan *scan)
{
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = verdict_of (flow, scan);
  flow->view.text = remedy_of (flow, scan);
  flow->view.to_desk = wording_leads_to_desk (scan->verdict, scan->detail);
  if (scan->box > 0)
    flow->view.text = words_pair (N_ ("The welcome desk hands it to you. Then show it here."));
}

/* That she is in; the channel of her headset; that she is to give it back. */
static void say_admitted (Flow *flow, const FlowScan *scan)
{
  flow->view.tone = TONE_YES;
  flow->view.title = wording_admitted (scan->kind, scan->direction);
  if (scan->keeps > 0) {
    flow->view.tone = TONE_ATTENTION;
    flow->view.title = awaits_wording_keeps ();
  } else if (scan->channel != NULL && scan->channel[0] != '\0')
    flow->view.title = flow_state_keep_pair (
        &flow->welcome.title,
        words_filled (N_ ("Here is your headset: channel %s"), scan->channel));
}

/* Its screens ------------------------------------------------------------------------ */

/* A ticket that is refused because its badge was issued, and the badge has not come out
 * yet: where it is, is the answer. It tells no name. */
static void show_awaited (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  flow_state_turn_to (flow, SCREEN_WELCOME, FLOW_WELCOME_MS, now_ms);
  flow_state_keep (&flow->welcome.awaited.reference, scan->guest->reference);
  flow->welcome.awaited.serial = scan->awaited;
  flow->view.title = words_pair (N_ ("Your badge is on its way"));
  follow_badge (flow, scan->guest->reference, scan->awaited);
}

static void show_verdict (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  flow_state_turn_to (flow, SCREEN_VERDICT, FLOW_VERDICT_MS, now_ms);
  say_refusal (flow, scan);
}

/* At a headset desk: the first of two codes; or a headset that nobody is known to
 * have had. */
static void show_headset (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean waits = scan->awaits != AWAITS_NOTHING;

  flow_state_turn_to (flow, SCREEN_VERDICT, waits ? FLOW_VERDICT_MS : FLOW_PLAIN_MS, now_ms);
  flow->view.tone = waits ? TONE_CALM : TONE_YES;
  flow->view.title
      = waits ? awaits_wording (scan->awaits) : wording_admitted (scan->kind, scan->direction);
}

static void show_admitted (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean discreet = scan->guest->protocol;

  flow_state_turn_to (flow, discreet ? SCREEN_DISCREET : SCREEN_WELCOME,
                      scan->badge_serial > 0 ? FLOW_WELCOME_MS : FLOW_PLAIN_MS, now_ms);
  say_admitted (flow, scan);
  if (scan->badge_serial > 0)
    follow_badge (flow, scan->guest->reference, scan->badge_serial);
  if (discreet)
    flow_state_command (flow, COMMAND_CALL, TONE_CALM, "protocol", scan->guest->reference);
  if (!flow_state_at_desk (flow))
    flow_question_follow (flow, scan->guest, now_ms);
}

/* A gate shows a person to whoever stands two metres away: the verdict, and the name to
 * the volunteer beside it. */
static void show_gate (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED;

  flow_state_turn_to (flow, SCREEN_GATE, admitted ? FLOW_GATE_MS : FLOW_VERDICT_MS, now_ms);
  if (!admitted) {
    say_refusal (flow, scan);
    return;
  }
  say_admitted (flow, scan);
  if (scan->team.first != NULL && scan->team.first[0] != '\0')
    flow->view.text = flow_state_keep_pair (&flow->welcome.text, flow_state_copy (scan->team));
}

static void show_answer (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED, at_desk = flow_state_at_desk (flow);

  if (admitted && (scan->awaits != AWAITS_NOTHING || scan->guest == NULL))
    show_headset (flow, scan, now_ms);
  else if (flow->view.mode == FLOW_GATE && !at_desk)
    show_gate (flow, scan, now_ms);
  else if (admitted)
    show_admitted (flow, scan, now_ms);
  else if (scan->awaited > 0 && scan->guest != NULL && !at_desk)
    show_awaited (flow, scan, now_ms);
  else
    show_verdict (flow, scan, now_ms);
}

void flow_welcome_scan (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED, at_desk = flow_state_at_desk (flow);
  gboolean named = scan->guest != NULL && (at_desk || (admitted && !scan->guest->protocol));

  flow->view.kind = scan->kind;
  flow->view.direction = scan->direction;
  show_answer (flow, scan, now_ms);
  flow_state_set_guest (flow, named ? scan->guest : NULL);
  if (scan->guest != NULL && !at_desk)
    flow->view.second_leads = scan->guest->second_leads;
}

void flow_welcome_several (Flow *flow, gint64 now_ms)
{
  Pair one = words_pair (N_ ("Please show one code at a time"));

  if (flow_state_is_desk_screen (flow)) {
    flow_state_say (flow, TONE_ATTENTION, one);
    return;
  }
  flow_state_set_guest (flow, NULL);
  flow_state_turn_to (flow, flow->view.mode == FLOW_GATE ? SCREEN_GATE : SCREEN_VERDICT,
                      FLOW_PLAIN_MS, now_ms);
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = one;
  flow->view.text = words_pair (N_ ("The codes of two people were before the camera. Hold one of "
                                    "them away."));
}

void flow_welcome_standstill (Flow *flow, gint64 now_ms)
{
  flow_state_set_guest (flow, NULL);
  flow_state_turn_to (flow, SCREEN_STANDSTILL, FLOW_CALLED_MS, now_ms);
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = words_pair (N_ ("One moment"));
  flow->view.text = wording_standstill ();
}
