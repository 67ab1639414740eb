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
   | PRINTER_REASON_BIT (PRINTER_REASON_RESTING) | PRINTER_REASON_BIT (PRINTER_REASON_OFF)         \
   | PRINTER_REASON_BIT (PRINTER_REASON_GARBLED))

struct _JobProcess {
  PrintDocumentArt *art;
  ActiveJob active;
};

JobProcess *job_process_new (Journal *journal, PrintDocumentArt *art, const char *queue,
                             PrintingNotice notice, gpointer data)
{
  JobProcess *printing = g_new0 (JobProcess, 1);

  printing->active.journal = journal;
  printing->art = art;
  printing->active.queue = g_strdup (queue);
  printing->active.notice = notice;
  printing->active.data = data;
  printing->active.resume_wait_ms = ACTIVE_JOB_RESUME_FIRST_MS;
  return printing;
}

void job_process_free (JobProcess *printing)
{
  if (printing == NULL)
    return;
  job_queue_free (printing->active.queued);
  printer_close (printing->active.printer);
  printer_close (printing->active.before);
  g_free (printing->active.queue);
  g_free (printing);
}

const QueuedJob *job_process_current (const JobProcess *printing)
{
  return printing->active.queued;
}

const PrinterHealth *job_process_health (const JobProcess *printing)
{
  return &printing->active.health;
}

gint64 job_process_stuck_since_ms (const JobProcess *printing)
{
  return printing->active.queued != NULL ? printing->active.health.stuck_ms : 0;
}

guint job_process_done (const JobProcess *printing)
{
  return printing->active.done;
}

void job_process_take (JobProcess *printing, QueuedJob *queued)
{
  ActiveJob *active = &printing->active;

  g_assert (active->queued == NULL);
  active->queued = queued;
  g_clear_pointer (&active->before, printer_close);
  /* An earlier agent had it: CUPS may have been away since, too. */
  active->shaken = queued->state >= PRINT_STATE_SENT;
  active->back = active->called_off = active->cut = active->twice = FALSE;
  active->started = active->known_id = 0;
  active->refused = 0;
  active->born_ms = active->again_ms = active->again_wait_ms = 0;
  active->ended_ms = active->worked_ms = 0;
  active->lost_ms = active->recall_ms = active->fact_ms = active->status_ms = 0;
  active->sent_ms = active->quiet_ms = active_job_now_ms ();
  active->silent_ms = 0;
  active->lost_looks = 0;
  printer_health_begin (&active->health, active->sent_ms);
}

void job_process_take_back (JobProcess *printing)
{
  printing->active.back = TRUE;
}

/* Handing over ----------------------------------------------------------------------- */

/* From here on it may come out. */
static gboolean send_document (ActiveJob *active, const PrintDocument *document, GError **error)
{
  QueuedJob *queued = active->queued;
  GError *cause = NULL;
  gint number;

  if (!active_job_record (active, PRINT_STATE_SENT, 0, "", "", error))
    return FALSE;
  active->sent_ms = active->status_ms = active->born_ms = active_job_now_ms ();
  active->quiet_ms = active->sent_ms;
  printer_health_send (&active->health);
  number = print_document_send (active->printer, queued->name, document, &cause);
  if (number > 0) {
    queued->number = active->known_id = number;
    active->refused = 0;
    return TRUE;
  }
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT)) {
    active->refused = PRINTER_REASON_BIT (printer_error_trouble (cause));
    active->again_wait_ms = CLAMP (2 * active->again_wait_ms, AGAIN_FIRST_MS, AGAIN_LAST_MS);
    active->again_ms = active_job_now_ms () + active->again_wait_ms;
  }
  /* Unless nobody knows whether CUPS has it, it has not. */
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT)
      && !active_job_record (active, PRINT_STATE_QUEUED, 0, "", "", error)) {
    g_error_free (cause);
    return FALSE;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

/* The fact travels, and says why by a word; the message is for this machine's log. Takes
 * @cause over. */
static gboolean record_undrawable (ActiveJob *active, GError *cause, GError **error)
{
  PrintFailure failure = print_document_failure (cause);
  Pair remedy = print_failure_remedy (failure);
  g_autofree char *text
      = g_strdup_printf ("%s %s (%s)", remedy.first, remedy.second, cause->message);
  gboolean written = active_job_record (active, PRINT_STATE_FAILED, active->queued->number,
                                        print_failure_name (failure), text, error);

  g_error_free (cause);
  return written;
}

static gboolean hand_over (JobProcess *printing, GError **error)
{
  ActiveJob *active = &printing->active;
  QueuedJob *queued = active->queued;
  GError *cause = NULL;
  g_autoptr (PrintDocument) document = NULL;
  gboolean good;

  if (!job_queue_is_good (active->journal, queued, &good, error))
    return FALSE;
  if (!good)
    return active_job_record (active, PRINT_STATE_FAILED, 0, "void", "", error);
  if ((queued->state == PRINT_STATE_NEW || strcmp (queued->queue, active->queue) != 0)
      && !active_job_record (active, PRINT_STATE_QUEUED, 0, "", "", error))
    return FALSE;
  if ((active->health.well_ms == 0 || active_job_now_ms () - active->health.well_ms > WELL_LASTS_MS)
      && !active_job_watch (active, NULL, error))
    return FALSE;
  if (active_job_now_ms () < active->again_ms)
    return TRUE;
  if ((active->heard & KEPT_BACK) != 0 || active_job_now_ms () < active->awake_ms)
    return TRUE;
  document = print_document_make (active->journal, printing->art, active->printer,
                                  queued->reference, queued->serial, &cause);
  if (document != NULL)
    return send_document (active, document, error);
  if (cause->domain == JOURNAL_ERROR || cause->domain == PRINTER_ERROR) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return record_undrawable (active, cause, error);
}

/* Steps ------------------------------------------------------------------------------ */

static gboolean open_printer (ActiveJob *active, GError **error)
{
  if (active->printer != NULL && printer_has_changed (active->printer)
      && (active->queued == NULL || active->queued->state < PRINT_STATE_SENT))
    g_clear_pointer (&active->printer, printer_close);
  if (active->printer == NULL)
    active->printer = printer_open (active->queue, error);
  return active->printer != NULL;
}

static gboolean step (JobProcess *printing, GError **error)
{
  ActiveJob *active = &printing->active;

  if (active->back && active->queued != NULL && active->queued->state < PRINT_STATE_SENT)
    return job_monitor_take_back (active, error);
  if (!open_printer (active, error))
    return FALSE;
  if (active->queued == NULL)
    return active_job_look (active, NULL, error);
  if (active->back)
    return job_monitor_take_back (active, error);
  return active->queued->state >= PRINT_STATE_SENT ? job_monitor_step (active, error)
                                                   : hand_over (printing, error);
}

/* CUPS is away, or says no: nothing is lost. A screen is to know. */
static void note_error (ActiveJob *active, const GError *trouble)
{
  /* The queue may have been made anew, with another printer behind it. */
  if (active->printer != NULL && active->queued != NULL
      && active->queued->state >= PRINT_STATE_SENT) {
    printer_close (active->before);
    active->before = g_steal_pointer (&active->printer);
  }
  g_clear_pointer (&active->printer, printer_close);
  active->shaken = TRUE;
  /* Nobody has said that the job is known to nobody. */
  if (trouble->code != PRINTER_ERROR_NO_QUEUE)
    active_job_found (active);
  active_job_set_troubles (active, PRINTER_REASON_BIT (printer_error_trouble (trouble)), NULL);
}

gboolean job_process_step (JobProcess *printing, GError **error)
{
  ActiveJob *active = &printing->active;
  GError *trouble = NULL;

  if (step (printing, &trouble))
    return TRUE;
  if (trouble->domain == PRINTER_ERROR)
    note_error (active, trouble);
  if (g_error_matches (trouble, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE) && active->queued != NULL
      && active->queued->state >= PRINT_STATE_SENT)
    job_monitor_without_queue (active, NULL);
  g_propagate_error (error, trouble);
  return FALSE;
}
