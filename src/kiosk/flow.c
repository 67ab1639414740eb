#include "kiosk/flow.h"

#include "kiosk/flow_desk.h"
#include "kiosk/flow_question.h"
#include "kiosk/flow_welcome.h"

#include <string.h>

Flow *flow_new (FlowMode mode, gboolean second_leads, gint64 now_ms)
{
  Flow *flow = flow_state_new (mode, second_leads);

  flow_touch (flow, TOUCH_BACK, "", now_ms);
  return flow;
}

void flow_free (Flow *flow)
{
  flow_state_free (flow);
}

const FlowView *flow_view (const Flow *flow)
{
  return &flow->view;
}

FlowCommand *flow_take_command (Flow *flow)
{
  return g_queue_pop_head (&flow->commands);
}

/* After whatever has changed the view. */
static void changed (Flow *flow)
{
  flow_welcome_count_others (flow);
  flow->view.changes++;
}

/* Settings --------------------------------------------------------------------------- */

void flow_set_up (Flow *flow, const char *mode, const char *order, gint64 now_ms)
{
  if (mode != NULL)
    flow_state_set_mode (flow, mode);
  if (order != NULL)
    flow_state_set_order (flow, order);
  flow_state_go_start (flow, now_ms);
}

void flow_set_voice (Flow *flow, gboolean voice)
{
  flow->voice = voice;
}

void flow_set_counter (Flow *flow, gboolean counter)
{
  flow->view.counter = counter;
}

void flow_set_closed (Flow *flow, gboolean closed, gint64 now_ms)
{
  flow->view.closed = closed;
  flow_state_go_start (flow, now_ms);
}

/* Time ------------------------------------------------------------------------------- */

/* Pages of one person, which end by themselves. */
static gboolean asks_for_more (const Flow *flow)
{
  ScreenId screen = flow->view.screen;

  return flow->until_ms >= 0
         && (screen == SCREEN_WELCOME || screen == SCREEN_QUESTION || screen == SCREEN_DISCREET
             || screen == SCREEN_VERDICT || screen == SCREEN_NO_CODE || screen == SCREEN_YOUR_DATA
             || screen == SCREEN_CALLED);
}

gint64 flow_deadline_ms (const Flow *flow)
{
  gint64 until_ms = asks_for_more (flow) && !flow->view.ending ? flow->until_ms - FLOW_ENDING_MS
                                                               : flow->until_ms;

  if (flow->desk.held == NULL)
    return until_ms;
  return until_ms < 0 ? flow->desk.held_until_ms : MIN (until_ms, flow->desk.held_until_ms);
}

void flow_time (Flow *flow, gint64 now_ms)
{
  if (flow->desk.held != NULL && now_ms >= flow->desk.held_until_ms) {
    flow_state_release (flow);
    flow->view.changes++;
  }
  if (flow->until_ms < 0)
    return;
  if (now_ms < flow->until_ms) {
    gboolean ending = asks_for_more (flow) && now_ms >= flow->until_ms - FLOW_ENDING_MS;
    flow->view.changes += ending != flow->view.ending;
    flow->view.ending = ending;
    return;
  }
  /* Idle at the desk ends the volunteer's turn; the screens of one scan only
   * themselves. */
  if (flow_state_at_desk (flow) && !flow_state_is_desk_screen (flow))
    flow_state_go_search (flow, now_ms);
  else
    flow_state_go_start (flow, now_ms);
  changed (flow);
}

/* Scans ------------------------------------------------------------------------------ */

static void open_person (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  if (flow_desk_opened (flow, scan, now_ms))
    return;
  flow_welcome_scan (flow, scan, now_ms);
  flow_state_sound (flow, TONE_ATTENTION);
}

static void show_decided (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean at_desk = flow_state_at_desk (flow);

  flow_welcome_scan (flow, scan, now_ms);
  if (at_desk && scan->guest != NULL)
    flow_desk_decided (flow, scan, now_ms);
  flow_state_sound (flow, scan->verdict == VERDICT_ADMITTED && scan->keeps == 0 ? TONE_YES
                                                                                : TONE_ATTENTION);
  if (flow->voice && !at_desk)
    flow_state_command (flow, COMMAND_SPEAK, TONE_CALM, "", "");
}

/* Nothing is decided for whoever comes. */
static gboolean is_closed (const Flow *flow)
{
  return flow->view.closed && !flow_state_at_desk (flow);
}

void flow_scan (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  if (scan->volunteer != NULL)
    flow_desk_worn (flow, scan, now_ms);
  else if (scan->opened)
    open_person (flow, scan, now_ms);
  else if (is_closed (flow))
    return;
  else
    show_decided (flow, scan, now_ms);
  changed (flow);
}

void flow_several (Flow *flow, gint64 now_ms)
{
  if (is_closed (flow))
    return;
  flow_welcome_several (flow, now_ms);
  flow_state_sound (flow, TONE_ATTENTION);
  changed (flow);
}

void flow_standstill (Flow *flow, gint64 now_ms)
{
  flow_welcome_standstill (flow, now_ms);
  flow_state_sound (flow, TONE_ATTENTION);
  changed (flow);
}

void flow_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                 const char *reasons, gint64 now_ms)
{
  flow_welcome_print (flow, reference, serial, stage, reasons, now_ms);
  changed (flow);
}

/* Touches ---------------------------------------------------------------------------- */

static void go_back (Flow *flow, gint64 now_ms)
{
  if (flow->view.screen == SCREEN_QUESTION)
    flow_question_end (flow, now_ms);
  else if (!flow_desk_back (flow, now_ms))
    flow_state_go_home (flow, now_ms);
}

/* In the language of whoever stands here first, then in the others. */
static void show_data (Flow *flow, gint64 now_ms)
{
  if (flow->view.screen == SCREEN_YOUR_DATA) {
    flow->view.data_language = (flow->view.data_language + 1) % NOTICE_LANGUAGES;
    flow->until_ms = now_ms + FLOW_READ_MS;
    return;
  }
  flow_state_set_guest (flow, NULL);
  flow_state_turn_to (flow, SCREEN_YOUR_DATA, FLOW_READ_MS, now_ms);
  flow->view.data_language = flow->view.second_leads ? NOTICE_SECOND : NOTICE_FIRST;
  flow_state_command (flow, COMMAND_YOUR_DATA, TONE_CALM, "", "");
}

static void go_desk (Flow *flow, gint64 now_ms)
{
  flow_state_set_guest (flow, NULL);
  if (flow_state_at_desk (flow))
    flow_state_go_search (flow, now_ms);
  else
    flow_state_turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
}

/* What anybody may touch. */
static void touch_public (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  switch (touch) {
  case TOUCH_BACK:
    go_back (flow, now_ms);
    break;
  case TOUCH_NO_CODE:
    flow_state_set_guest (flow, NULL);
    flow_state_turn_to (flow, SCREEN_NO_CODE, FLOW_HELP_MS, now_ms);
    break;
  case TOUCH_CALL:
    flow_state_turn_to (flow, SCREEN_CALLED, FLOW_CALLED_MS, now_ms);
    flow_state_command (flow, COMMAND_CALL, TONE_CALM, "delegate", "");
    break;
  case TOUCH_ANSWER:
    flow_question_answer (flow, text, now_ms);
    break;
  case TOUCH_LATER:
    if (flow->view.screen == SCREEN_QUESTION)
      flow_question_end (flow, now_ms);
    break;
  case TOUCH_YOUR_DATA:
    show_data (flow, now_ms);
    break;
  case TOUCH_HEADS:
    flow_state_command (flow, COMMAND_HEADS, TONE_CALM, "", "");
    flow_state_sound (flow, TONE_YES);
    break;
  case TOUCH_MORE:
    if (asks_for_more (flow))
      flow->until_ms = now_ms + FLOW_MORE_MS;
    break;
  case TOUCH_CONTRAST:
    flow->view.contrast = !flow->view.contrast;
    break;
  case TOUCH_LISTEN:
    flow->view.voiceless = FALSE;
    flow_state_command (flow, COMMAND_SPEAK, TONE_CALM, "", "");
    break;
  case TOUCH_DESK:
    go_desk (flow, now_ms);
    break;
  case TOUCH_PIN:
    if (flow->view.screen == SCREEN_PIN)
      flow_state_ask (flow, COMMAND_PIN, text, "");
    break;
  default:
    break;
  }
}

/* She has time to read it. */
static void be_patient (Flow *flow, gint64 now_ms)
{
  gint64 patience_ms = flow_state_patience_ms (flow);

  if (patience_ms > 0)
    flow->until_ms = MAX (flow->until_ms, now_ms + patience_ms);
}

void flow_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  ScreenId before = flow->view.screen;

  if (touch >= TOUCH_LEAVE && touch <= TOUCH_EDITED)
    flow_desk_touch (flow, touch, text, now_ms);
  else
    touch_public (flow, touch, text, now_ms);
  if (flow->view.screen == before)
    be_patient (flow, now_ms);
  flow->view.ending = flow->view.ending && now_ms >= flow->until_ms - FLOW_ENDING_MS;
  changed (flow);
}

/* Answers ---------------------------------------------------------------------------- */

void flow_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                   gint64 now_ms)
{
  flow_desk_entered (flow, volunteer, rights, locked_until_ms, now_ms);
  changed (flow);
}

/* Nobody was told: the screen must not say so. */
static void call_failed (Flow *flow, gint64 now_ms)
{
  if (flow->view.screen == SCREEN_CALLED)
    flow_standstill (flow, now_ms);
  if (flow->view.print == PRINT_TROUBLE)
    flow->view.print = PRINT_ASK;
}

void flow_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                gint64 now_ms)
{
  flow->view.busy = FALSE;
  if (kind == COMMAND_CALL && !good)
    call_failed (flow, now_ms);
  if (kind == COMMAND_PIN && flow->view.screen == SCREEN_PIN)
    flow_state_say (flow, TONE_ATTENTION, notice);
  if (flow_state_is_desk_screen (flow))
    flow_desk_done (flow, kind, good, notice, guest, now_ms);
  changed (flow);
}

/* What others tell ------------------------------------------------------------------- */

void flow_voiceless (Flow *flow, gint64 now_ms)
{
  flow->view.voiceless = TRUE;
  be_patient (flow, now_ms);
  flow_state_sound (flow, TONE_ATTENTION);
  flow->view.changes++;
}

void flow_inside (Flow *flow, gint64 inside)
{
  if (flow->view.inside == inside)
    return;
  flow->view.inside = inside;
  flow->view.changes++;
}

void flow_advise (Flow *flow, Pair said)
{
  if (!flow_state_is_desk_screen (flow))
    return;
  flow_state_say (flow, TONE_ATTENTION, said);
  flow->view.changes++;
}

void flow_message (Flow *flow, Pair message)
{
  if (g_strcmp0 (flow->view.message.first, message.first) == 0
      && g_strcmp0 (flow->view.message.second, message.second) == 0)
    return;
  flow->view.message = flow_state_keep_pair (&flow->message, flow_state_copy (message));
  flow->view.changes++;
}

void flow_alerts (Flow *flow, guint alerts)
{
  if (flow->view.alerts == alerts)
    return;
  flow->view.alerts = alerts;
  flow->view.changes++;
}
