/* flow_desk.h: of the flow (flow.h), what a volunteer does: she enters with her PIN
 * or her badge, finds a person, corrects, admits, prints again; and looks after the
 * station.
 *
 * Nothing here answers a touch unless somebody is at the desk; what needs a right
 * asks for it. What cannot be undone once done is held for FLOW_UNDO_MS. A page that
 * is being written into is not left at the first touch, and no scan takes its place.
 *
 * Private to the flow. Threads: one. */
#pragma once

#include "kiosk/flow_state.h"

/* A volunteer's own badge was scanned. It can be photographed: her PIN belongs to it,
 * unless she was just here. */
void flow_desk_worn (Flow *flow, const FlowScan *scan, gint64 now_ms);
/* A code that opens its person; to let her in is a touch. Nobody is at the desk, or
 * she is at work: it says so. FALSE: it is nobody's code, and nothing was said. */
gboolean flow_desk_opened (Flow *flow, const FlowScan *scan, gint64 now_ms);
/* A scan was decided of whoever stands at the desk: her page, with what the welcome
 * says. */
void flow_desk_decided (Flow *flow, const FlowScan *scan, gint64 now_ms);

/* As flow_entered(). */
void flow_desk_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                        gint64 now_ms);
/* As flow_done(), on a page of the desk. */
void flow_desk_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                     gint64 now_ms);

/* One of a volunteer's touches (TOUCH_LEAVE to TOUCH_EDITED); of nobody at the desk:
 * nothing. */
void flow_desk_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms);
/* Back within the desk: to the form, to the person. FALSE: out of it. */
gboolean flow_desk_back (Flow *flow, gint64 now_ms);
