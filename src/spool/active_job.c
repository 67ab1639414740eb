#include "spool/active_job.h"

#include "core/words.h"
#include "vocabulary/wording.h"

#include <string.h>

/* How often a printer that has a job in hand is asked for its troubles. */
#define STATUS_EVERY_MS 300
/* Between two facts about the same job's troubles, so that a loose contact does not fill
 * the journal. */
#define FAULT_FACT_EVERY_MS 1000
/* Between attempts to resume a paused queue, doubled from ACTIVE_JOB_RESUME_FIRST_MS up
 * to this. */
#define RESUME_LAST_MS 30000
/* So long a printer that has been switched on is left alone: of one that was switched
 * on in the same seconds as it got a badge, nobody could say whether it has forgotten
 * one. */
#define WAKES_S 3

gint64 active_job_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* Notices ---------------------------------------------------------------------------- */

static void say (ActiveJob *active, const char *job, const char *state, const char *text)
{
  if (active->notice != NULL)
    active->notice (active->queue, job, state, text, active->data);
}

/* Troubles --------------------------------------------------------------------------- */

static char *trouble_text (TroubleSet troubles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PRINTER_REASON_COUNT; i++)
    if ((troubles & PRINTER_REASON_BIT (i)) != 0) {
      Pair wording = wording_printer_reason (printer_reason_keyword ((PrinterReason) i));
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " " : "", wording.first,
                              wording.second);
    }
  return g_string_free (text, FALSE);
}

/* The printer's own news, whoever waits for it. */
static void tell_trouble (ActiveJob *active, TroubleSet troubles)
{
  g_autofree char *text = trouble_text (troubles);

  if (active->health.troubles == troubles)
    return;
  active->health.troubles = troubles;
  say (active, "", troubles != 0 ? "trouble" : "well", text);
}

/* Facts ------------------------------------------------------------------------------ */

/* CUPS need not remember a badge that is done, nor bring it out later. That it cannot
 * be told so now is no failure: job_queue_ended() finds it again when the next agent
 * starts. */
static void forget (ActiveJob *active)
{
  if (active->printer != NULL && active->known_id > 0)
    printer_forget (active->printer, active->known_id, NULL);
  active->known_id = 0;
}

gboolean active_job_record (ActiveJob *active, PrintState state, gint number, const char *reason,
                            const char *text, GError **error)
{
  QueuedJob *queued = active->queued;
  gboolean moved = strcmp (reason, JOB_QUEUE_MOVED) == 0;

  g_assert (queued != NULL); /* there is a current badge */
  if (!job_queue_record (active->journal, queued, state, moved ? "" : active->queue, number, reason,
                         error))
    return FALSE;
  say (active, queued->job, print_state_name (queued->state), text);
  if (!print_state_is_final (state) && !moved)
    return TRUE;
  if (state == PRINT_STATE_PRINTED) {
    active->stalled = FALSE;
    printer_health_print (&active->health, active_job_now_ms ());
    tell_trouble (active, 0);
    active->done++;
  }
  forget (active);
  active->refused = 0;
  g_clear_pointer (&active->queued, job_queue_free);
  return TRUE;
}

gboolean active_job_record_end (ActiveJob *active, PrintState state, const char *reason,
                                GError **error)
{
  const char *text = "";

  g_assert (active->queued != NULL);
  if (state == PRINT_STATE_FAILED)
    text = N_ ("This badge was not printed: print it again at the welcome desk.");
  else if (state == PRINT_STATE_UNSURE)
    text = N_ ("Did this badge come out of the printer? If not, print it again.");
  else if (strcmp (reason, "repeated") == 0)
    text = N_ ("This badge may have come out twice: destroy the second one.");
  Pair said = words_pair (text);
  g_autofree char *both
      = *text != '\0' ? g_strdup_printf ("%s %s", said.first, said.second) : g_strdup ("");
  return active_job_record (active, state, active->queued->number, reason, both, error);
}

/* Watching --------------------------------------------------------------------------- */

gboolean active_job_set_troubles (ActiveJob *active, TroubleSet troubles, GError **error)
{
  QueuedJob *queued = active->queued;
  PrintState state = queued != NULL ? MAX (queued->state, PRINT_STATE_QUEUED) : PRINT_STATE_NEW;
  g_autofree char *text = NULL, *reasons = printer_reason_join (troubles);

  if (!printer_health_see (&active->health, troubles, active_job_now_ms ()))
    return TRUE;
  tell_trouble (active, troubles);
  if (queued == NULL || strcmp (queued->reason, reasons) == 0
      || active_job_now_ms () - active->fact_ms < FAULT_FACT_EVERY_MS)
    return TRUE;
  active->fact_ms = active_job_now_ms ();
  text = trouble_text (troubles);
  return active_job_record (active, state, queued->number, reasons, text, error);
}

/* A queue that CUPS has paused goes on once nothing stops the printer any more. @job:
 * where the current job stands, or NULL. */
static gboolean resume (ActiveJob *active, const PrinterStatus *status, const PrinterJob *job,
                        GError **error)
{
  gint64 now = active_job_now_ms ();

  if (!status->stopped) {
    active->resume_wait_ms = ACTIVE_JOB_RESUME_FIRST_MS;
    return TRUE;
  }
  if (status->errors != PRINTER_REASON_BIT (PRINTER_REASON_STOPPED) || now < active->resume_ms)
    return TRUE;
  active->resume_ms = now + active->resume_wait_ms;
  active->resume_wait_ms = MIN (2 * active->resume_wait_ms, RESUME_LAST_MS);
  /* The printer has the job already: CUPS would send it once more. No backend is at work
   * on it, so this does not reach the printer. */
  if (job != NULL && job->at_printer && job->in_cups && job->id > 0
      && !printer_cancel (active->printer, job->id, error))
    return FALSE;
  return printer_resume (active->printer, error);
}

void active_job_found (ActiveJob *active)
{
  active->lost_ms = 0;
  active->lost_looks = 0;
}

/* A badge that was sent, does not come out, and nobody says why: a backend that is still
 * at the address where the printer was, a printer that is busy for ever. That is a
 * trouble, too; then it is asked back, so that another printer may have it or a person is
 * asked. */
static TroubleSet stall (ActiveJob *active, const PrinterStatus *status)
{
  gint64 now = active->status_ms;
  PrinterQuiet quiet;

  if (active->queued == NULL || active->queued->state < PRINT_STATE_SENT || active->heard != 0) {
    active->quiet_ms = now;
    return 0;
  }
  quiet = printer_health_quiet (now - active->quiet_ms, status->idle, active->stalled);
  active->stalled = active->stalled || quiet != PRINTER_QUIET_YET;
  active->back = active->back || quiet == PRINTER_QUIET_ASK;
  return quiet != PRINTER_QUIET_YET ? PRINTER_REASON_BIT (PRINTER_REASON_STALLED) : 0;
}

gboolean active_job_look (ActiveJob *active, const PrinterJob *job, GError **error)
{
  g_autoptr (PrinterStatus) status = printer_status (active->printer, error);
  gint64 waited = 0;

  active->status_ms = active_job_now_ms ();
  if (status == NULL)
    return FALSE;
  active->awake_ms = status->up_s >= 0 && status->up_s < WAKES_S
                         ? active->status_ms + (gint64) (WAKES_S - status->up_s) * 1000
                         : 0;
  if (active->queued != NULL && active->queued->state >= PRINT_STATE_SENT)
    waited = active->status_ms - active->sent_ms;
  active->heard
      = printer_health_hear (&active->health, status, waited) | (job != NULL ? job->troubles : 0);
  active->heard |= stall (active, status);
  return active_job_set_troubles (active, active->heard | active->refused, error)
         && resume (active, status, job, error);
}

/* A badge that has been made void since it was sent is to be called off, whether its
 * printer waits for something or is at work: who cancels it counts on that. */
static gboolean still_wanted (ActiveJob *active, GError **error)
{
  gboolean good = TRUE;

  if (active->queued != NULL && !job_queue_is_good (active->journal, active->queued, &good, error))
    return FALSE;
  active->back = active->back || !good;
  return TRUE;
}

gboolean active_job_watch (ActiveJob *active, const PrinterJob *job, GError **error)
{
  return active_job_now_ms () - active->status_ms < STATUS_EVERY_MS
         || (active_job_look (active, job, error) && still_wanted (active, error));
}
