#include "replication/follower.h"

#include "core/lock.h"
#include "core/words.h"
#include "journal/shared_log.h"

struct _Follower {
  Journal *journal; /* of the thread */
  Epochs *epochs;
  GThread *thread;
  gint stopping; /* atomic */
  Lock mutex;
  char *trouble; /* why the log cannot be read; under mutex */
};

/* Said once when it begins and once when it is over. */
static void note (Follower *follower, const GError *error)
{
  gboolean was_well = follower->trouble == NULL; /* only this thread changes it */

  if (error != NULL && was_well)
    g_warning (_ ("this hub does not follow the log: %s"), error->message);
  else if (error == NULL && !was_well)
    g_message (_ ("this hub follows the log again"));
  if (error == NULL && was_well)
    return;
  lock_take (&follower->mutex);
  g_free (follower->trouble);
  follower->trouble = error != NULL ? g_strdup (error->message) : NULL;
  lock_give (&follower->mutex);
}

static gpointer follower_run (gpointer data)
{
  Follower *follower = data;

  while (!g_atomic_int_get (&follower->stopping)) {
    g_autoptr (GError) error = NULL;
    gboolean good = journal_follow (follower->journal, FOLLOWER_LOOK_MS, &error);

    if (good && journal_is_shared (follower->journal))
      good = epoch_refresh (follower->epochs, follower->journal, &error);
    note (follower, error);
    if (!good)
      g_usleep (FOLLOWER_REST_MS * G_TIME_SPAN_MILLISECOND);
  }
  return NULL;
}

Follower *follower_new (const char *db, Clock clock, Epochs *epochs, GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  Follower *follower;

  if (journal == NULL)
    return NULL;
  follower = g_new0 (Follower, 1);
  follower->journal = journal;
  follower->epochs = epochs;
  lock_init (&follower->mutex);
  follower->thread = g_thread_new ("follower", follower_run, follower);
  return follower;
}

gboolean follower_is_well (Follower *follower, char **why)
{
  lock_take (&follower->mutex);
  *why = g_strdup (follower->trouble);
  lock_give (&follower->mutex);
  return *why == NULL;
}

void follower_stop (Follower *follower)
{
  g_atomic_int_set (&follower->stopping, TRUE);
  if (follower->thread != NULL)
    g_thread_join (g_steal_pointer (&follower->thread));
}

void follower_free (Follower *follower)
{
  if (follower == NULL)
    return;
  follower_stop (follower);
  journal_close (follower->journal);
  lock_clear (&follower->mutex);
  g_free (follower->trouble);
  g_free (follower);
}
