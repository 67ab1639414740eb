#include "spool/job_process.h"

#include "spool/job_monitor.h"

#include <string.h>

/* How long it is believed that a printer can print. */
#define WELL_LASTS_MS 1500
/* Between attempts to hand over a badge that CUPS does not take, doubled from the first
 * to the last: each is two facts. */
#define AGAIN_FIRST_MS 1000
#define AGAIN_LAST_MS 10000
/* With these, CUPS would only keep a badge: it waits here. (A printer that is out of
 * paper may well have it: it comes out the moment there is some.) */
#define KEPT_BACK                                                                                  \
  (PRINTER_REASON_BIT (PRINTER_REASON_REJECTING) | PRINTER_REASON_BIT (PRINTER_REASON_STOPPED)     \
   | PRINTER_REASON_BIT (PRINTER_REASON_OFF))

struct _JobProcess {
  PrintDocumentArt *art;
  ActiveJob hand;
};

JobProcess *job_process_new (Journal *journal, PrintDocumentArt *art, const char *queue,
                             PrintingNotice notice, gpointer data)
{
  JobProcess *printing = g_new0 (JobProcess, 1);

  printing->hand.journal = journal;
  printing->art = art;
  printing->hand.queue = g_strdup (queue);
  printing->hand.notice = notice;
  printing->hand.data = data;
  printing->hand.resume_wait_ms = ACTIVE_JOB_RESUME_FIRST_MS;
  return printing;
}

void job_process_free (JobProcess *printing)
{
  if (printing == NULL)
    return;
  job_queue_free (printing->hand.owed);
  printer_close (printing->hand.printer);
  printer_close (printing->hand.before);
  g_free (printing->hand.queue);
  g_free (printing);
}

const QueuedJob *job_process_in_hand (const JobProcess *printing)
{
  return printing->hand.owed;
}

const PrinterHealth *job_process_outlook (const JobProcess *printing)
{
  return &printing->hand.outlook;
}

gint64 job_process_stuck_since_ms (const JobProcess *printing)
{
  return printing->hand.owed != NULL ? printing->hand.outlook.stuck_ms : 0;
}

guint job_process_done (const JobProcess *printing)
{
  return printing->hand.done;
}

void job_process_take (JobProcess *printing, QueuedJob *owed)
{
  ActiveJob *hand = &printing->hand;

  g_assert (hand->owed == NULL);
  hand->owed = owed;
  g_clear_pointer (&hand->before, printer_close);
  /* An earlier agent had it: CUPS may have been away since, too. */
  hand->shaken = owed->state >= JOB_QUEUE_SENT;
  hand->back = hand->called_off = hand->cut = hand->twice = FALSE;
  hand->started = hand->known_id = 0;
  hand->refused = 0;
  hand->born_ms = hand->again_ms = hand->again_wait_ms = 0;
  hand->ended_ms = hand->lost_ms = hand->recall_ms = hand->fact_ms = hand->status_ms = 0;
  hand->sent_ms = active_job_now_ms ();
  printer_health_begin (&hand->outlook, hand->sent_ms);
}

void job_process_take_back (JobProcess *printing)
{
  printing->hand.back = TRUE;
}

/* Handing over ----------------------------------------------------------------------- */

/* From here on it may come out. */
static gboolean send_document (ActiveJob *hand, const PrintDocument *document, GError **error)
{
  QueuedJob *owed = hand->owed;
  GError *cause = NULL;
  gint number;

  if (!active_job_record (hand, JOB_QUEUE_SENT, 0, "", "", error))
    return FALSE;
  hand->sent_ms = hand->status_ms = hand->born_ms = active_job_now_ms ();
  printer_health_send (&hand->outlook);
  number = print_document_send (hand->printer, owed->name, document, &cause);
  if (number > 0) {
    owed->number = hand->known_id = number;
    hand->refused = 0;
    return TRUE;
  }
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT)) {
    hand->refused = PRINTER_REASON_BIT (printer_error_trouble (cause));
    hand->again_wait_ms = CLAMP (2 * hand->again_wait_ms, AGAIN_FIRST_MS, AGAIN_LAST_MS);
    hand->again_ms = active_job_now_ms () + hand->again_wait_ms;
  }
  /* Unless nobody knows whether CUPS has it, it has not. */
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT)
      && !active_job_record (hand, JOB_QUEUE_QUEUED, 0, "", "", error)) {
    g_error_free (cause);
    return FALSE;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

/* The fact travels, and says why by a word; the message is for this machine's log. Takes
 * @cause over. */
static gboolean record_undrawable (ActiveJob *hand, GError *cause, GError **error)
{
  PrintFailure failure = print_document_failure (cause);
  Pair remedy = print_failure_remedy (failure);
  g_autofree char *text
      = g_strdup_printf ("%s %s (%s)", remedy.first, remedy.second, cause->message);
  gboolean written = active_job_record (hand, JOB_QUEUE_FAILED, hand->owed->number,
                                        print_failure_name (failure), text, error);

  g_error_free (cause);
  return written;
}

static gboolean hand_over (JobProcess *printing, GError **error)
{
  ActiveJob *hand = &printing->hand;
  QueuedJob *owed = hand->owed;
  GError *cause = NULL;
  g_autoptr (PrintDocument) document = NULL;
  gboolean good;

  if (!job_queue_is_good (hand->journal, owed, &good, error))
    return FALSE;
  if (!good)
    return active_job_record (hand, JOB_QUEUE_FAILED, 0, "void", "", error);
  if ((owed->state == JOB_QUEUE_NEW || strcmp (owed->queue, hand->queue) != 0)
      && !active_job_record (hand, JOB_QUEUE_QUEUED, 0, "", "", error))
    return FALSE;
  if ((hand->outlook.well_ms == 0 || active_job_now_ms () - hand->outlook.well_ms > WELL_LASTS_MS)
      && !active_job_watch (hand, NULL, error))
    return FALSE;
  if (active_job_now_ms () < hand->again_ms)
    return TRUE;
  if ((hand->heard & KEPT_BACK) != 0 || active_job_now_ms () < hand->awake_ms)
    return TRUE;
  document = print_document_make (hand->journal, printing->art, hand->printer, owed->reference,
                                  owed->serial, &cause);
  if (document != NULL)
    return send_document (hand, document, error);
  if (cause->domain == JOURNAL_ERROR || cause->domain == PRINTER_ERROR) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return record_undrawable (hand, cause, error);
}

/* Steps ------------------------------------------------------------------------------ */

static gboolean open_printer (ActiveJob *hand, GError **error)
{
  if (hand->printer != NULL && printer_has_changed (hand->printer)
      && (hand->owed == NULL || hand->owed->state < JOB_QUEUE_SENT))
    g_clear_pointer (&hand->printer, printer_close);
  if (hand->printer == NULL)
    hand->printer = printer_open (hand->queue, error);
  return hand->printer != NULL;
}

static gboolean step (JobProcess *printing, GError **error)
{
  ActiveJob *hand = &printing->hand;

  if (hand->back && hand->owed != NULL && hand->owed->state < JOB_QUEUE_SENT)
    return job_monitor_take_back (hand, error);
  if (!open_printer (hand, error))
    return FALSE;
  if (hand->owed == NULL)
    return active_job_look (hand, NULL, error);
  if (hand->back)
    return job_monitor_take_back (hand, error);
  return hand->owed->state >= JOB_QUEUE_SENT ? job_monitor_step (hand, error)
                                             : hand_over (printing, error);
}

/* CUPS is away, or says no: nothing is lost. A screen is to know. */
static void note_error (ActiveJob *hand, const GError *trouble)
{
  /* The queue may have been made anew, with another printer behind it. */
  if (hand->printer != NULL && hand->owed != NULL && hand->owed->state >= JOB_QUEUE_SENT) {
    printer_close (hand->before);
    hand->before = g_steal_pointer (&hand->printer);
  }
  g_clear_pointer (&hand->printer, printer_close);
  hand->shaken = TRUE;
  /* Nobody has said that the job is known to nobody. */
  if (trouble->code != PRINTER_ERROR_NO_QUEUE)
    hand->lost_ms = 0;
  active_job_set_troubles (hand, PRINTER_REASON_BIT (printer_error_trouble (trouble)), NULL);
}

gboolean job_process_step (JobProcess *printing, GError **error)
{
  ActiveJob *hand = &printing->hand;
  GError *trouble = NULL;

  if (step (printing, &trouble))
    return TRUE;
  if (trouble->domain == PRINTER_ERROR)
    note_error (hand, trouble);
  if (g_error_matches (trouble, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE) && hand->owed != NULL
      && hand->owed->state >= JOB_QUEUE_SENT)
    job_monitor_without_queue (hand, NULL);
  g_propagate_error (error, trouble);
  return FALSE;
}
