#include "spool/scheduler.h"

#include "spool/printer_choice.h"
#include "spool/printer_state.h"

#include <string.h>

/* How long the first look at a printer is waited for. */
#define LATE_MS 1500
/* Badges looked at beyond those in hand: some may wait for a printer that has another. */
#define LOOKAHEAD 8

struct _Scheduler {
  const SchedulerOptions *options;
  GPtrArray *workers;                        /* those of the pool first, in order of preference */
  gint64 distrust_ms[SCHEDULER_WORKERS_MAX]; /* monotonic, until when; 0: trusted */
  guint done[SCHEDULER_WORKERS_MAX];         /* badges printed, as last seen */
  gint64 started_ms;
  gint64 after; /* nothing is waiting up to this own fact */
};

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* Life ------------------------------------------------------------------------------- */

Scheduler *scheduler_new (const SchedulerOptions *options, Journal *journal, GError **error)
{
  Scheduler *pool;

  if (!printer_state_keep (journal, options->queues, error))
    return NULL;
  pool = g_new0 (Scheduler, 1);
  pool->options = options;
  pool->started_ms = monotonic_ms ();
  pool->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_worker_free);
  for (guint i = 0; options->queues[i] != NULL && i < SCHEDULER_WORKERS_MAX; i++)
    g_ptr_array_add (pool->workers,
                     printer_worker_new (&options->workers, options->queues[i], i + 1));
  return pool;
}

void scheduler_free (Scheduler *pool)
{
  if (pool == NULL)
    return;
  /* All at once, so that the slowest alone is waited for. */
  for (guint i = 0; i < pool->workers->len; i++)
    printer_worker_stop (g_ptr_array_index (pool->workers, i));
  g_ptr_array_unref (pool->workers);
  g_free (pool);
}

/* Dealing ---------------------------------------------------------------------------- */

/* What is known of all workers at one moment. */
typedef struct {
  PrinterWorkerView views[SCHEDULER_WORKERS_MAX];
  PrinterChoiceSlot slots[SCHEDULER_WORKERS_MAX];
  guint workers, members;
} Table;

static void table_clear (Table *table)
{
  for (guint i = 0; i < table->workers; i++)
    g_free (table->views[i].job);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean read_table (Scheduler *pool, Journal *journal, Table *table, GError **error)
{
  gint64 now = monotonic_ms ();

  for (; table->workers < pool->workers->len; table->workers++) {
    guint i = table->workers;
    PrinterWorker *worker = g_ptr_array_index (pool->workers, i);
    PrinterWorkerView *view = &table->views[i];
    printer_worker_view (worker, view);
    if (view->done != pool->done[i] || now > pool->distrust_ms[i])
      pool->distrust_ms[i] = 0;
    pool->done[i] = view->done;
    table->slots[i] = (PrinterChoiceSlot){
      view->job == NULL, view->known,    view->able, pool->distrust_ms[i] == 0,
      view->sent,        view->stuck_ms, FALSE,      view->slow
    };
    table->members += printer_worker_rank (worker) > 0;
    if (!printer_state_rests (journal, printer_worker_queue (worker), &table->slots[i].rests,
                              error)) {
      table->workers++; /* its view is read */
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean is_held (const Table *table, const QueuedJob *queued)
{
  for (guint i = 0; i < table->workers; i++)
    if (g_strcmp0 (table->views[i].job, queued->job) == 0)
      return TRUE;
  return FALSE;
}

/* The worker of the printer that an earlier agent has sent a badge to; -1: it has another
 * in hand. */
static gint slot_of_queue (Scheduler *pool, Table *table, const char *queue)
{
  for (guint i = 0; i < table->workers; i++)
    if (strcmp (printer_worker_queue (g_ptr_array_index (pool->workers, i)), queue) == 0)
      return table->slots[i].free ? (gint) i : -1;
  if (table->workers == SCHEDULER_WORKERS_MAX)
    return -1;
  g_ptr_array_add (pool->workers, printer_worker_new (&pool->options->workers, queue, 0));
  table->slots[table->workers].free = TRUE;
  return (gint) table->workers++;
}

static void deal_one (Scheduler *pool, Table *table, QueuedJob *queued)
{
  gboolean late = monotonic_ms () - pool->started_ms > LATE_MS;
  gint slot = queued->state >= PRINT_STATE_SENT
                  ? slot_of_queue (pool, table, queued->queue)
                  : printer_choice_next (table->slots, table->members, late);

  if (slot < 0) {
    job_queue_free (queued);
    return;
  }
  table->slots[slot].free = FALSE;
  table->slots[slot].sent = queued->state >= PRINT_STATE_SENT;
  printer_worker_give (g_ptr_array_index (pool->workers, (guint) slot), queued);
}

static void take_back (Scheduler *pool, Table *table)
{
  gint slot = printer_choice_release (table->slots, table->members, pool->options->wait_ms);

  if (slot < 0)
    return;
  pool->distrust_ms[slot] = monotonic_ms () + SCHEDULER_DISTRUST_MS;
  printer_worker_take_back (g_ptr_array_index (pool->workers, (guint) slot));
}

gboolean scheduler_deal (Scheduler *pool, Journal *journal, gboolean *busy, GError **error)
{
  g_auto (Table) table = { 0 };
  g_autoptr (GPtrArray) queued = NULL;

  /* The workers first: a badge that none of them has then is nobody's, and what the
   * journal says of it after that holds. */
  if (!read_table (pool, journal, &table, error))
    return FALSE;
  queued = job_queue_list (journal, &pool->after, table.workers + LOOKAHEAD, error);
  if (queued == NULL)
    return FALSE;
  *busy = queued->len > 0;
  for (guint i = 0; i < queued->len; i++)
    if (!is_held (&table, g_ptr_array_index (queued, i)))
      deal_one (pool, &table, g_steal_pointer (&queued->pdata[i]));
  take_back (pool, &table);
  return TRUE;
}
