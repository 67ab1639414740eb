#include "spool/printer_worker.h"

#include "journal/query.h"
#include "print/printer.h"
#include "spool/printer_state.h"

#include <string.h>

/* How soon a badge in hand is looked at again. */
#define BUSY_MS 50
/* Whoever has been at one step for that long gets no badge meanwhile. */
#define SLOW_MS 400
/* A lane reads a few rows at a time. */
#define SMALL_CACHE "PRAGMA cache_size = -128"
/* So many badges that an earlier agent has printed may still be known to CUPS. */
#define TIDY_MAX 16

struct _PrinterWorker {
  const PrinterWorkerOptions *options;
  char *queue;
  guint rank;
  GThread *thread;

  /* Behind the lock. */
  Lock lock;
  Wake wake;
  gboolean stop;
  QueuedJob *given;
  gboolean back;
  gint64 entered_ms; /* since when it has been asking; 0: it waits for work */
  PrinterWorkerView view;

  /* The thread's own. */
  Journal *journal;
  JobProcess *printing;
  PrinterState row;
  char *trouble;
  gint64 retry_ms;
};

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* Asked by others -------------------------------------------------------------------- */

const char *printer_worker_queue (const PrinterWorker *lane)
{
  return lane->queue;
}

guint printer_worker_rank (const PrinterWorker *lane)
{
  return lane->rank;
}

void printer_worker_give (PrinterWorker *lane, QueuedJob *owed)
{
  lock_take (&lane->lock);
  g_assert (lane->view.job == NULL);
  lane->given = owed;
  lane->back = FALSE;
  lane->view.job = g_strdup (owed->job);
  lane->view.sent = owed->state >= JOB_QUEUE_SENT;
  lane->view.stuck_ms = 0;
  lock_wake_one (&lane->wake);
  lock_give (&lane->lock);
}

void printer_worker_take_back (PrinterWorker *lane)
{
  lock_take (&lane->lock);
  lane->back = TRUE;
  lock_wake_one (&lane->wake);
  lock_give (&lane->lock);
}

void printer_worker_view (PrinterWorker *lane, PrinterWorkerView *view)
{
  lock_take (&lane->lock);
  *view = lane->view;
  view->job = g_strdup (lane->view.job);
  view->slow = lane->entered_ms != 0 && monotonic_ms () - lane->entered_ms > SLOW_MS;
  lock_give (&lane->lock);
}

/* Telling ---------------------------------------------------------------------------- */

static void tell (PrinterWorker *lane, const char *message)
{
  if (g_strcmp0 (lane->trouble, message) == 0)
    return;
  g_free (lane->trouble);
  lane->trouble = g_strdup (message);
  if (lane->options->trouble != NULL)
    lane->options->trouble (lane->queue, message, lane->options->data);
}

/* Brings the bulletin's row up to date: on a change, and now and then. */
static gboolean post (PrinterWorker *lane, GError **error)
{
  const PrinterHealth *outlook = job_process_outlook (lane->printing);
  g_autofree char *troubles = printer_reason_join (outlook->troubles),
                  *notes = printer_reason_join (outlook->notes);
  const QueuedJob *owed = job_process_in_hand (lane->printing);
  const char *job = owed != NULL ? owed->job : "";
  PrinterState *row = &lane->row;
  BulletinState state = PRINTER_STATE_UNKNOWN;
  gint64 now = journal_now_ms (lane->journal);
  gboolean moved;

  if (lane->rank == 0)
    return TRUE;
  if (troubles[0] != '\0')
    state = PRINTER_STATE_TROUBLE;
  else if (outlook->seen_ms != 0)
    state = owed != NULL ? PRINTER_STATE_PRINTING : PRINTER_STATE_READY;
  moved = row->state != state || g_strcmp0 (row->troubles, troubles) != 0;
  if (!moved && g_strcmp0 (row->notes, notes) == 0 && g_strcmp0 (row->job, job) == 0
      && ABS (now - row->heard_ms) < PRINTER_STATE_BEAT_MS)
    return TRUE;
  row->queue = lane->queue;
  row->rank = lane->rank;
  row->state = state;
  if (moved)
    row->since_ms = now;
  row->heard_ms = now;
  g_free (row->troubles);
  g_free (row->notes);
  g_free (row->job);
  row->troubles = g_steal_pointer (&troubles);
  row->notes = g_steal_pointer (&notes);
  row->job = g_strdup (job);
  return printer_state_write (lane->journal, row, error);
}

/* At work ---------------------------------------------------------------------------- */

/* What an earlier agent has printed and CUPS may not have been told to forget. */
static gboolean tidy (PrinterWorker *lane, GError **error)
{
  g_autoptr (GPtrArray) ended = job_queue_ended (lane->journal, lane->queue, TIDY_MAX, error);
  g_autoptr (Printer) printer
      = ended != NULL && ended->len > 0 ? printer_open (lane->queue, NULL) : NULL;

  for (guint i = 0; printer != NULL && i < ended->len; i++) {
    const QueuedJob *owed = g_ptr_array_index (ended, i);
    /* A cupsd that has lost its spool counts from 1 again: the number may be another's by
     * now. */
    g_autoptr (PrinterJob) job = owed->state != JOB_QUEUE_UNSURE
                                     ? printer_find (printer, owed->name, owed->number, NULL)
                                     : NULL;
    if (job != NULL && job->id == owed->number && !job->in_cups)
      printer_forget (printer, owed->number, NULL);
  }
  return ended != NULL;
}

static gboolean open_up (PrinterWorker *lane, GError **error)
{
  if (lane->journal != NULL)
    return TRUE;
  lane->journal = journal_open (lane->options->db, lane->options->clock, error);
  if (lane->journal == NULL || !journal_execute (lane->journal, SMALL_CACHE, error)
      || !tidy (lane, error)) {
    g_clear_pointer (&lane->journal, journal_close);
    return FALSE;
  }
  lane->printing = job_process_new (lane->journal, lane->options->art, lane->queue,
                                    lane->options->notice, lane->options->data);
  return TRUE;
}

/* One round: a step and what is told of it. How long to wait then, in milliseconds. */
static gint64 round_of_work (PrinterWorker *lane, QueuedJob *owed, gboolean back)
{
  g_autoptr (GError) trouble = NULL;

  if (owed != NULL)
    job_process_take (lane->printing, owed);
  if (back)
    job_process_take_back (lane->printing);
  if (lane->rank == 0 && job_process_in_hand (lane->printing) == NULL)
    return PRINTER_WORKER_LOOK_MS;
  if (job_process_step (lane->printing, &trouble)) {
    tell (lane, NULL);
    lane->retry_ms = 0;
  } else {
    tell (lane, trouble->message);
    lane->retry_ms = lane->retry_ms == 0 ? PRINTER_WORKER_RETRY_FIRST_MS
                                         : MIN (2 * lane->retry_ms, PRINTER_WORKER_RETRY_LAST_MS);
  }
  g_clear_error (&trouble);
  if (!post (lane, &trouble))
    tell (lane, trouble->message);
  if (lane->retry_ms > 0)
    return lane->retry_ms;
  if (job_process_in_hand (lane->printing) != NULL)
    return BUSY_MS;
  /* What has been seen and not told yet is looked at as soon as it can be told. */
  return job_process_outlook (lane->printing)->seen
                 == job_process_outlook (lane->printing)->troubles
             ? PRINTER_WORKER_LOOK_MS
             : PRINTER_HEALTH_STEADY_MS;
}

/* Under the lock. */
static void publish (PrinterWorker *lane)
{
  const QueuedJob *owed = lane->printing != NULL ? job_process_in_hand (lane->printing) : NULL;
  gint64 stuck_since = owed != NULL ? job_process_stuck_since_ms (lane->printing) : 0;
  PrinterWorkerView *view = &lane->view;
  const PrinterHealth *outlook;

  lane->entered_ms = 0;
  if (lane->printing == NULL)
    return;
  outlook = job_process_outlook (lane->printing);
  if (owed == NULL && lane->given == NULL)
    g_clear_pointer (&view->job, g_free);
  view->known = outlook->seen_ms != 0;
  view->able = view->known && outlook->seen == 0;
  if (owed != NULL)
    view->sent = owed->state >= JOB_QUEUE_SENT;
  view->stuck_ms = stuck_since != 0 ? monotonic_ms () - stuck_since : 0;
  view->done = job_process_done (lane->printing);
}

static gpointer work (gpointer data)
{
  PrinterWorker *lane = data;
  gint64 wait_ms;

  lock_take (&lane->lock);
  while (!lane->stop) {
    g_autoptr (GError) trouble = NULL;
    lane->entered_ms = monotonic_ms ();
    lock_give (&lane->lock);
    if (!open_up (lane, &trouble)) {
      tell (lane, trouble->message);
      wait_ms = PRINTER_WORKER_RETRY_LAST_MS;
    } else {
      QueuedJob *owed;
      gboolean back;
      lock_take (&lane->lock);
      owed = g_steal_pointer (&lane->given);
      back = lane->back;
      lane->back = FALSE;
      lock_give (&lane->lock);
      wait_ms = round_of_work (lane, owed, back);
    }
    lock_take (&lane->lock);
    publish (lane);
    for (gint64 end = g_get_monotonic_time () + wait_ms * 1000;
         !lane->stop && !(lane->journal != NULL && (lane->given != NULL || lane->back));)
      if (!lock_wake_wait_until (&lane->wake, &lane->lock, end))
        break;
  }
  lock_give (&lane->lock);
  return NULL;
}

/* Life ------------------------------------------------------------------------------- */

PrinterWorker *printer_worker_new (const PrinterWorkerOptions *options, const char *queue,
                                   guint rank)
{
  PrinterWorker *lane = g_new0 (PrinterWorker, 1);

  lane->options = options;
  lane->queue = g_strdup (queue);
  lane->rank = rank;
  lock_init (&lane->lock);
  lock_wake_init (&lane->wake);
  lane->thread = g_thread_new ("printer", work, lane);
  return lane;
}

void printer_worker_stop (PrinterWorker *lane)
{
  lock_take (&lane->lock);
  lane->stop = TRUE;
  lock_wake_one (&lane->wake);
  lock_give (&lane->lock);
}

void printer_worker_free (PrinterWorker *lane)
{
  if (lane == NULL)
    return;
  printer_worker_stop (lane);
  g_thread_join (lane->thread);
  job_process_free (lane->printing);
  journal_close (lane->journal);
  job_queue_free (lane->given);
  g_free (lane->view.job);
  g_free (lane->row.troubles);
  g_free (lane->row.notes);
  g_free (lane->row.job);
  g_free (lane->trouble);
  g_free (lane->queue);
  lock_clear (&lane->lock);
  lock_wake_clear (&lane->wake);
  g_free (lane);
}
