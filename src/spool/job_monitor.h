/* job_monitor.h: what has become of a badge that was sent: its job is followed at CUPS
 * and at the printer until it is out, or known not to come out, or until nobody can know
 * (job_process.h says what each of these means); or it is taken back.
 *
 * Only job_process.c includes this.
 * Threads: as Printing. Blocks on disk and on CUPS (printer.h).  */
#pragma once

#include "spool/active_job.h"

/* How long a job may be known to nobody before it is given up: a document on its way from
 * CUPS to the printer. */
#define JOB_MONITOR_LOST_MS 3000
/* And how often that must have been heard: on a machine that is busy, two looks may lie
 * that far apart. */
#define JOB_MONITOR_LOST_LOOKS 4
/* How long a printer may be silent before the badge is looked for at another address that
 * its queue has been given. */
#define JOB_MONITOR_MOVED_MS 5000
/* How long it may take to make sure of a badge that is taken back. */
#define JOB_MONITOR_RECALL_MS 10000

/* One step with the current badge, which was sent. */
gboolean job_monitor_step (ActiveJob *active, GError **error);
/* One step to have it back: at once if it was not sent. */
gboolean job_monitor_take_back (ActiveJob *active, GError **error);
/* One step where CUPS has no such queue any more, and with it has forgotten what was in
 * it: the printer itself may know. */
gboolean job_monitor_without_queue (ActiveJob *active, GError **error);
