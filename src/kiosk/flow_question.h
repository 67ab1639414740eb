/* flow_question.h: of the flow (flow.h), what the event file asks of people
 * (congress/question.h): one question after the other, at the door after she is in,
 * or at the desk.
 *
 * Nobody waits for an answer: whoever comes next takes her place, and she is asked
 * again another time. Private to the flow. Threads: one. */
#pragma once

#include "kiosk/flow_state.h"

/* On the welcome that is shown: what @guest has not answered yet, while her badge is
 * printed. Nothing for who has nothing to answer, or is asked by her own people. */
void flow_question_follow (Flow *flow, const Guest *guest, gint64 now_ms);
/* A volunteer asks whom the page is about. */
void flow_question_ask (Flow *flow, gint64 now_ms);
/* @code: the answer of the one that is asked. */
void flow_question_answer (Flow *flow, const char *code, gint64 now_ms);
/* On to what comes after the questions: her welcome, or her page at the desk. */
void flow_question_end (Flow *flow, gint64 now_ms);
