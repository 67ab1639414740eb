#include "spool/printer_worker.h"

#include "journal/query.h"
#include "print/printer.h"
#include "spool/printer_state.h"

#include <string.h>

/* How soon a current badge is looked at again. */
#define BUSY_MS 50
/* Whoever has been at one step for that long gets no badge meanwhile. */
#define SLOW_MS 400
/* A worker reads a few rows at a time. */
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

const char *printer_worker_queue (const PrinterWorker *worker)
{
  return worker->queue;
}

guint printer_worker_rank (const PrinterWorker *worker)
{
  return worker->rank;
}

void printer_worker_give (PrinterWorker *worker, QueuedJob *queued)
{
  lock_take (&worker->lock);
  g_assert (worker->view.job == NULL);
  worker->given = queued;
  worker->back = FALSE;
  worker->view.job = g_strdup (queued->job);
  worker->view.sent = queued->state >= PRINT_STATE_SENT;
  worker->view.stuck_ms = 0;
  lock_wake_one (&worker->wake);
  lock_give (&worker->lock);
}

void printer_worker_take_back (PrinterWorker *worker)
{
  lock_take (&worker->lock);
  worker->back = TRUE;
  lock_wake_one (&worker->wake);
  lock_give (&worker->lock);
}

void printer_worker_view (PrinterWorker *worker, PrinterWorkerView *view)
{
  lock_take (&worker->lock);
  *view = worker->view;
  view->job = g_strdup (worker->view.job);
  view->slow = worker->entered_ms != 0 && monotonic_ms () - worker->entered_ms > SLOW_MS;
  lock_give (&worker->lock);
}

/* Telling ---------------------------------------------------------------------------- */

static void tell (PrinterWorker *worker, const char *message)
{
  if (g_strcmp0 (worker->trouble, message) == 0)
    return;
  g_free (worker->trouble);
  worker->trouble = g_strdup (message);
  if (worker->options->trouble != NULL)
    worker->options->trouble (worker->queue, message, worker->options->data);
}

/* Brings the printer's row up to date: on a change, and now and then. */
static gboolean post (PrinterWorker *worker, GError **error)
{
  const PrinterHealth *health = job_process_health (worker->printing);
  g_autofree char *troubles = printer_reason_join (health->troubles),
                  *notes = printer_reason_join (health->notes);
  const QueuedJob *queued = job_process_current (worker->printing);
  const char *job = queued != NULL ? queued->job : "";
  PrinterState *row = &worker->row;
  PrinterStateKind state = PRINTER_STATE_UNKNOWN;
  gint64 now = journal_now_ms (worker->journal);
  gboolean moved;

  if (worker->rank == 0)
    return TRUE;
  if (troubles[0] != '\0')
    state = PRINTER_STATE_TROUBLE;
  else if (health->seen_ms != 0)
    state = queued != NULL ? PRINTER_STATE_PRINTING : PRINTER_STATE_READY;
  moved = row->state != state || g_strcmp0 (row->troubles, troubles) != 0;
  if (!moved && g_strcmp0 (row->notes, notes) == 0 && g_strcmp0 (row->job, job) == 0
      && ABS (now - row->heard_ms) < PRINTER_STATE_BEAT_MS)
    return TRUE;
  row->queue = worker->queue;
  row->rank = worker->rank;
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
  return printer_state_write (worker->journal, row, error);
}

/* At work ---------------------------------------------------------------------------- */

/* What an earlier agent has printed and CUPS may not have been told to forget. */
static gboolean tidy (PrinterWorker *worker, GError **error)
{
  g_autoptr (GPtrArray) ended = job_queue_ended (worker->journal, worker->queue, TIDY_MAX, error);
  g_autoptr (Printer) printer
      = ended != NULL && ended->len > 0 ? printer_open (worker->queue, NULL) : NULL;

  for (guint i = 0; printer != NULL && i < ended->len; i++) {
    const QueuedJob *queued = g_ptr_array_index (ended, i);
    /* A cupsd that has lost its spool counts from 1 again: the number may be another's by
     * now. */
    g_autoptr (PrinterJob) job = queued->state != PRINT_STATE_UNSURE
                                     ? printer_find (printer, queued->name, queued->number, NULL)
                                     : NULL;
    if (job != NULL && job->id == queued->number && !job->in_cups)
      printer_forget (printer, queued->number, NULL);
  }
  return ended != NULL;
}

static gboolean open_up (PrinterWorker *worker, GError **error)
{
  if (worker->journal != NULL)
    return TRUE;
  worker->journal = journal_open (worker->options->db, worker->options->clock, error);
  if (worker->journal == NULL || !journal_execute (worker->journal, SMALL_CACHE, error)
      || !tidy (worker, error)) {
    g_clear_pointer (&worker->journal, journal_close);
    return FALSE;
  }
  worker->printing = job_process_new (worker->journal, worker->options->art, worker->queue,
                                      worker->options->notice, worker->options->data);
  return TRUE;
}

/* One round: a step and what is told of it. How long to wait then, in milliseconds. */
static gint64 round_of_work (PrinterWorker *worker, QueuedJob *queued, gboolean back)
{
  g_autoptr (GError) trouble = NULL;

  if (queued != NULL)
    job_process_take (worker->printing, queued);
  if (back)
    job_process_take_back (worker->printing);
  if (worker->rank == 0 && job_process_current (worker->printing) == NULL)
    return PRINTER_WORKER_LOOK_MS;
  if (job_process_step (worker->printing, &trouble)) {
    tell (worker, NULL);
    worker->retry_ms = 0;
  } else {
    tell (worker, trouble->message);
    worker->retry_ms = worker->retry_ms == 0
                           ? PRINTER_WORKER_RETRY_FIRST_MS
                           : MIN (2 * worker->retry_ms, PRINTER_WORKER_RETRY_LAST_MS);
  }
  g_clear_error (&trouble);
  if (!post (worker, &trouble))
    tell (worker, trouble->message);
  if (worker->retry_ms > 0)
    return worker->retry_ms;
  if (job_process_current (worker->printing) != NULL)
    return BUSY_MS;
  /* What has been seen and not told yet is looked at as soon as it can be told. */
  return job_process_health (worker->printing)->seen
                 == job_process_health (worker->printing)->troubles
             ? PRINTER_WORKER_LOOK_MS
             : PRINTER_HEALTH_STEADY_MS;
}

/* Under the lock. */
static void publish (PrinterWorker *worker)
{
  const QueuedJob *queued
      = worker->printing != NULL ? job_process_current (worker->printing) : NULL;
  gint64 stuck_since = queued != NULL ? job_process_stuck_since_ms (worker->printing) : 0;
  PrinterWorkerView *view = &worker->view;
  const PrinterHealth *health;

  worker->entered_ms = 0;
  if (worker->printing == NULL)
    return;
  health = job_process_health (worker->printing);
  if (queued == NULL && worker->given == NULL)
    g_clear_pointer (&view->job, g_free);
  view->known = health->seen_ms != 0;
  view->able = view->known && health->seen == 0;
  if (queued != NULL)
    view->sent = queued->state >= PRINT_STATE_SENT;
  view->stuck_ms = stuck_since != 0 ? monotonic_ms () - stuck_since : 0;
  view->done = job_process_done (worker->printing);
}

static gpointer work (gpointer data)
{
  PrinterWorker *worker = data;
  gint64 wait_ms;

  lock_take (&worker->lock);
  while (!worker->stop) {
    g_autoptr (GError) trouble = NULL;
    worker->entered_ms = monotonic_ms ();
    lock_give (&worker->lock);
    if (!open_up (worker, &trouble)) {
      tell (worker, trouble->message);
      wait_ms = PRINTER_WORKER_RETRY_LAST_MS;
    } else {
      QueuedJob *queued;
      gboolean back;
      lock_take (&worker->lock);
      queued = g_steal_pointer (&worker->given);
      back = worker->back;
      worker->back = FALSE;
      lock_give (&worker->lock);
      wait_ms = round_of_work (worker, queued, back);
    }
    lock_take (&worker->lock);
    publish (worker);
    for (gint64 end = g_get_monotonic_time () + wait_ms * 1000;
         !worker->stop && !(worker->journal != NULL && (worker->given != NULL || worker->back));)
      if (!lock_wake_wait_until (&worker->wake, &worker->lock, end))
        break;
  }
  lock_give (&worker->lock);
  return NULL;
}

/* Life ------------------------------------------------------------------------------- */

PrinterWorker *printer_worker_new (const PrinterWorkerOptions *options, const char *queue,
                                   guint rank)
{
  PrinterWorker *worker = g_new0 (PrinterWorker, 1);

  worker->options = options;
  worker->queue = g_strdup (queue);
  worker->rank = rank;
  lock_init (&worker->lock);
  lock_wake_init (&worker->wake);
  worker->thread = g_thread_new ("printer", work, worker);
  return worker;
}

void printer_worker_stop (PrinterWorker *worker)
{
  lock_take (&worker->lock);
  worker->stop = TRUE;
  lock_wake_one (&worker->wake);
  lock_give (&worker->lock);
}

void printer_worker_free (PrinterWorker *worker)
{
  if (worker == NULL)
    return;
  printer_worker_stop (worker);
  g_thread_join (worker->thread);
  job_process_free (worker->printing);
  journal_close (worker->journal);
  job_queue_free (worker->given);
  g_free (worker->view.job);
  g_free (worker->row.troubles);
  g_free (worker->row.notes);
  g_free (worker->row.job);
  g_free (worker->trouble);
  g_free (worker->queue);
  lock_clear (&worker->lock);
  lock_wake_clear (&worker->wake);
  g_free (worker);
}
