#include "station/follow.h"

/* How long CUPS may take to see that the printer has done a job. */
#define ENDS_MS 3000
/* How long a printer may take to say how long it has been on. */
#define SAYS_MS 10000
/* A clock that is put right by hand or by the network moves by less, mostly. */
#define CLOCK_MOVES_MS 60000

/* Following what was sent ------------------------------------------------------------------------------------------------------------------------ */

/* Nobody knows the job (yet, or any more). */
static gboolean follow_lost (Hand *hand, GError **error)
{
  if (hand->lost_ms == 0) {
    g_autoptr (PrinterStatus) status = hand->printer != NULL ? printer_status (hand->printer, NULL) : NULL;
    hand->lost_ms = hand_now_ms ();
    /* The queue may have been given another printer just before the badge was sent, which then went there. */
    if (status != NULL && printer_has_changed (hand->printer))
      g_clear_pointer (&hand->printer, printer_close);
  }
  if (hand_now_ms () - hand->lost_ms < FOLLOW_LOST_MS)
    return TRUE;
  /* The printer had said that it is out, and knows nothing any more. */
  return hand->ended_ms != 0 ? hand_record_end (hand, OWED_PRINTED, "repeated", error) : hand_record_end (hand, OWED_UNSURE, "lost", error);
}

/* The printer has printed it. CUPS is made to let go of it before that is a fact: a cupsd that is killed before its own end of the job is on disk would send it again, and nobody would be watching any more. */
static gboolean let_go (Hand *hand, const PrintJob *job, GError **error)
{
  g_autoptr (PrintJob) again = NULL;
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
  hand->twice = hand->twice || (again != NULL && (again->copies > 1 || again->memory == PRINT_MEMORY_LOST));
  return TRUE;
}

/* TRUE while a backend that was cut short may still be at the printer's door. */
static gboolean backend_works (Hand *hand, gboolean *works, GError **error)
{
  g_autoptr (PrinterStatus) status = hand->cut ? printer_status (hand->printer, error) : NULL;

  *works = status != NULL && status->busy && hand_now_ms () - hand->ended_ms < 2 * ENDS_MS;
  return status != NULL || !hand->cut;
}

/* Seconds since the badge in hand may have come to the printer, at most; -1: not known. An earlier agent's was issued before it was sent, by a clock that may have been put right since. */
static gint64 age_s (const Hand *hand)
{
  gint64 issued_ms = journal_now_ms (hand->journal) - hand->owed->at_ms;

  if (hand->born_ms != 0)
    return (hand_now_ms () - hand->born_ms) / 1000;
  return issued_ms >= 0 ? (issued_ms + CLOCK_MOVES_MS) / 1000 : -1;
}

/* A printer that has been switched on since it may have got the badge may have forgotten one. printer_find() compares where CUPS knows the job. */
static gboolean may_be_forgotten (const Hand *hand, const PrintJob *job)
{
  if (job->memory != PRINT_MEMORY_WHOLE || !job->at_printer || job->id != 0 || job->up_s < 0)
    return job->memory != PRINT_MEMORY_WHOLE;
  return age_s (hand) < 0 || job->up_s <= age_s (hand) + 1;
}

static gboolean follow_printed (Hand *hand, const PrintJob *job, GError **error)
{
  gboolean works = FALSE;
  gint64 since_ms;

  if (hand->ended_ms == 0)
    hand->ended_ms = hand_now_ms ();
  since_ms = hand_now_ms () - hand->ended_ms;
  hand->twice = hand->twice || job->copies > 1;
  if (job->memory == PRINT_MEMORY_UNKNOWN && since_ms < SAYS_MS)
    return hand_set_troubles (hand, TROUBLE_BIT (TROUBLE_OFF), error);
  /* CUPS takes no other before it is done with this one, so nothing is lost by waiting for it. */
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
  return works || hand_record_end (hand, OWED_PRINTED, hand->twice ? "repeated" : "", error);
}

static gboolean follow_ended (Hand *hand, const PrintJob *job, GError **error)
{
  if (job->state == PRINT_JOB_COMPLETED)
    return follow_printed (hand, job, error);
  /* It may be this agent, or the one before, that has called off what was sent again, and a first copy may have come out of a printer that has forgotten it: who has not watched all the while cannot say that none has. */
  return hand_record_end (hand, hand->shaken || hand->called_off ? OWED_UNSURE : OWED_FAILED, job->state == PRINT_JOB_CANCELED ? "canceled" : "aborted", error);
}

/* A cupsd that was killed with the job has come back and sends it again, while the printer still has it: the second copy is called off, before it gets there or there. */
static void call_off_repeat (Hand *hand, const PrintJob *job)
{
  if (hand->started == 0)
    hand->started = job->started;
  if (job->started == hand->started || !job->at_printer || !job->in_cups)
    return;
  hand->called_off = TRUE;
  if (printer_cancel (hand->printer, job->id, NULL))
    hand->started = job->started;
}

static gboolean follow_job (Hand *hand, const PrintJob *job, GError **error)
{
  Owed *owed = hand->owed;

  if (job->id > 0)
    owed->number = job->id;
  if (hand->born_ms == 0 && job->age_s >= 0)
    hand->born_ms = hand_now_ms () - (gint64) job->age_s * 1000;
  if (job->state == PRINT_JOB_LOST)
    return follow_lost (hand, error);
  hand->lost_ms = 0;
  call_off_repeat (hand, job);
  if (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED || job->state == PRINT_JOB_COMPLETED)
    return follow_ended (hand, job, error);
  if (job->state == PRINT_JOB_PROCESSING && owed->state < OWED_PRINTING && !hand_record (hand, OWED_PRINTING, owed->number, owed->reason, "", error))
    return FALSE;
  return hand_watch (hand, job, error);
}

gboolean follow_step (Hand *hand, GError **error)
{
  GError *cause = NULL;
  g_autoptr (PrintJob) job = printer_find (hand->printer, hand->owed->name, hand->owed->number, &cause);

  /* A cupsd that has lost its spool counts from 1 again: a number is good only where the name has just been seen with it. */
  hand->known_id = job != NULL ? job->id : 0;
  if (g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_error_free (cause);
    hand->lost_ms = 0;
    return hand_set_troubles (hand, TROUBLE_BIT (TROUBLE_OFF), error);
  }
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return job != NULL ? follow_job (hand, job, error) : follow_lost (hand, error);
}

gboolean follow_without_queue (Hand *hand, GError **error)
{
  g_autoptr (PrintJob) job = hand->before != NULL ? printer_find (hand->before, hand->owed->name, 0, NULL) : NULL;

  hand->known_id = 0;
  if (job == NULL || !job->at_printer || job->state == PRINT_JOB_LOST)
    return follow_lost (hand, error);
  hand->lost_ms = 0;
  hand->cut = FALSE; /* no queue, no backend */
  return job->state < PRINT_JOB_CANCELED || follow_ended (hand, job, error);
}

/* Taking back ------------------------------------------------------------------------------------------------------------------------------------ */

/* It cannot come out any more, unless CUPS forgets that it was cancelled: so it is to forget all of it. */
static gboolean give_back (Hand *hand, GError **error)
{
  Owed *owed = hand->owed;
  GError *cause = NULL;
  g_autoptr (PrintJob) job = printer_find (hand->printer, owed->name, owed->number, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  hand->known_id = 0;
  if (job != NULL && job->id > 0 && !printer_forget (hand->printer, job->id, error))
    return FALSE;
  return hand_record (hand, OWED_QUEUED, 0, OWED_MOVED, "", error);
}

gboolean follow_take_back (Hand *hand, GError **error)
{
  Owed *owed = hand->owed;
  PrinterRecall recall = RECALL_PENDING;
  g_autofree char *reasons = NULL;
  GError *cause = NULL;

  if (owed->state < OWED_SENT)
    return hand_record (hand, OWED_QUEUED, 0, OWED_MOVED, "", error);
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
    return follow_step (hand, error);
  g_clear_error (&cause);
  if (hand->recall_ms == 0)
    hand->recall_ms = hand_now_ms ();
  if (hand_now_ms () - hand->recall_ms < (recall == RECALL_UNKNOWN ? FOLLOW_LOST_MS : FOLLOW_RECALL_MS))
    return TRUE;
  reasons = trouble_join (hand->outlook.seen);
  return hand_record_end (hand, OWED_UNSURE, reasons[0] != '\0' ? reasons : "lost", error);
}
