#include "kiosk/flow_question.h"

void flow_question_follow (Flow *flow, const Guest *guest, gint64 now_ms)
{
  if (guest->protocol || guest_question_count (guest) == 0)
    return;
  flow->view.screen = SCREEN_QUESTION;
  flow->view.question = 0;
  flow->until_ms = now_ms + FLOW_VERDICT_MS;
}

void flow_question_ask (Flow *flow, gint64 now_ms)
{
  if (guest_question_count (flow->guest) == 0)
    return;
  flow_state_turn_to_desk (flow, SCREEN_QUESTION, now_ms);
  flow->view.question = 0;
}

void flow_question_answer (Flow *flow, const char *code, gint64 now_ms)
{
  const GuestQuestion *asked;
  g_autofree char *more = NULL;

  if (flow->view.screen != SCREEN_QUESTION || flow->guest == NULL
      || flow->view.question >= guest_question_count (flow->guest))
    return;
  asked = g_ptr_array_index (flow->guest->questions, flow->view.question);
  more = g_strconcat (asked->id, " ", code, NULL);
  flow_state_command (flow, COMMAND_ANSWER, TONE_CALM, flow->guest->reference, more);
  flow->view.question++;
  if (flow->view.question < guest_question_count (flow->guest))
    flow->until_ms = now_ms + FLOW_VERDICT_MS;
  else
    flow_question_end (flow, now_ms);
}

/* How long a welcome stays that is shown again. */
static gint64 welcome_ms (PrintStage print)
{
  switch (print) {
  case PRINT_NONE:
    return FLOW_PLAIN_MS;
  case PRINT_TAKE:
  case PRINT_ASK:
    return FLOW_TAKE_MS;
  case PRINT_WAITING:
  case PRINT_PRINTING:
  case PRINT_TROUBLE:
  default:
    return FLOW_WELCOME_MS;
  }
}

void flow_question_end (Flow *flow, gint64 now_ms)
{
  if (flow_state_at_desk (flow) && flow->guest != NULL) {
    flow_state_open_person (flow, now_ms);
    return;
  }
  flow->view.screen = SCREEN_WELCOME;
  flow->view.ending = FALSE;
  flow->until_ms = now_ms + welcome_ms (flow->view.print);
}
