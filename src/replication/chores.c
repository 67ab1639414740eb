#include "replication/chores.h"

#include "counts/counts.h"
#include "core/lock.h"
#include "core/words.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _Chores {
  Journal *journal; /* of the thread, with the snapshot that is kept: */
  int fd;
  gboolean for_gate;
  guint64 size;
  gint64 cursor;
  gint64 began_at; /* monotonic: when it was begun */
  GThread *thread;
  Lock mutex;
  Wake wake;
  GQueue waiting; /* Chore; under mutex */
  gboolean stopping;
};

/* Snapshots -------------------------------------------------------------------------- */

static void drop_snapshot (Chores *chores)
{
  if (chores->fd >= 0)
    close (chores->fd);
  chores->fd = -1;
}

static gboolean open_snapshot (Chores *chores, const char *path, GError **error)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  unlink (path);
  if (fd < 0 || fstat (fd, &status) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _ ("opening the snapshot %s: %s"), path, g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  chores->fd = fd;
  chores->size = (guint64) status.st_size;
  return TRUE;
}

/* Beside the replica: there is room for a copy, and nobody else may read it. The name is
 * always the same, so that what a killed hub left behind is taken away. */
static gboolean take_snapshot (Chores *chores, gboolean for_gate, GError **error)
{
  g_autofree char *path = g_strconcat (journal_path (chores->journal), ".snapshot", NULL);
  g_autoptr (GError) cause = NULL;

  unlink (path);
  chores->began_at = g_get_monotonic_time ();
  chores->cursor = journal_last_number (chores->journal, &cause);
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  chores->for_gate = for_gate;
  return (for_gate ? journal_snapshot_for_gate : journal_snapshot) (chores->journal, path, error)
         && open_snapshot (chores, path, error);
}

/* The one that is kept will do for who asked before it was begun, and as long as nothing
 * came since. */
static gboolean is_fresh (Chores *chores, const Chore *chore)
{
  return chores->fd >= 0 && chores->for_gate == chore->for_gate
         && (chore->asked_at <= chores->began_at
             || journal_last_number (chores->journal, NULL) == chores->cursor);
}

static void do_snapshot (Chores *chores, Chore *chore)
{
  if (!is_fresh (chores, chore)) {
    drop_snapshot (chores);
    if (!take_snapshot (chores, chore->for_gate, &chore->error))
      return;
  }
  chore->fd = fcntl (chores->fd, F_DUPFD_CLOEXEC, 0);
  if (chore->fd < 0)
    g_set_error (&chore->error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _ ("answering with the snapshot: %s"), g_strerror (errno));
  chore->size = chores->size;
  chore->cursor = chores->cursor;
}

/* Counts ----------------------------------------------------------------------------- */

static void do_counts (Chores *chores, Chore *chore)
{
  g_autoptr (Counts) counts = counts_read (chores->journal, (CountsBy) chore->by, &chore->error);

  if (counts != NULL)
    chore->json = counts_to_json (counts);
}

/* The thread ------------------------------------------------------------------------- */

static Chore *next (Chores *chores)
{
  gint64 expires = chores->fd >= 0
                       ? chores->began_at + CHORES_SNAPSHOT_KEEP_MS * G_TIME_SPAN_MILLISECOND
                       : G_MAXINT64;
  Chore *chore;

  lock_take (&chores->mutex);
  while (g_queue_is_empty (&chores->waiting) && !chores->stopping) {
    if (expires == G_MAXINT64)
      lock_wake_wait (&chores->wake, &chores->mutex);
    else if (!lock_wake_wait_until (&chores->wake, &chores->mutex, expires)) {
      drop_snapshot (chores);
      expires = G_MAXINT64;
    }
  }
  chore = chores->stopping ? NULL : g_queue_pop_head (&chores->waiting);
  lock_give (&chores->mutex);
  return chore;
}

static gpointer chores_run (gpointer data)
{
  Chores *chores = data;
  Chore *chore;

  while ((chore = next (chores)) != NULL) {
    if (chore->kind == CHORE_SNAPSHOT)
      do_snapshot (chores, chore);
    else
      do_counts (chores, chore);
    chore->done (chore->data);
  }
  return NULL;
}

Chores *chores_new (const char *db, Clock clock, GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  Chores *chores;

  if (journal == NULL)
    return NULL;
  chores = g_new0 (Chores, 1);
  chores->journal = journal;
  chores->fd = -1;
  g_queue_init (&chores->waiting);
  lock_init (&chores->mutex);
  lock_wake_init (&chores->wake);
  chores->thread = g_thread_new ("chores", chores_run, chores);
  return chores;
}

gboolean chores_do (Chores *chores, Chore *chore)
{
  gboolean taken;

  chore->fd = -1;
  chore->asked_at = g_get_monotonic_time ();
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
  drop_snapshot (chores);
  journal_close (chores->journal);
  lock_clear (&chores->mutex);
  lock_wake_clear (&chores->wake);
  g_free (chores);
}
