/* flow.h: what the kiosk shows and does: a state machine of screens.
 *
 * Events go in (flow_event.h: a scan was decided, somebody touched something, time
 * went by), a view comes out (flow_view.h: which screen, with which words and whose
 * data) and commands for others to carry out (flow_command.h). It touches nothing
 * itself: no clock, no file, no widget. So every path is tested as a table
 * (tests/unit/kiosk/flow*.c), and the windows only draw what they are given.
 *
 * This file gives each event to the part whose it is: flow_welcome.h is what a
 * delegate meets (a scan's answer, her badge on its way), flow_desk.h what a
 * volunteer does, flow_question.h what people are asked. They do not know each other;
 * what they share is flow_state.h, theirs alone.
 *
 * Leaving nothing behind: whatever shows a person has a deadline; when it has passed
 * the screen returns to the start by itself and forgets.
 *
 * Must not know: GTK, the journal, threads. Ownership: a view belongs to the Flow and
 * is valid until the next event. Threads: one. */
#pragma once

#include "kiosk/flow_command.h"

typedef struct _Flow Flow;

Flow *flow_new (FlowMode mode, gboolean second_leads, gint64 now_ms);
/* Before anything has happened: another mode and order, by their words; NULL leaves one
 * as it is. */
void flow_set_up (Flow *flow, const char *mode, const char *order, gint64 now_ms);
/* Each answer to a scan is said aloud. */
void flow_set_voice (Flow *flow, gboolean voice);
/* A gate has a touch for those who are only counted. */
void flow_set_counter (Flow *flow, gboolean counter);
/* Before anything has happened: out of service since the last start. */
void flow_set_closed (Flow *flow, gboolean closed, gint64 now_ms);
void flow_free (Flow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

const FlowView *flow_view (const Flow *flow);
/* The oldest command that has not been taken; NULL for none. Free with
 * flow_command_free(). */
FlowCommand *flow_take_command (Flow *flow);
/* When flow_time() is to be called next at the latest; -1 never. */
gint64 flow_deadline_ms (const Flow *flow);

/* Events. @now_ms is a monotonic clock's. */
void flow_time (Flow *flow, gint64 now_ms);
void flow_scan (Flow *flow, const FlowScan *scan, gint64 now_ms);
/* Two people's codes are before the camera: nothing was decided. */
void flow_several (Flow *flow, gint64 now_ms);
/* The replica could not be written. */
void flow_standstill (Flow *flow, gint64 now_ms);
/* The badge @serial of @reference stands so now. @reasons: IPP reasons, comma-separated,
 * for PRINT_TROUBLE. */
void flow_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                 const char *reasons, gint64 now_ms);
void flow_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms);
/* A command was carried out: @notice says what came of it, empty texts for nothing to
 * say. @guest: whom the desk looks at now, NULL to leave it. */
void flow_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                gint64 now_ms);
/* The PIN was right: @volunteer is her name, @rights what she may besides. Wrong: "", and
 * no more tries of that number before @locked_until_ms (0: at once). */
void flow_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                   gint64 now_ms);
/* Somebody asked to listen (COMMAND_SPEAK), and there is no voice. */
void flow_voiceless (Flow *flow, gint64 now_ms);
/* Gate: how many are inside now. */
void flow_inside (Flow *flow, gint64 inside);
void flow_alerts (Flow *flow, guint alerts);
/* A reader ought to be set otherwise: said on the desk's page. */
void flow_advise (Flow *flow, Pair said);
/* What the team says on this screen; empty texts for nothing more. */
void flow_message (Flow *flow, Pair message);
