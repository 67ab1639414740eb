/* flow_welcome.h: of the flow (flow.h), what a delegate meets who shows a code:
 * welcome or verdict, and where her badge is.
 *
 * A refused code says nothing of the person to whoever holds it, and a quiet guest
 * has no name. A badge is followed from its admission until it is out, whoever stands
 * before the screen then.
 *
 * Private to the flow. Threads: one. */
#pragma once

#include "kiosk/flow_state.h"

/* A scan that was decided, of whoever stands here, or by a volunteer's hand. */
void flow_welcome_scan (Flow *flow, const FlowScan *scan, gint64 now_ms);
/* Two people's codes are before the camera. */
void flow_welcome_several (Flow *flow, gint64 now_ms);
/* Nothing was decided, and nobody comes either. */
void flow_welcome_standstill (Flow *flow, gint64 now_ms);
/* As flow_print(). */
void flow_welcome_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                         const char *reasons, gint64 now_ms);
/* The view's count of badges on their way that are not of the person on the screen. */
void flow_welcome_count_others (Flow *flow);
