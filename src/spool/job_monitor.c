#include "spool/job_monitor.h"

#include "print/backend_process.h"

/* How long CUPS may take to see that the printer has done a job. */
#define ENDS_MS 3000
/* How long a badge that was there while CUPS was away is watched on when all is quiet: what
 * CUPS was just starting when it was killed takes its time on a busy machine. */
#define SETTLES_MS 1500
/* How long a printer may take to say how long it has been on. */
#define SAYS_MS 10000
/* A clock that is put right by hand or by the network moves by less, mostly. */
#define CLOCK_MOVES_MS 60000
/* How often a silent printer's queue is asked for another address. */
#define MOVED_EVERY_MS 1000
/* With these the printer has not answered. */
#define SILENT                                                                                     \
  (PRINTER_REASON_BIT (PRINTER_REASON_OFF) | PRINTER_REASON_BIT (PRINTER_REASON_GARBLED))

/* Following what was sent ------------------------------------------------------------ */

/* Nobody knows the job (yet, or any more). */
static gboolean follow_lost (ActiveJob *active, GError **error)
{
  if (active->lost_ms == 0) {
    g_autoptr (PrinterStatus) status
        = active->printer != NULL ? printer_status (active->printer, NULL) : NULL;
    active->lost_ms = active_job_now_ms ();
    /* The queue may have been given another printer just before the badge was sent, which
     * then went there. */
    if (status != NULL && printer_has_changed (active->printer))
      g_clear_pointer (&active->printer, printer_close);
  }
  active->lost_looks++;
  if (active_job_now_ms () - active->lost_ms < JOB_MONITOR_LOST_MS
      || active->lost_looks < JOB_MONITOR_LOST_LOOKS)
    return TRUE;
  /* The printer had said that it is out, and knows nothing any more. */
  return active->ended_ms != 0
             ? active_job_record_end (active, PRINT_STATE_PRINTED, "repeated", error)
             : active_job_record_end (active, PRINT_STATE_UNSURE, "lost", error);
}

/* The printer has printed it. CUPS is made to let go of it before that is a fact: a cupsd
 * that is killed before its own end of the job is on disk would send it again, and nobody
 * would be watching any more. */
static gboolean let_go (ActiveJob *active, const PrinterJob *job, GError **error)
{
  g_autoptr (PrinterJob) again = NULL;
  GError *cause = NULL;

  if (!printer_forget (active->printer, job->id, error))
    return FALSE;
  again = printer_find (active->printer, active->queued->name, job->id, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  active->known_id = again != NULL ? again->id : 0;
  active->twice = active->twice
                  || (again != NULL && (again->copies > 1 || again->memory == PRINT_MEMORY_LOST));
  return TRUE;
}

/* A backend that was cut short may still be at the printer's door, and one of a cupsd that
 * was killed, of which the next knows nothing. That CUPS was away need not have been seen:
 * it may be back before it is asked again. */
static gboolean backend_works (ActiveJob *active, gboolean *works, GError **error)
{
  g_autoptr (PrinterStatus) status = active->cut ? printer_status (active->printer, error) : NULL;

  if (active->cut && status == NULL)
    return FALSE;
  *works = (status != NULL && status->busy) || backend_process_has (active->queued->name);
  return TRUE;
}

/* Seconds since the current badge may have come to the printer, at most; -1: not known.
 * An earlier agent's was issued before it was sent, by a clock that may have been put
 * right since. */
static gint64 age_s (const ActiveJob *active)
{
  gint64 issued_ms = journal_now_ms (active->journal) - active->queued->at_ms;

  if (active->born_ms != 0)
    return (active_job_now_ms () - active->born_ms) / 1000;
  return issued_ms >= 0 ? (issued_ms + CLOCK_MOVES_MS) / 1000 : -1;
}

/* A printer that has been switched on since it may have got the badge may have forgotten
 * one. printer_find() compares where CUPS knows the job. */
static gboolean may_be_forgotten (const ActiveJob *active, const PrinterJob *job)
{
  if (job->memory != PRINT_MEMORY_WHOLE || !job->at_printer || job->id != 0 || job->up_s < 0)
    return job->memory != PRINT_MEMORY_WHOLE;
  return age_s (active) < 0 || job->up_s <= age_s (active) + 1;
}

static gboolean has_settled (const ActiveJob *active)
{
  return (!active->shaken && active->worked_ms == 0)
         || active_job_now_ms () - MAX (active->ended_ms, active->worked_ms) >= SETTLES_MS;
}

static gboolean follow_printed (ActiveJob *active, const PrinterJob *job, GError **error)
{
  gboolean works = FALSE, early;
  gint64 since_ms;

  if (active->ended_ms == 0)
    active->ended_ms = active_job_now_ms ();
  since_ms = active_job_now_ms () - active->ended_ms;
  early = since_ms < 2 * ENDS_MS;
  active->twice = active->twice || job->copies > 1;
  if (job->memory == PRINT_MEMORY_UNKNOWN && since_ms < SAYS_MS)
    return active_job_set_troubles (active, PRINTER_REASON_BIT (PRINTER_REASON_OFF), error);
  /* CUPS takes no other before it is done with this one, so nothing is lost by waiting
   * for it. */
  if (job->in_cups && job->copies < 2 && !active->shaken && since_ms < ENDS_MS)
    return TRUE;
  active->twice = active->twice || may_be_forgotten (active, job);
  /* Its backend is asked to end, and calls off what it is just handing over. To be made
   * to forget the job at once, CUPS would kill it: what it has sent would come out, and
   * be seen by nobody. */
  if (job->in_cups && job->at_printer && job->id > 0 && !active->cut) {
    active->cut = TRUE;
    printer_cancel (active->printer, job->id, NULL);
    return TRUE;
  }
  if (!backend_works (active, &works, error))
    return FALSE;
  if (works)
    active->worked_ms = active_job_now_ms ();
  if (works && early)
    return TRUE;
  /* A queue may be busy with a job of somebody else. */
  active->twice = active->twice || (works && backend_process_has (active->queued->name));
  if (job->at_printer && job->id > 0) {
    if (!let_go (active, job, error))
      return FALSE;
    if (active->known_id > 0)
      return TRUE;
  }
  if (early && !has_settled (active))
    return TRUE;
  return active_job_record_end (active, PRINT_STATE_PRINTED, active->twice ? "repeated" : "",
                                error);
}

/* Completed, as far as the printer calls it so. */
static gboolean follow_completed (ActiveJob *active, const PrinterJob *job, GError **error)
{
  const char *why;
  /* CUPS counts the sides that its filters have made. */
  PrinterOutcome outcome
      = printer_reason_outcome (job->reasons, job->at_printer ? job->impressions : 0, &why);

  if (outcome == PRINTER_OUTCOME_GOOD)
    return follow_printed (active, job, error);
  /* Of several copies one may be good. */
  return active_job_record_end (
      active,
      outcome == PRINTER_OUTCOME_NONE && job->copies < 2 && !active->shaken ? PRINT_STATE_FAILED
                                                                            : PRINT_STATE_UNSURE,
      why, error);
}

static gboolean follow_ended (ActiveJob *active, const PrinterJob *job, GError **error)
{
  if (job->state == PRINT_JOB_COMPLETED)
    return follow_completed (active, job, error);
  /* It may be this agent, or the one before, that has called off what was sent again, and
   * a first copy may have come out of a printer that has forgotten it: who has not
   * watched all the while cannot say that none has. */
  return active_job_record_end (active,
                                active->shaken || active->called_off
                                        || (job->at_printer && job->impressions > 0)
                                    ? PRINT_STATE_UNSURE
                                    : PRINT_STATE_FAILED,
                                job->state == PRINT_JOB_CANCELED ? "canceled" : "aborted", error);
}

/* A cupsd that was killed with the job has come back and sends it again, while the
 * printer still has it: the second copy is called off, before it gets there or there. */
static void call_off_repeat (ActiveJob *active, const PrinterJob *job)
{
  if (active->started == 0)
    active->started = job->started;
  if (job->started == active->started || !job->at_printer || !job->in_cups)
    return;
  active->called_off = active->cut = TRUE;
  if (printer_cancel (active->printer, job->id, NULL))
    active->started = job->started;
}

static gboolean follow_job (ActiveJob *active, const PrinterJob *job, GError **error)
{
  QueuedJob *queued = active->queued;

  if (job->id > 0)
    queued->number = job->id;
  if (active->born_ms == 0 && job->age_s >= 0)
    active->born_ms = active_job_now_ms () - (gint64) job->age_s * 1000;
  if (job->state == PRINT_JOB_LOST)
    return follow_lost (active, error);
  active_job_found (active);
  call_off_repeat (active, job);
  if (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED
      || job->state == PRINT_JOB_COMPLETED)
    return follow_ended (active, job, error);
  if (job->state == PRINT_JOB_PROCESSING && queued->state < PRINT_STATE_PRINTING) {
    active->quiet_ms = active_job_now_ms ();
    if (!active_job_record (active, PRINT_STATE_PRINTING, queued->number, queued->reason, "",
                            error))
      return FALSE;
  }
  return active_job_watch (active, job, error);
}

/* The queue has been given another address, and at the one where the badge went nobody
 * answers any more: the printer may have moved. It is looked for where the queue leads
 * now. */
static gboolean follow_queue (ActiveJob *active, GError **error)
{
  gint64 now = active_job_now_ms ();
  g_autoptr (PrinterStatus) status = NULL;

  if (active->silent_ms == 0)
    active->silent_ms = now;
  if (now - active->silent_ms < JOB_MONITOR_MOVED_MS)
    return TRUE;
  status = printer_status (active->printer, error);
  if (status == NULL)
    return FALSE;
  if (!printer_has_changed (active->printer)) {
    active->silent_ms = now - JOB_MONITOR_MOVED_MS + MOVED_EVERY_MS;
    return TRUE;
  }
  active->silent_ms = 0;
  active->shaken = TRUE;
  g_clear_pointer (&active->printer, printer_close);
  return TRUE;
}

gboolean job_monitor_step (ActiveJob *active, GError **error)
{
  GError *cause = NULL;
  g_autoptr (PrinterJob) job
      = printer_find (active->printer, active->queued->name, active->queued->number, &cause);

  /* A cupsd that has lost its spool counts from 1 again: a number is good only where the
   * name has just been seen with it. */
  active->known_id = job != NULL ? job->id : 0;
  if (cause != NULL && printer_error_is_silence (cause)) {
    TroubleSet trouble = PRINTER_REASON_BIT (printer_error_trouble (cause));
    g_error_free (cause);
    active_job_found (active);
    return follow_queue (active, error) && active_job_set_troubles (active, trouble, error);
  }
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  /* While CUPS has the job, its word will do without the printer's. */
  if ((active->heard & SILENT) == 0 || job == NULL || job->at_printer)
    active->silent_ms = 0;
  else if (!follow_queue (active, error))
    return FALSE;
  if (active->printer == NULL)
    return TRUE;
  return job != NULL ? follow_job (active, job, error) : follow_lost (active, error);
}

gboolean job_monitor_without_queue (ActiveJob *active, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (PrinterJob) job = active->before != NULL
                                   ? printer_find (active->before, active->queued->name, 0, &cause)
                                   : NULL;

  active->known_id = 0;
  /* That the printer has not answered in time does not mean that it knows nothing. */
  if (cause != NULL) {
    active_job_found (active);
    return TRUE;
  }
  if (job == NULL || !job->at_printer || job->state == PRINT_JOB_LOST)
    return follow_lost (active, error);
  active_job_found (active);
  active->cut = FALSE; /* no queue, no backend */
  return job->state < PRINT_JOB_CANCELED || follow_ended (active, job, error);
}

/* Taking back ------------------------------------------------------------------------ */

/* It cannot come out any more, unless CUPS forgets that it was cancelled: so it is to
 * forget all of it. */
static gboolean give_back (ActiveJob *active, GError **error)
{
  QueuedJob *queued = active->queued;
  GError *cause = NULL;
  g_autoptr (PrinterJob) job = printer_find (active->printer, queued->name, queued->number, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  active->known_id = 0;
  if (job != NULL && job->id > 0 && !printer_forget (active->printer, job->id, error))
    return FALSE;
  return active_job_record (active, PRINT_STATE_QUEUED, 0, JOB_QUEUE_MOVED, "", error);
}

gboolean job_monitor_take_back (ActiveJob *active, GError **error)
{
  QueuedJob *queued = active->queued;
  PrinterRecall recall = RECALL_PENDING;
  g_autofree char *reasons = NULL;
  GError *cause = NULL;

  if (queued->state < PRINT_STATE_SENT)
    return active_job_record (active, PRINT_STATE_QUEUED, 0, JOB_QUEUE_MOVED, "", error);
  active->known_id = 0;
  printer_recall (active->printer, queued->name, queued->number, &recall, &cause);
  if (cause != NULL && !printer_error_is_silence (cause)) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (cause == NULL && recall == RECALL_GONE)
    return give_back (active, error);
  /* Perhaps more than once. */
  if (cause == NULL && recall == RECALL_PRINTED)
    return job_monitor_step (active, error);
  g_clear_error (&cause);
  if (active->recall_ms == 0)
    active->recall_ms = active_job_now_ms ();
  if (active_job_now_ms () - active->recall_ms
      < (recall == RECALL_UNKNOWN ? JOB_MONITOR_LOST_MS : JOB_MONITOR_RECALL_MS))
    return TRUE;
  reasons = printer_reason_join (active->health.seen);
  return active_job_record_end (active, PRINT_STATE_UNSURE, reasons[0] != '\0' ? reasons : "lost",
                                error);
}
