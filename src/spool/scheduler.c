#include "spool/scheduler.h"

#include "spool/printer_state.h"

#include <string.h>

/* How long the first look at a printer is waited for. */
#define LATE_MS 1500
/* Badges looked at beyond those in hand: some may wait for a printer that has another. */
#define LOOKAHEAD 8

struct _Scheduler {
  const SchedulerOptions *options;
  GPtrArray *lanes;                        /* those of the pool first, in order of preference */
  gint64 distrust_ms[SCHEDULER_LANES_MAX]; /* monotonic, until when; 0: trusted */
  guint done[SCHEDULER_LANES_MAX];         /* badges printed, as last seen */
  gint64 started_ms;
  gint64 after; /* nothing is owed up to this own fact */
};

static gint64 monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* Choosing --------------------------------------------------------------------------- */

static gboolean can_take (const SchedulerSlot *seat)
{
  return seat->able && !seat->slow;
}

gint scheduler_choose (const SchedulerSlot *seats, guint count, gboolean late)
{
  gboolean any_good = FALSE, any_able = FALSE, all_known = TRUE, tried = FALSE;

  for (guint i = 0; i < count; i++) {
    const SchedulerSlot *seat = &seats[i];
    if (seat->free && can_take (seat) && seat->trusted)
      return (gint) i;
    any_good = any_good || (can_take (seat) && seat->trusted);
    any_able = any_able || can_take (seat);
    all_known = all_known && seat->known;
    tried = tried || (!seat->free && !seat->sent && !can_take (seat));
  }
  /* A good one will soon be free. */
  if (any_good)
    return -1;
  /* Those that are able, if not trusted, before those that are not; of these, one badge
   * waits at one printer. */
  if (!any_able && (tried || (!all_known && !late)))
    return -1;
  for (guint i = 0; i < count; i++)
    if (seats[i].free && (can_take (&seats[i]) || !any_able))
      return (gint) i;
  return -1;
}

gint scheduler_release (const SchedulerSlot *seats, guint count, gint64 wait_ms)
{
  gboolean another = FALSE;

  for (guint i = 0; i < count; i++)
    another = another || (seats[i].free && can_take (&seats[i]));
  for (guint i = 0; another && i < count; i++)
    if (!seats[i].free && !seats[i].able && seats[i].known
        && (!seats[i].sent || seats[i].stuck_ms >= wait_ms))
      return (gint) i;
  return -1;
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
  pool->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_worker_free);
  for (guint i = 0; options->queues[i] != NULL && i < SCHEDULER_LANES_MAX; i++)
    g_ptr_array_add (pool->lanes, printer_worker_new (&options->lanes, options->queues[i], i + 1));
  return pool;
}

void scheduler_free (Scheduler *pool)
{
  if (pool == NULL)
    return;
  /* All at once, so that the slowest alone is waited for. */
  for (guint i = 0; i < pool->lanes->len; i++)
    printer_worker_stop (g_ptr_array_index (pool->lanes, i));
  g_ptr_array_unref (pool->lanes);
  g_free (pool);
}

/* Dealing ---------------------------------------------------------------------------- */

/* What is known of all lanes at one moment. */
typedef struct {
  PrinterWorkerView views[SCHEDULER_LANES_MAX];
  SchedulerSlot seats[SCHEDULER_LANES_MAX];
  guint lanes, members;
} Table;

static void table_clear (Table *table)
{
  for (guint i = 0; i < table->lanes; i++)
    g_free (table->views[i].job);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void read_table (Scheduler *pool, Table *table)
{
  gint64 now = monotonic_ms ();

  for (; table->lanes < pool->lanes->len; table->lanes++) {
    guint i = table->lanes;
    PrinterWorker *lane = g_ptr_array_index (pool->lanes, i);
    PrinterWorkerView *view = &table->views[i];
    printer_worker_view (lane, view);
    if (view->done != pool->done[i] || now > pool->distrust_ms[i])
      pool->distrust_ms[i] = 0;
    pool->done[i] = view->done;
    table->seats[i]
        = (SchedulerSlot){ view->job == NULL, view->known,    view->able, pool->distrust_ms[i] == 0,
                           view->sent,        view->stuck_ms, view->slow };
    table->members += printer_worker_rank (lane) > 0;
  }
}

static gboolean is_held (const Table *table, const QueuedJob *owed)
{
  for (guint i = 0; i < table->lanes; i++)
    if (g_strcmp0 (table->views[i].job, owed->job) == 0)
      return TRUE;
  return FALSE;
}

/* The lane of the printer that an earlier agent has sent a badge to; -1: it has another
 * in hand. */
static gint seat_of_queue (Scheduler *pool, Table *table, const char *queue)
{
  for (guint i = 0; i < table->lanes; i++)
    if (strcmp (printer_worker_queue (g_ptr_array_index (pool->lanes, i)), queue) == 0)
      return table->seats[i].free ? (gint) i : -1;
  if (table->lanes == SCHEDULER_LANES_MAX)
    return -1;
  g_ptr_array_add (pool->lanes, printer_worker_new (&pool->options->lanes, queue, 0));
  table->seats[table->lanes].free = TRUE;
  return (gint) table->lanes++;
}

static void deal_one (Scheduler *pool, Table *table, QueuedJob *owed)
{
  gboolean late = monotonic_ms () - pool->started_ms > LATE_MS;
  gint seat = owed->state >= JOB_QUEUE_SENT ? seat_of_queue (pool, table, owed->queue)
                                            : scheduler_choose (table->seats, table->members, late);

  if (seat < 0) {
    job_queue_free (owed);
    return;
  }
  table->seats[seat].free = FALSE;
  table->seats[seat].sent = owed->state >= JOB_QUEUE_SENT;
  printer_worker_give (g_ptr_array_index (pool->lanes, (guint) seat), owed);
}

static void take_back (Scheduler *pool, Table *table)
{
  gint seat = scheduler_release (table->seats, table->members, pool->options->wait_ms);

  if (seat < 0)
    return;
  pool->distrust_ms[seat] = monotonic_ms () + SCHEDULER_DISTRUST_MS;
  printer_worker_take_back (g_ptr_array_index (pool->lanes, (guint) seat));
}

gboolean scheduler_deal (Scheduler *pool, Journal *journal, gboolean *busy, GError **error)
{
  g_auto (Table) table = { 0 };
  g_autoptr (GPtrArray) owed = NULL;

  /* The lanes first: a badge that none of them has then is nobody's, and what the journal
   * says of it after that holds. */
  read_table (pool, &table);
  owed = job_queue_list (journal, &pool->after, table.lanes + LOOKAHEAD, error);
  if (owed == NULL)
    return FALSE;
  *busy = owed->len > 0;
  for (guint i = 0; i < owed->len; i++)
    if (!is_held (&table, g_ptr_array_index (owed, i)))
      deal_one (pool, &table, g_steal_pointer (&owed->pdata[i]));
  take_back (pool, &table);
  return TRUE;
}
