/* state_report.h: what a station tells its hub of itself beside facts: version,
 * clock, what is still to be sent, how its printers stand, how long its decisions took
 * (replication/PROTOCOL.md, /v1/state).
 *
 * Threads: as the Journal; a StateReport is used by one thread. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define STATE_REPORT_EVERY_MS 10000

/* What was told last. */
typedef struct {
  char *told;       /* all but the clock and the number */
  gint64 at_us;     /* monotonic */
  gint64 looked_us; /* when it was made last, told or not */
} StateReport;
void state_report_clear (StateReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StateReport, state_report_clear)

/* The JSON to tell now: where a printer or the version has changed, or
 * STATE_REPORT_EVERY_MS after the last. NULL without @error: nothing yet. Free with
 * g_free(), and say state_report_sent(). */
char *state_report_due (StateReport *report, Journal *journal, GError **error);
/* It arrived. */
void state_report_sent (StateReport *report);
