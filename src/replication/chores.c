#include "replication/chores.h"

#include "core/lock.h"
#include "counts/counts.h"
#include "core/words.h"

#include <gio/gio.h>

/* How soon a code that was made is seen (snapshot_shelf.h). */
#define LOOK_MS 1000

struct _Chores {
  Journal *journal; /* of the thread */
  SnapshotShelf *shelf;
  StationStates *states;
  HubClockNoted noted;
  GThread *thread;
  Lock mutex;
  Wake wake;
  GQueue waiting; /* Chore; under mutex */
  gboolean stopping;
};

static void do_snapshot (Chores *chores, Chore *chore)
{
  const SnapshotWish wish = { chore->for_gate, chore->packed, chore->station, chore->tag };

  snapshot_shelf_take (chores->shelf, &wish, &chore->file, &chore->error);
}

static void do_counts (Chores *chores, Chore *chore)
{
  g_autoptr (Counts) counts = counts_read (chores->journal, (CountsBy) chore->by, &chore->error);

  if (counts != NULL)
    chore->json = counts_to_json (counts);
}

/* The thread ------------------------------------------------------------------------- */

/* Where it cannot be written, doctor says what else is wrong. */
static void note_clock (Chores *chores)
{
  HubClock clock = hub_clock_judge (chores->states, journal_machine_ms (chores->journal));

  hub_clock_note (chores->journal, &clock, &chores->noted, NULL);
}

/* What is to be done between chores: looked at now and then. */
static void look (Chores *chores)
{
  snapshot_shelf_tidy (chores->shelf);
  snapshot_shelf_prepare (chores->shelf);
  if (chores->states != NULL)
    note_clock (chores);
}

/* NULL: it was only time to look, or to end. */
static Chore *next (Chores *chores, gboolean *stopping)
{
  gint64 end = g_get_monotonic_time () + LOOK_MS * G_TIME_SPAN_MILLISECOND;
  Chore *chore;

  lock_take (&chores->mutex);
  while (g_queue_is_empty (&chores->waiting) && !chores->stopping)
    if (!lock_wake_wait_until (&chores->wake, &chores->mutex, end))
      break;
  chore = chores->stopping ? NULL : g_queue_pop_head (&chores->waiting);
  *stopping = chores->stopping;
  lock_give (&chores->mutex);
  return chore;
}

static gpointer chores_run (gpointer data)
{
  Chores *chores = data;
  gboolean stopping = FALSE;

  while (!stopping) {
    Chore *chore = next (chores, &stopping);

    if (chore == NULL) {
      if (!stopping)
        look (chores);
      continue;
    }
    if (chore->kind == CHORE_SNAPSHOT)
      do_snapshot (chores, chore);
    else
      do_counts (chores, chore);
    chore->done (chore->data);
  }
  return NULL;
}

Chores *chores_new (const char *db, Clock clock, StationStates *states, GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  Chores *chores;

  if (journal == NULL)
    return NULL;
  chores = g_new0 (Chores, 1);
  chores->journal = journal;
  chores->states = states;
  chores->shelf = snapshot_shelf_new (journal);
  g_queue_init (&chores->waiting);
  lock_init (&chores->mutex);
  lock_wake_init (&chores->wake);
  chores->thread = g_thread_new ("chores", chores_run, chores);
  return chores;
}

gboolean chores_do (Chores *chores, Chore *chore)
{
  gboolean taken;

  chore->file = (SnapshotFile){ .fd = -1 };
  lock_take (&chores->mutex);
  taken = !chores->stopping && g_queue_get_length (&chores->waiting) < CHORES_WAITING_MAX;
  if (taken) {
    g_queue_push_tail (&chores->waiting, chore);
    lock_wake_one (&chores->wake);
  }
  lock_give (&chores->mutex);
  return taken;
}

void chores_stop (Chores *chores)
{
  Chore *chore;

  if (chores->thread == NULL)
    return;
  lock_take (&chores->mutex);
  chores->stopping = TRUE;
  lock_wake_one (&chores->wake);
  lock_give (&chores->mutex);
  g_thread_join (g_steal_pointer (&chores->thread));
  while ((chore = g_queue_pop_head (&chores->waiting)) != NULL) {
    g_set_error (&chore->error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 _ ("the hub is being stopped; try again"));
    chore->done (chore->data);
  }
}

void chores_free (Chores *chores)
{
  if (chores == NULL)
    return;
  chores_stop (chores);
  snapshot_shelf_free (chores->shelf);
  journal_close (chores->journal);
  lock_clear (&chores->mutex);
  lock_wake_clear (&chores->wake);
  g_free (chores);
}
