#include "station/printing.h"

#include "core/words.h"
#include "print/printer.h"
#include "station/owed.h"
#include "station/press.h"
#include "station/wording.h"

#include <string.h>

/* How often a printer that has a job in hand is asked for its faults, and after what time a mere warning counts as one. */
#define STATUS_EVERY_MS 400
#define WARNING_COUNTS_AFTER_MS 3000
/* A fault is one when it has been there that long: printers, too, drop a connection now and then. */
#define FAULT_STEADY_MS 500
/* Between two facts about the same job's faults, so that a loose contact does not fill the journal. */
#define FAULT_FACT_EVERY_MS 1000
/* How long CUPS may take to see that the printer has done a job. */
#define CUPS_ENDS_MS 3000
/* Between attempts to resume a paused queue, doubled up to the second. */
#define RESUME_FIRST_MS 500
#define RESUME_LAST_MS 30000

struct _Printing {
  Journal *journal;
  BadgeTemplate *template_;
  char *queue;
  Printer *printer;      /* NULL until CUPS has answered */
  PrintingNotice notice;
  gpointer data;

  Owed *owed;            /* the one job in hand; NULL for none */
  gint64 after;          /* nothing is owed up to this own fact */
  gboolean doubtful;     /* @owed is queued and may be at CUPS already: look before handing over */
  gboolean silent;       /* CUPS took its bytes and did not answer */
  gboolean shaken;       /* CUPS was away while it had the job */
  gint started;          /* when CUPS began with it, as first seen; 0: not yet */
  gint64 sent_ms;        /* monotonic, when it was handed over or first followed */
  gint64 ended_ms;       /* monotonic, since when the printer has done it; 0: not yet */
  gint64 lost_ms;        /* monotonic, since when nobody knows it; 0: known */
  char *fault;           /* last seen, not noted yet; NULL for none */
  gint64 fault_ms;       /* monotonic, since when */
  gint64 status_ms, fact_ms, resume_ms;
  gint64 resume_wait_ms;
};

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

Printing *printing_new (Journal *journal, BadgeTemplate *template_, const char *queue, PrintingNotice notice, gpointer data, GError **error)
{
  Printing *printing = g_new0 (Printing, 1);

  printing->journal = journal;
  printing->template_ = template_;
  printing->queue = g_strdup (queue);
  printing->notice = notice;
  printing->data = data;
  printing->resume_wait_ms = RESUME_FIRST_MS;
  return printing;
}

void printing_free (Printing *printing)
{
  if (printing == NULL)
    return;
  owed_free (printing->owed);
  printer_close (printing->printer);
  g_free (printing->queue);
  g_free (printing->fault);
  g_free (printing);
}

static void say (Printing *printing, const char *text)
{
  if (printing->notice != NULL)
    printing->notice (printing->owed->job, owed_state_name (printing->owed->state), text, printing->data);
}

/* Writes a new state and says so. A final one ends the job. */
static gboolean record (Printing *printing, OwedState state, gint number, const char *reason, const char *text, GError **error)
{
  Owed *owed = printing->owed;

  g_assert (owed != NULL); /* there is a job in hand */
  if (!owed_record (printing->journal, owed, state, state >= OWED_SENT && owed->queue[0] == '\0' ? printing->queue : owed->queue, number, reason, error))
    return FALSE;
  say (printing, text);
  if (owed_is_final (state))
    g_clear_pointer (&printing->owed, owed_free);
  return TRUE;
}

static gboolean record_end (Printing *printing, OwedState state, const char *reason, GError **error)
{
  const char *text = "";

  g_assert (printing->owed != NULL);
  if (state == OWED_FAILED)
    text = "Ce badge n’a pas été imprimé : réimprimez-le au bureau d’accueil. 胸卡未打印：请在接待台重新打印。";
  else if (state == OWED_UNSURE)
    text = "Ce badge est-il sorti de l’imprimante ? Sinon, réimprimez-le. 胸卡是否已打印？如未打印，请重新打印。";
  else if (strcmp (reason, "repeated") == 0)
    text = "Ce badge est sorti deux fois : détruisez le second. 此胸卡打印了两张：请销毁多余的一张。";
  return record (printing, state, printing->owed->number, reason, text, error);
}

/* Faults ----------------------------------------------------------------------------------------------------------------------------------------- */

static char *fault_text (const char *reasons)
{
  g_auto (GStrv) each = g_strsplit (reasons, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; each[i] != NULL; i++) {
    Wording wording = wording_printer_reason (each[i]);
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? " " : "", wording.fr, wording.zh);
  }
  return g_string_free (text, FALSE);
}

/* TRUE once @reasons have been seen for long enough. That a fault is over is believed at once. */
static gboolean is_steady (Printing *printing, const char *reasons)
{
  gint64 now = monotonic_ms ();

  if (g_strcmp0 (printing->fault, reasons) != 0) {
    g_free (printing->fault);
    printing->fault = g_strdup (reasons);
    printing->fault_ms = now;
  }
  return reasons[0] == '\0' || now - printing->fault_ms >= FAULT_STEADY_MS;
}

/* Notes what keeps the job from being printed, "" for nothing: a fact and a notice where that is new. */
static gboolean set_fault (Printing *printing, const char *reasons, GError **error)
{
  Owed *owed = printing->owed;
  g_autofree char *text = NULL;

  g_assert (owed != NULL);
  if (!is_steady (printing, reasons) || strcmp (owed->reason, reasons) == 0 || monotonic_ms () - printing->fact_ms < FAULT_FACT_EVERY_MS)
    return TRUE;
  printing->fact_ms = monotonic_ms ();
  text = fault_text (reasons);
  if (!owed_record (printing->journal, owed, owed->state, owed->queue, owed->number, reasons, error))
    return FALSE;
  say (printing, text);
  return TRUE;
}

/* What in @status stops the printer, comma-separated. Warnings count for a job that does not come out. */
static char *faults_of (const PrinterStatus *status, gboolean warnings)
{
  GString *faults = g_string_new (NULL);

  for (guint i = 0; status->reasons[i] != NULL; i++) {
    gboolean surely;
    g_autofree char *plain = printer_reason_that_stops (status->reasons[i], &surely);
    if (plain != NULL && (surely || warnings))
      g_string_append_printf (faults, "%s%s", faults->len > 0 ? "," : "", plain);
  }
  if (faults->len == 0 && status->stopped)
    g_string_append (faults, "paused");
  return g_string_free (faults, FALSE);
}

/* A queue that CUPS has paused goes on once nothing stops the printer any more. @job: where the job in hand stands, or NULL. */
static gboolean resume (Printing *printing, const PrinterStatus *status, const PrintJob *job, GError **error)
{
  g_autofree char *faults = faults_of (status, FALSE);
  gint64 now = monotonic_ms ();

  if (!status->stopped) {
    printing->resume_wait_ms = RESUME_FIRST_MS;
    return TRUE;
  }
  if (strcmp (faults, "paused") != 0 || now < printing->resume_ms)
    return TRUE;
  printing->resume_ms = now + printing->resume_wait_ms;
  printing->resume_wait_ms = MIN (2 * printing->resume_wait_ms, RESUME_LAST_MS);
  /* The printer has the job already: CUPS would send it once more. No backend is at work on it, so this does not reach the printer. */
  if (job != NULL && job->at_printer && job->in_cups && job->id > 0 && !printer_cancel (printing->printer, job->id, error))
    return FALSE;
  return printer_resume (printing->printer, error);
}

/* Asks for the printer's faults, now and then. */
static gboolean watch (Printing *printing, const PrintJob *job, GError **error)
{
  gint64 now = monotonic_ms ();
  g_autoptr (PrinterStatus) status = NULL;
  g_autofree char *faults = NULL;

  if (now - printing->status_ms < STATUS_EVERY_MS)
    return TRUE;
  printing->status_ms = now;
  status = printer_status (printing->printer, error);
  if (status == NULL)
    return FALSE;
  faults = faults_of (status, now - printing->sent_ms > WARNING_COUNTS_AFTER_MS);
  return set_fault (printing, faults, error) && resume (printing, status, job, error);
}

/* Following what was sent ------------------------------------------------------------------------------------------------------------------------ */

/* The job of an earlier run may have gone to another queue; only that one's printer knows it. */
static Printer *printer_of_job (Printing *printing, Printer **other)
{
  const char *queue = printing->owed->queue;

  if (queue[0] != '\0' && strcmp (queue, printing->queue) != 0)
    *other = printer_open (queue, NULL);
  return *other != NULL ? *other : printing->printer;
}

/* Nobody knows the job (yet, or any more). */
static gboolean follow_lost (Printing *printing, GError **error)
{
  if (printing->lost_ms == 0)
    printing->lost_ms = monotonic_ms ();
  if (monotonic_ms () - printing->lost_ms < PRINTING_LOST_MS)
    return TRUE;
  return record_end (printing, OWED_UNSURE, "lost", error);
}

/* A cupsd that was killed with the job and came back sends it again. It is stopped; if it was quicker, a second sheet has come out: TRUE. */
static gboolean is_repeated (Printing *printing, const PrintJob *job)
{
  g_autoptr (Printer) other = NULL;
  g_autoptr (PrintJob) again = NULL;

  if (!job->in_cups || job->id <= 0)
    return job->copies > 1;
  printer_cancel (printing->printer, job->id, NULL);
  again = printer_find (printer_of_job (printing, &other), printing->owed->name, job->id, NULL);
  return MAX (job->copies, again != NULL ? again->copies : 0) > 1;
}

static gboolean follow_ended (Printing *printing, const PrintJob *job, GError **error)
{
  if (job->state != PRINT_JOB_COMPLETED)
    return record_end (printing, OWED_FAILED, job->state == PRINT_JOB_CANCELED ? "canceled" : "aborted", error);
  if (printing->ended_ms == 0)
    printing->ended_ms = monotonic_ms ();
  /* CUPS takes no other before it is done with this one, so nothing is lost by watching it: a cupsd killed just now has yet to send it again. */
  if (job->in_cups && job->copies < 2 && !printing->shaken && monotonic_ms () - printing->ended_ms < CUPS_ENDS_MS)
    return TRUE;
  return record_end (printing, OWED_PRINTED, is_repeated (printing, job) ? "repeated" : "", error);
}

/* A cupsd that was killed with the job has come back and sends it again, while the printer still has it: the second copy is called off, before it gets there or there. */
static void call_off_repeat (Printing *printing, const PrintJob *job)
{
  if (printing->started == 0)
    printing->started = job->started;
  if (job->started == printing->started || !job->at_printer || !job->in_cups)
    return;
  if (printer_cancel (printing->printer, job->id, NULL))
    printing->started = job->started;
}

static gboolean follow_job (Printing *printing, const PrintJob *job, GError **error)
{
  Owed *owed = printing->owed;
  gint number = job->id > 0 ? job->id : owed->number;

  if (job->state == PRINT_JOB_LOST)
    return follow_lost (printing, error);
  printing->lost_ms = 0;
  call_off_repeat (printing, job);
  if (owed->state < OWED_SENT && !record (printing, OWED_SENT, number, "", "", error))
    return FALSE;
  if (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED || job->state == PRINT_JOB_COMPLETED)
    return follow_ended (printing, job, error);
  if (job->state == PRINT_JOB_PROCESSING && owed->state < OWED_PRINTING && !record (printing, OWED_PRINTING, number, owed->reason, "", error))
    return FALSE;
  return watch (printing, job, error);
}

static gboolean follow (Printing *printing, GError **error)
{
  g_autoptr (Printer) other = NULL;
  g_autoptr (PrintJob) job = NULL;
  GError *cause = NULL;

  job = printer_find (printer_of_job (printing, &other), printing->owed->name, printing->owed->number, &cause);
  if (g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_error_free (cause);
    return set_fault (printing, "offline", error);
  }
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return job != NULL ? follow_job (printing, job, error) : follow_lost (printing, error);
}

/* Handing over ----------------------------------------------------------------------------------------------------------------------------------- */

/* Is a job in state `queued` at CUPS already? */
static gboolean look (Printing *printing, GError **error)
{
  g_autoptr (Printer) other = NULL;
  GError *cause = NULL;
  g_autoptr (PrintJob) job = printer_find (printer_of_job (printing, &other), printing->owed->name, 0, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (job != NULL) {
    printing->doubtful = FALSE;
    return follow_job (printing, job, error);
  }
  /* Its bytes went to a CUPS that did not live to answer. */
  if (printing->silent)
    return record_end (printing, OWED_UNSURE, "no-answer", error);
  printing->doubtful = FALSE;
  return TRUE;
}

/* May the queue take a job now? If not, the reason is noted. */
static gboolean is_open (Printing *printing, gboolean *open, GError **error)
{
  g_autoptr (PrinterStatus) status = printer_status (printing->printer, error);
  g_autofree char *faults = NULL;

  *open = FALSE;
  if (status == NULL)
    return FALSE;
  if (!status->accepting)
    return set_fault (printing, "not-accepting", error);
  if (status->stopped) {
    faults = faults_of (status, FALSE);
    return set_fault (printing, faults, error) && resume (printing, status, NULL, error);
  }
  *open = TRUE;
  return TRUE;
}

static gboolean hand_over (Printing *printing, GError **error)
{
  Owed *owed = printing->owed;
  GError *cause = NULL;
  g_autoptr (BadgeSheet) sheet = NULL;
  gboolean good, open;
  gint number;

  if (!owed_is_good (printing->journal, owed, &good, error))
    return FALSE;
  if (!good)
    return record (printing, OWED_FAILED, 0, "void", "", error);
  if (owed->state == OWED_NEW && !record (printing, OWED_QUEUED, 0, "", "", error))
    return FALSE;
  if (!is_open (printing, &open, error))
    return FALSE;
  if (!open)
    return TRUE;
  sheet = press_badge (printing->journal, printing->template_, owed->reference, owed->serial, BADGE_FRONT, PRESS_PDF, 0, &cause);
  if (sheet == NULL && cause->domain == JOURNAL_ERROR) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (sheet == NULL) {
    gboolean written = record_end (printing, OWED_FAILED, cause->message, error);
    g_error_free (cause);
    return written;
  }
  number = printer_submit (printing->printer, owed->name, sheet->bytes, sheet->width_mm, sheet->height_mm, &cause);
  if (number == 0) {
    printing->doubtful = printing->silent = g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT);
    g_propagate_error (error, cause);
    return FALSE;
  }
  printing->sent_ms = monotonic_ms ();
  printing->status_ms = printing->sent_ms;
  return record (printing, OWED_SENT, number, "", "", error);
}

/* Steps ------------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean open_printer (Printing *printing, GError **error)
{
  if (printing->printer == NULL)
    printing->printer = printer_open (printing->queue, error);
  return printing->printer != NULL;
}

/* Takes the next owed badge in hand, if there is none. */
static gboolean take (Printing *printing, GError **error)
{
  GError *cause = NULL;

  if (printing->owed != NULL)
    return TRUE;
  printing->owed = owed_next (printing->journal, &printing->after, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  printing->doubtful = printing->owed != NULL && printing->owed->state == OWED_QUEUED;
  printing->silent = FALSE;
  /* An earlier agent had it: CUPS may have been away since, too. */
  printing->shaken = printing->owed != NULL && printing->owed->state >= OWED_SENT;
  printing->started = 0;
  g_clear_pointer (&printing->fault, g_free);
  printing->ended_ms = printing->lost_ms = printing->fact_ms = printing->status_ms = 0;
  printing->sent_ms = monotonic_ms ();
  return TRUE;
}

static gboolean step (Printing *printing, GError **error)
{
  if (printing->owed->state >= OWED_SENT)
    return follow (printing, error);
  return printing->doubtful ? look (printing, error) : hand_over (printing, error);
}

gboolean printing_reconcile (Printing *printing, GError **error)
{
  if (!take (printing, error))
    return FALSE;
  /* At most one was under way: the first that is owed. What is new waits for printing_step(). */
  if (printing->owed == NULL || printing->owed->state == OWED_NEW)
    return TRUE;
  if (!open_printer (printing, error))
    return FALSE;
  return printing->owed->state >= OWED_SENT ? follow (printing, error) : look (printing, error);
}

/* CUPS is away, or says no: nothing is lost. A screen is to know. */
static void note_trouble (Printing *printing, const GError *trouble)
{
  const char *reason = trouble->code == PRINTER_ERROR_NO_QUEUE ? "no-queue" : trouble->code == PRINTER_ERROR_DEVICE ? "offline" : "no-spooler";

  /* The queue may have been made anew, with another printer behind it. */
  g_clear_pointer (&printing->printer, printer_close);
  printing->shaken = TRUE;
  if (printing->owed != NULL && printing->owed->state != OWED_NEW)
    set_fault (printing, reason, NULL);
}

gboolean printing_step (Printing *printing, gboolean *busy, GError **error)
{
  GError *trouble = NULL;
  gboolean done = take (printing, &trouble);

  *busy = printing->owed != NULL;
  if (done && printing->owed != NULL)
    done = open_printer (printing, &trouble) && step (printing, &trouble);
  if (done)
    return TRUE;
  if (trouble->domain == PRINTER_ERROR)
    note_trouble (printing, trouble);
  g_propagate_error (error, trouble);
  return FALSE;
}
