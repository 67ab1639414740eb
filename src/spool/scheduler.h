/* scheduler.h: a station's printers, in order of preference, and which badge goes to
 * which.
 *
 * Each printer has one badge in hand at a time, so two good printers halve the queue. A
 * badge goes to the first printer that is free and can print now. One that waits at a
 * printer that cannot, while another is free and can, is taken back: at once, if it has
 * not been handed over; else when it has waited for wait_ms, and only if it is certain
 * then that it cannot come out there (job_process.h). From a printer that has kept a
 * badge waiting no badge is expected for SCHEDULER_DISTRUST_MS, unless there is no better
 * one.
 *
 * If no printer can print, one badge goes to the first all the same, so that its facts
 * say what it waits for; and if that one can be had last of all, it is printed there
 * without further delay.
 *
 * Threads: a Scheduler belongs to one thread; its workers (printer_worker.h) have their
 * own. scheduler_deal() blocks on disk only.  */
#pragma once

#include "spool/printer_worker.h"

#define SCHEDULER_DISTRUST_MS 60000
/* Printers of the pool, and others that earlier agents have sent badges to. */
#define SCHEDULER_WORKERS_MAX 24

typedef struct {
  PrinterWorkerOptions workers;
  const char *const *queues; /* in order of preference, NULL-terminated */
  gint64 wait_ms;
} SchedulerOptions;

typedef struct _Scheduler Scheduler;

/* Starts a thread for each printer. @options must outlive the pool. NULL with @error if
 * the replica cannot be written to. */
Scheduler *scheduler_new (const SchedulerOptions *options, Journal *journal, GError **error);
/* Ends them; waits for what CUPS holds (printer_worker.h). What is in hand stays as it is
 * in the journal. */
void scheduler_free (Scheduler *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scheduler, scheduler_free)

/* Deals out what is waiting, takes back what waits in vain. To be called when the replica
 * has changed, and every SCHEDULER_BUSY_MS while @busy: a badge is waiting. */
#define SCHEDULER_BUSY_MS 20
gboolean scheduler_deal (Scheduler *pool, Journal *journal, gboolean *busy, GError **error);
