#include "spool/job_monitor.h"

/* How long CUPS may take to see that the printer has done a job. */
#define ENDS_MS 3000
/* How long a printer may take to say how long it has been on. */
#define SAYS_MS 10000
/* A clock that is put right by hand or by the network moves by less, mostly. */
#define CLOCK_MOVES_MS 60000

/* Following what was sent ------------------------------------------------------------ */

/* Nobody knows the job (yet, or any more). */
static gboolean follow_lost (ActiveJob *hand, GError **error)
{
  if (hand->lost_ms == 0) {
    g_autoptr (PrinterStatus) status
        = hand->printer != NULL ? printer_status (hand->printer, NULL) : NULL;
    hand->lost_ms = active_job_now_ms ();
    /* The queue may have been given another printer just before the badge was sent, which
     * then went there. */
    if (status != NULL && printer_has_changed (hand->printer))
      g_clear_pointer (&hand->printer, printer_close);
  }
  if (active_job_now_ms () - hand->lost_ms < JOB_MONITOR_LOST_MS)
    return TRUE;
  /* The printer had said that it is out, and knows nothing any more. */
  return hand->ended_ms != 0 ? active_job_record_end (hand, JOB_QUEUE_PRINTED, "repeated", error)
                             : active_job_record_end (hand, JOB_QUEUE_UNSURE, "lost", error);
}

/* The printer has printed it. CUPS is made to let go of it before that is a fact: a cupsd
 * that is killed before its own end of the job is on disk would send it again, and nobody
 * would be watching any more. */
static gboolean let_go (ActiveJob *hand, const PrinterJob *job, GError **error)
{
  g_autoptr (PrinterJob) again = NULL;
  GError *cause = NULL;

  hand->cut = hand->cut || job->in_cups;
  if (!printer_forget (hand->printer, job->id, error))
    return FALSE;
  again = printer_find (hand->printer, hand->owed->name, job->id, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  hand->known_id = again != NULL ? again->id : 0;
  hand->twice
      = hand->twice || (again != NULL && (again->copies > 1 || again->memory == PRINT_MEMORY_LOST));
  return TRUE;
}

/* TRUE while a backend that was cut short may still be at the printer's door. */
static gboolean backend_works (ActiveJob *hand, gboolean *works, GError **error)
{
  g_autoptr (PrinterStatus) status = hand->cut ? printer_status (hand->printer, error) : NULL;

  *works = status != NULL && status->busy && active_job_now_ms () - hand->ended_ms < 2 * ENDS_MS;
  return status != NULL || !hand->cut;
}

/* Seconds since the badge in hand may have come to the printer, at most; -1: not known.
 * An earlier agent's was issued before it was sent, by a clock that may have been put
 * right since. */
static gint64 age_s (const ActiveJob *hand)
{
  gint64 issued_ms = journal_now_ms (hand->journal) - hand->owed->at_ms;

  if (hand->born_ms != 0)
    return (active_job_now_ms () - hand->born_ms) / 1000;
  return issued_ms >= 0 ? (issued_ms + CLOCK_MOVES_MS) / 1000 : -1;
}

/* A printer that has been switched on since it may have got the badge may have forgotten
 * one. printer_find() compares where CUPS knows the job. */
static gboolean may_be_forgotten (const ActiveJob *hand, const PrinterJob *job)
{
  if (job->memory != PRINT_MEMORY_WHOLE || !job->at_printer || job->id != 0 || job->up_s < 0)
    return job->memory != PRINT_MEMORY_WHOLE;
  return age_s (hand) < 0 || job->up_s <= age_s (hand) + 1;
}

static gboolean follow_printed (ActiveJob *hand, const PrinterJob *job, GError **error)
{
  gboolean works = FALSE;
  gint64 since_ms;

  if (hand->ended_ms == 0)
    hand->ended_ms = active_job_now_ms ();
  since_ms = active_job_now_ms () - hand->ended_ms;
  hand->twice = hand->twice || job->copies > 1;
  if (job->memory == PRINT_MEMORY_UNKNOWN && since_ms < SAYS_MS)
    return active_job_set_troubles (hand, PRINTER_REASON_BIT (PRINTER_REASON_OFF), error);
  /* CUPS takes no other before it is done with this one, so nothing is lost by waiting
   * for it. */
  if (job->in_cups && job->copies < 2 && !hand->shaken && since_ms < ENDS_MS)
    return TRUE;
  hand->twice = hand->twice || may_be_forgotten (hand, job);
  if (job->at_printer && job->id > 0) {
    if (!let_go (hand, job, error))
      return FALSE;
    if (hand->known_id > 0)
      return TRUE;
  }
  if (!backend_works (hand, &works, error))
    return FALSE;
  return works
         || active_job_record_end (hand, JOB_QUEUE_PRINTED, hand->twice ? "repeated" : "", error);
}

static gboolean follow_ended (ActiveJob *hand, const PrinterJob *job, GError **error)
{
  if (job->state == PRINT_JOB_COMPLETED)
    return follow_printed (hand, job, error);
  /* It may be this agent, or the one before, that has called off what was sent again, and
   * a first copy may have come out of a printer that has forgotten it: who has not
   * watched all the while cannot say that none has. */
  return active_job_record_end (
      hand, hand->shaken || hand->called_off ? JOB_QUEUE_UNSURE : JOB_QUEUE_FAILED,
      job->state == PRINT_JOB_CANCELED ? "canceled" : "aborted", error);
}

/* A cupsd that was killed with the job has come back and sends it again, while the
 * printer still has it: the second copy is called off, before it gets there or there. */
static void call_off_repeat (ActiveJob *hand, const PrinterJob *job)
{
  if (hand->started == 0)
    hand->started = job->started;
  if (job->started == hand->started || !job->at_printer || !job->in_cups)
    return;
  hand->called_off = TRUE;
  if (printer_cancel (hand->printer, job->id, NULL))
    hand->started = job->started;
}

static gboolean follow_job (ActiveJob *hand, const PrinterJob *job, GError **error)
{
  QueuedJob *owed = hand->owed;

  if (job->id > 0)
    owed->number = job->id;
  if (hand->born_ms == 0 && job->age_s >= 0)
    hand->born_ms = active_job_now_ms () - (gint64) job->age_s * 1000;
  if (job->state == PRINT_JOB_LOST)
    return follow_lost (hand, error);
  hand->lost_ms = 0;
  call_off_repeat (hand, job);
  if (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED
      || job->state == PRINT_JOB_COMPLETED)
    return follow_ended (hand, job, error);
  if (job->state == PRINT_JOB_PROCESSING && owed->state < JOB_QUEUE_PRINTING
      && !active_job_record (hand, JOB_QUEUE_PRINTING, owed->number, owed->reason, "", error))
    return FALSE;
  return active_job_watch (hand, job, error);
}

gboolean job_monitor_step (ActiveJob *hand, GError **error)
{
  GError *cause = NULL;
  g_autoptr (PrinterJob) job
      = printer_find (hand->printer, hand->owed->name, hand->owed->number, &cause);

  /* A cupsd that has lost its spool counts from 1 again: a number is good only where the
   * name has just been seen with it. */
  hand->known_id = job != NULL ? job->id : 0;
  if (g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_error_free (cause);
    hand->lost_ms = 0;
    return active_job_set_troubles (hand, PRINTER_REASON_BIT (PRINTER_REASON_OFF), error);
  }
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return job != NULL ? follow_job (hand, job, error) : follow_lost (hand, error);
}

gboolean job_monitor_without_queue (ActiveJob *hand, GError **error)
{
  g_autoptr (PrinterJob) job
      = hand->before != NULL ? printer_find (hand->before, hand->owed->name, 0, NULL) : NULL;

  hand->known_id = 0;
  if (job == NULL || !job->at_printer || job->state == PRINT_JOB_LOST)
    return follow_lost (hand, error);
  hand->lost_ms = 0;
  hand->cut = FALSE; /* no queue, no backend */
  return job->state < PRINT_JOB_CANCELED || follow_ended (hand, job, error);
}

/* Taking back ------------------------------------------------------------------------ */

/* It cannot come out any more, unless CUPS forgets that it was cancelled: so it is to
 * forget all of it. */
static gboolean give_back (ActiveJob *hand, GError **error)
{
  QueuedJob *owed = hand->owed;
  GError *cause = NULL;
  g_autoptr (PrinterJob) job = printer_find (hand->printer, owed->name, owed->number, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  hand->known_id = 0;
  if (job != NULL && job->id > 0 && !printer_forget (hand->printer, job->id, error))
    return FALSE;
  return active_job_record (hand, JOB_QUEUE_QUEUED, 0, JOB_QUEUE_MOVED, "", error);
}

gboolean job_monitor_take_back (ActiveJob *hand, GError **error)
{
  QueuedJob *owed = hand->owed;
  PrinterRecall recall = RECALL_PENDING;
  g_autofree char *reasons = NULL;
  GError *cause = NULL;

  if (owed->state < JOB_QUEUE_SENT)
    return active_job_record (hand, JOB_QUEUE_QUEUED, 0, JOB_QUEUE_MOVED, "", error);
  hand->known_id = 0;
  printer_recall (hand->printer, owed->name, owed->number, &recall, &cause);
  if (cause != NULL && !g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (cause == NULL && recall == RECALL_GONE)
    return give_back (hand, error);
  /* Perhaps more than once. */
  if (cause == NULL && recall == RECALL_PRINTED)
    return job_monitor_step (hand, error);
  g_clear_error (&cause);
  if (hand->recall_ms == 0)
    hand->recall_ms = active_job_now_ms ();
  if (active_job_now_ms () - hand->recall_ms
      < (recall == RECALL_UNKNOWN ? JOB_MONITOR_LOST_MS : JOB_MONITOR_RECALL_MS))
    return TRUE;
  reasons = printer_reason_join (hand->outlook.seen);
  return active_job_record_end (hand, JOB_QUEUE_UNSURE, reasons[0] != '\0' ? reasons : "lost",
                                error);
}
