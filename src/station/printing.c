#include "station/printing.h"

#include "print/printer.h"
#include "station/wording.h"

#include <string.h>

/* How often a printer that has a job in hand is asked for its troubles. */
#define STATUS_EVERY_MS 300
/* Between two facts about the same job's troubles, so that a loose contact does not fill the journal. */
#define FAULT_FACT_EVERY_MS 1000
/* How long CUPS may take to see that the printer has done a job. */
#define CUPS_ENDS_MS 3000
/* Between attempts to resume a paused queue, doubled up to the second. */
#define RESUME_FIRST_MS 500
#define RESUME_LAST_MS 30000
/* How long it is believed that a printer can print. */
#define WELL_LASTS_MS 1500
/* So old is a badge taken to be that an earlier agent sent and of which CUPS knows nothing any more. */
#define OLD_S 600
/* So long a printer that has been switched on is left alone: of one that was switched on in the same seconds as it got a badge, nobody could say whether it has forgotten one. */
#define WAKES_S 3
/* With these, CUPS would only keep a badge: it waits here. (A printer that is out of paper may well have it: it comes out the moment there is some.) */
#define KEPT_BACK (TROUBLE_BIT (TROUBLE_REJECTING) | TROUBLE_BIT (TROUBLE_STOPPED) | TROUBLE_BIT (TROUBLE_OFF))

struct _Printing {
  Journal *journal;
  DocumentArt *art;
  char *queue;
  Printer *printer;      /* NULL until CUPS has answered */
  PrintingNotice notice;
  gpointer data;

  Outlook outlook;
  gint64 resume_ms, resume_wait_ms;
  gint64 awake_ms;       /* when the printer will have been on for long enough; 0: it has been */
  guint done;

  Owed *owed;            /* the badge in hand; NULL for none */
  gboolean back;         /* it is asked for back */
  gboolean shaken;       /* CUPS was away while it had the job */
  gint known_id;         /* its number at CUPS, as CUPS has said just now; 0: CUPS does not know it */
  gboolean called_off;   /* a copy that CUPS sent again */
  gboolean cut;          /* CUPS was made to let go of it with its backend at work */
  gboolean twice;        /* it has come out more than once, or may have */
  gint started;          /* when CUPS began with it, as first seen; 0: not yet */
  gint64 sent_ms;        /* when it was handed over or first followed */
  gint64 born_ms;        /* when CUPS got it; 0: not known */
  gint64 ended_ms;       /* since when the printer has done it; 0: not yet */
  gint64 lost_ms;        /* since when nobody knows it; 0: known */
  gint64 recall_ms;      /* since when it is being called off; 0: it is not */
  gint64 status_ms, fact_ms;
};

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

Printing *printing_new (Journal *journal, DocumentArt *art, const char *queue, PrintingNotice notice, gpointer data)
{
  Printing *printing = g_new0 (Printing, 1);

  printing->journal = journal;
  printing->art = art;
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
  g_free (printing);
}

const Owed *printing_in_hand (const Printing *printing)
{
  return printing->owed;
}

const Outlook *printing_outlook (const Printing *printing)
{
  return &printing->outlook;
}

gint64 printing_stuck_since_ms (const Printing *printing)
{
  return printing->owed != NULL ? printing->outlook.stuck_ms : 0;
}

guint printing_done (const Printing *printing)
{
  return printing->done;
}

void printing_take (Printing *printing, Owed *owed)
{
  g_assert (printing->owed == NULL);
  printing->owed = owed;
  /* An earlier agent had it: CUPS may have been away since, too. */
  printing->shaken = owed->state >= OWED_SENT;
  printing->back = printing->called_off = printing->cut = printing->twice = FALSE;
  printing->started = printing->known_id = 0;
  printing->born_ms = 0;
  printing->ended_ms = printing->lost_ms = printing->recall_ms = printing->fact_ms = printing->status_ms = 0;
  printing->sent_ms = monotonic_ms ();
  outlook_begin (&printing->outlook, printing->sent_ms);
}

void printing_take_back (Printing *printing)
{
  printing->back = TRUE;
}

/* Notices ---------------------------------------------------------------------------------------------------------------------------------------- */

static void say (Printing *printing, const char *job, const char *state, const char *text)
{
  if (printing->notice != NULL)
    printing->notice (printing->queue, job, state, text, printing->data);
}

/* Troubles --------------------------------------------------------------------------------------------------------------------------------------- */

static char *trouble_text (TroubleSet troubles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < TROUBLE_COUNT; i++)
    if ((troubles & TROUBLE_BIT (i)) != 0) {
      Wording wording = wording_printer_reason (trouble_keyword ((Trouble) i));
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " " : "", wording.fr, wording.zh);
    }
  return g_string_free (text, FALSE);
}

/* The printer's own news, whoever waits for it. */
static void tell_trouble (Printing *printing, TroubleSet troubles)
{
  g_autofree char *text = trouble_text (troubles);

  if (printing->outlook.troubles == troubles)
    return;
  printing->outlook.troubles = troubles;
  say (printing, "", troubles != 0 ? "trouble" : "well", text);
}

/* Facts ------------------------------------------------------------------------------------------------------------------------------------------ */

/* CUPS need not remember a badge that is done, nor bring it out later. That it cannot be told so now is no failure: owed_ended() finds it again when the next agent starts. */
static void forget (Printing *printing)
{
  if (printing->printer != NULL && printing->known_id > 0)
    printer_forget (printing->printer, printing->known_id, NULL);
  printing->known_id = 0;
}

/* Writes a new state and says so. A final one, or a badge given back, leaves the hand empty. */
static gboolean record (Printing *printing, OwedState state, gint number, const char *reason, const char *text, GError **error)
{
  Owed *owed = printing->owed;
  gboolean moved = strcmp (reason, OWED_MOVED) == 0;

  g_assert (owed != NULL); /* there is a badge in hand */
  if (!owed_record (printing->journal, owed, state, moved ? "" : printing->queue, number, reason, error))
    return FALSE;
  say (printing, owed->job, owed_state_name (owed->state), text);
  if (!owed_is_final (state) && !moved)
    return TRUE;
  if (state == OWED_PRINTED) {
    outlook_print (&printing->outlook, monotonic_ms ());
    tell_trouble (printing, 0);
    printing->done++;
  }
  forget (printing);
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
    text = "Ce badge a pu sortir deux fois : détruisez le second. 此胸卡可能打印了两张：请销毁多余的一张。";
  return record (printing, state, printing->owed->number, reason, text, error);
}

/* Watching --------------------------------------------------------------------------------------------------------------------------------------- */

/* Notes what keeps the printer from printing: a notice where that is new, and a fact about the badge that waits for it. */
static gboolean set_troubles (Printing *printing, TroubleSet troubles, GError **error)
{
  Owed *owed = printing->owed;
  g_autofree char *text = NULL, *reasons = trouble_join (troubles);

  if (!outlook_see (&printing->outlook, troubles, monotonic_ms ()))
    return TRUE;
  tell_trouble (printing, troubles);
  if (owed == NULL || owed->state == OWED_NEW || strcmp (owed->reason, reasons) == 0 || monotonic_ms () - printing->fact_ms < FAULT_FACT_EVERY_MS)
    return TRUE;
  printing->fact_ms = monotonic_ms ();
  text = trouble_text (troubles);
  return record (printing, owed->state, owed->number, reasons, text, error);
}

/* A queue that CUPS has paused goes on once nothing stops the printer any more. @job: where the job in hand stands, or NULL. */
static gboolean resume (Printing *printing, const PrinterStatus *status, const PrintJob *job, GError **error)
{
  gint64 now = monotonic_ms ();

  if (!status->stopped) {
    printing->resume_wait_ms = RESUME_FIRST_MS;
    return TRUE;
  }
  if (status->errors != TROUBLE_BIT (TROUBLE_STOPPED) || now < printing->resume_ms)
    return TRUE;
  printing->resume_ms = now + printing->resume_wait_ms;
  printing->resume_wait_ms = MIN (2 * printing->resume_wait_ms, RESUME_LAST_MS);
  /* The printer has the job already: CUPS would send it once more. No backend is at work on it, so this does not reach the printer. */
  if (job != NULL && job->at_printer && job->in_cups && job->id > 0 && !printer_cancel (printing->printer, job->id, error))
    return FALSE;
  return printer_resume (printing->printer, error);
}

/* Asks the printer how it is. @job: where the job in hand stands, or NULL. */
static gboolean look (Printing *printing, const PrintJob *job, GError **error)
{
  g_autoptr (PrinterStatus) status = printer_status (printing->printer, error);
  TroubleSet troubles;
  gint64 waited = 0;

  printing->status_ms = monotonic_ms ();
  if (status == NULL)
    return FALSE;
  printing->awake_ms = status->up_s >= 0 && status->up_s < WAKES_S ? printing->status_ms + (gint64) (WAKES_S - status->up_s) * 1000 : 0;
  if (printing->owed != NULL && printing->owed->state >= OWED_SENT)
    waited = printing->status_ms - printing->sent_ms;
  troubles = outlook_hear (&printing->outlook, status, waited) | (job != NULL ? job->troubles : 0);
  return set_troubles (printing, troubles, error) && resume (printing, status, job, error);
}

/* A badge that has been made void since it was sent is to be called off, whether its printer waits for something or is at work: who cancels it counts on that. */
static gboolean still_wanted (Printing *printing, GError **error)
{
  gboolean good = TRUE;

  if (printing->owed != NULL && !owed_is_good (printing->journal, printing->owed, &good, error))
    return FALSE;
  printing->back = printing->back || !good;
  return TRUE;
}

static gboolean watch (Printing *printing, const PrintJob *job, GError **error)
{
  return monotonic_ms () - printing->status_ms < STATUS_EVERY_MS || (look (printing, job, error) && still_wanted (printing, error));
}

/* Following what was sent ------------------------------------------------------------------------------------------------------------------------ */

/* Nobody knows the job (yet, or any more). */
static gboolean follow_lost (Printing *printing, GError **error)
{
  if (printing->lost_ms == 0)
    printing->lost_ms = monotonic_ms ();
  if (monotonic_ms () - printing->lost_ms < PRINTING_LOST_MS)
    return TRUE;
  return record_end (printing, OWED_UNSURE, "lost", error);
}

/* The printer has printed it. CUPS is made to let go of it before that is a fact: a cupsd that is killed before its own end of the job is on disk would send it again, and nobody would be watching any more. */
static gboolean let_go (Printing *printing, const PrintJob *job, GError **error)
{
  g_autoptr (PrintJob) again = NULL;
  GError *cause = NULL;

  printing->cut = printing->cut || job->in_cups;
  if (!printer_forget (printing->printer, job->id, error))
    return FALSE;
  again = printer_find (printing->printer, printing->owed->name, job->id, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  printing->known_id = again != NULL ? again->id : 0;
  printing->twice = printing->twice || (again != NULL && (again->copies > 1 || again->forgotten));
  return TRUE;
}

/* TRUE while a backend that was cut short may still be at the printer's door. */
static gboolean backend_works (Printing *printing, gboolean *works, GError **error)
{
  g_autoptr (PrinterStatus) status = printing->cut ? printer_status (printing->printer, error) : NULL;

  *works = status != NULL && status->busy && monotonic_ms () - printing->ended_ms < 2 * CUPS_ENDS_MS;
  return status != NULL || !printing->cut;
}

/* A printer that has been switched on since it may have got the badge may have forgotten one. printer_find() compares where CUPS knows the job. */
static gboolean may_be_forgotten (const Printing *printing, const PrintJob *job)
{
  gint64 age_s = printing->born_ms != 0 ? (monotonic_ms () - printing->born_ms) / 1000 : OLD_S;

  return job->forgotten || (job->at_printer && job->id == 0 && job->up_s >= 0 && job->up_s <= age_s + 1);
}

static gboolean follow_printed (Printing *printing, const PrintJob *job, GError **error)
{
  gboolean works = FALSE;

  if (printing->ended_ms == 0)
    printing->ended_ms = monotonic_ms ();
  printing->twice = printing->twice || job->copies > 1 || may_be_forgotten (printing, job);
  /* CUPS takes no other before it is done with this one, so nothing is lost by waiting for it. */
  if (job->in_cups && job->copies < 2 && !printing->shaken && monotonic_ms () - printing->ended_ms < CUPS_ENDS_MS)
    return TRUE;
  if (job->at_printer && job->id > 0) {
    if (!let_go (printing, job, error))
      return FALSE;
    if (printing->known_id > 0)
      return TRUE;
  }
  if (!backend_works (printing, &works, error))
    return FALSE;
  return works || record_end (printing, OWED_PRINTED, printing->twice ? "repeated" : "", error);
}

static gboolean follow_ended (Printing *printing, const PrintJob *job, GError **error)
{
  if (job->state == PRINT_JOB_COMPLETED)
    return follow_printed (printing, job, error);
  /* It may be this agent, or the one before, that has called off what was sent again, and a first copy may have come out of a printer that has forgotten it: who has not watched all the while cannot say that none has. */
  return record_end (printing, printing->shaken || printing->called_off ? OWED_UNSURE : OWED_FAILED, job->state == PRINT_JOB_CANCELED ? "canceled" : "aborted", error);
}

/* A cupsd that was killed with the job has come back and sends it again, while the printer still has it: the second copy is called off, before it gets there or there. */
static void call_off_repeat (Printing *printing, const PrintJob *job)
{
  if (printing->started == 0)
    printing->started = job->started;
  if (job->started == printing->started || !job->at_printer || !job->in_cups)
    return;
  printing->called_off = TRUE;
  if (printer_cancel (printing->printer, job->id, NULL))
    printing->started = job->started;
}

static gboolean follow_job (Printing *printing, const PrintJob *job, GError **error)
{
  Owed *owed = printing->owed;

  if (job->id > 0)
    owed->number = job->id;
  if (printing->born_ms == 0 && job->age_s >= 0)
    printing->born_ms = monotonic_ms () - (gint64) job->age_s * 1000;
  if (job->state == PRINT_JOB_LOST)
    return follow_lost (printing, error);
  printing->lost_ms = 0;
  call_off_repeat (printing, job);
  if (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED || job->state == PRINT_JOB_COMPLETED)
    return follow_ended (printing, job, error);
  if (job->state == PRINT_JOB_PROCESSING && owed->state < OWED_PRINTING && !record (printing, OWED_PRINTING, owed->number, owed->reason, "", error))
    return FALSE;
  return watch (printing, job, error);
}

static gboolean follow (Printing *printing, GError **error)
{
  GError *cause = NULL;
  g_autoptr (PrintJob) job = printer_find (printing->printer, printing->owed->name, printing->owed->number, &cause);

  /* A cupsd that has lost its spool counts from 1 again: a number is good only where the name has just been seen with it. */
  printing->known_id = job != NULL ? job->id : 0;
  if (g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_error_free (cause);
    return set_troubles (printing, TROUBLE_BIT (TROUBLE_OFF), error);
  }
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return job != NULL ? follow_job (printing, job, error) : follow_lost (printing, error);
}

/* Taking back ------------------------------------------------------------------------------------------------------------------------------------ */

/* It cannot come out any more, unless CUPS forgets that it was cancelled: so it is to forget all of it. */
static gboolean give_back (Printing *printing, GError **error)
{
  Owed *owed = printing->owed;
  GError *cause = NULL;
  g_autoptr (PrintJob) job = printer_find (printing->printer, owed->name, owed->number, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  printing->known_id = 0;
  if (job != NULL && job->id > 0 && !printer_forget (printing->printer, job->id, error))
    return FALSE;
  return record (printing, OWED_QUEUED, 0, OWED_MOVED, "", error);
}

static gboolean take_back (Printing *printing, GError **error)
{
  Owed *owed = printing->owed;
  PrinterRecall recall = RECALL_PENDING;
  g_autofree char *reasons = NULL;
  GError *cause = NULL;

  if (owed->state < OWED_SENT)
    return record (printing, OWED_QUEUED, 0, OWED_MOVED, "", error);
  printing->known_id = 0;
  printer_recall (printing->printer, owed->name, owed->number, &recall, &cause);
  if (cause != NULL && !g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_DEVICE)) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (cause == NULL && recall == RECALL_GONE)
    return give_back (printing, error);
  if (cause == NULL && recall == RECALL_PRINTED)
    return record_end (printing, OWED_PRINTED, "", error);
  g_clear_error (&cause);
  if (printing->recall_ms == 0)
    printing->recall_ms = monotonic_ms ();
  if (monotonic_ms () - printing->recall_ms < (recall == RECALL_UNKNOWN ? PRINTING_LOST_MS : PRINTING_RECALL_MS))
    return TRUE;
  reasons = trouble_join (printing->outlook.seen);
  return record_end (printing, OWED_UNSURE, reasons[0] != '\0' ? reasons : "lost", error);
}

/* Handing over ----------------------------------------------------------------------------------------------------------------------------------- */

/* From here on it may come out. */
static gboolean send_document (Printing *printing, const Document *document, GError **error)
{
  Owed *owed = printing->owed;
  GError *cause = NULL;
  gint number;

  if (!record (printing, OWED_SENT, 0, "", "", error))
    return FALSE;
  printing->sent_ms = printing->status_ms = printing->born_ms = monotonic_ms ();
  outlook_send (&printing->outlook);
  number = printer_send (printing->printer, owed->name, document->wish, document->bytes, document->sides, &cause);
  if (number > 0) {
    owed->number = printing->known_id = number;
    return TRUE;
  }
  /* Unless nobody knows whether CUPS has it, it has not. */
  if (!g_error_matches (cause, PRINTER_ERROR, PRINTER_ERROR_SILENT) && !record (printing, OWED_QUEUED, 0, "", "", error)) {
    g_error_free (cause);
    return FALSE;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean hand_over (Printing *printing, GError **error)
{
  Owed *owed = printing->owed;
  GError *cause = NULL;
  g_autoptr (Document) document = NULL;
  gboolean good, written;

  if (!owed_is_good (printing->journal, owed, &good, error))
    return FALSE;
  if (!good)
    return record (printing, OWED_FAILED, 0, "void", "", error);
  if ((owed->state == OWED_NEW || strcmp (owed->queue, printing->queue) != 0) && !record (printing, OWED_QUEUED, 0, "", "", error))
    return FALSE;
  if ((printing->outlook.well_ms == 0 || monotonic_ms () - printing->outlook.well_ms > WELL_LASTS_MS) && !watch (printing, NULL, error))
    return FALSE;
  if ((printing->outlook.seen & KEPT_BACK) != 0 || monotonic_ms () < printing->awake_ms)
    return TRUE;
  document = document_make (printing->journal, printing->art, printing->printer, owed->reference, owed->serial, &cause);
  if (document != NULL)
    return send_document (printing, document, error);
  if (cause->domain == JOURNAL_ERROR || cause->domain == PRINTER_ERROR) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  written = record_end (printing, OWED_FAILED, cause->message, error);
  g_error_free (cause);
  return written;
}

/* Steps ------------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean open_printer (Printing *printing, GError **error)
{
  if (printing->printer == NULL)
    printing->printer = printer_open (printing->queue, error);
  return printing->printer != NULL;
}

static gboolean step (Printing *printing, GError **error)
{
  if (printing->back && printing->owed != NULL && printing->owed->state < OWED_SENT)
    return take_back (printing, error);
  if (!open_printer (printing, error))
    return FALSE;
  if (printing->owed == NULL)
    return look (printing, NULL, error);
  if (printing->back)
    return take_back (printing, error);
  return printing->owed->state >= OWED_SENT ? follow (printing, error) : hand_over (printing, error);
}

/* CUPS is away, or says no: nothing is lost. A screen is to know. */
static void note_error (Printing *printing, const GError *trouble)
{
  /* The queue may have been made anew, with another printer behind it. */
  g_clear_pointer (&printing->printer, printer_close);
  printing->shaken = TRUE;
  set_troubles (printing, TROUBLE_BIT (printer_error_trouble (trouble)), NULL);
}

gboolean printing_step (Printing *printing, GError **error)
{
  GError *trouble = NULL;

  if (step (printing, &trouble))
    return TRUE;
  if (trouble->domain == PRINTER_ERROR)
    note_error (printing, trouble);
  /* With the queue, CUPS has forgotten what was in it, and there is no way left to ask the printer. */
  if (g_error_matches (trouble, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE) && printing->owed != NULL && printing->owed->state >= OWED_SENT)
    follow_lost (printing, NULL);
  g_propagate_error (error, trouble);
  return FALSE;
}
