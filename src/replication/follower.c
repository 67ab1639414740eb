#include "replication/follower.h"

#include "core/lock.h"
#include "core/words.h"
#include "journal/shared_log.h"

#include <sys/eventfd.h>
#include <unistd.h>

struct _Follower {
  Journal *journal; /* of the thread */
  Epochs *epochs;
  GThread *thread;
  int wake;      /* an eventfd: somebody asks */
  gint stopping; /* atomic */
  gint shared;   /* atomic */
  Lock mutex;
  Wake looked;
  char *trouble;           /* why the log cannot be read; under mutex, as: */
  guint64 asked, answered; /* by follower_catch_up() */
};

/* Said once when it begins and once when it is over. @answered: of those who ask. */
static void note (Follower *follower, const GError *error, guint64 answered)
{
  gboolean was_well = follower->trouble == NULL; /* only this thread changes it */

  if (error != NULL && was_well)
    g_warning (_ ("this hub does not follow the log: %s"), error->message);
  else if (error == NULL && !was_well)
    g_message (_ ("this hub follows the log again"));
  lock_take (&follower->mutex);
  g_free (follower->trouble);
  follower->trouble = error != NULL ? g_strdup (error->message) : NULL;
  if (error == NULL)
    follower->answered = answered;
  pthread_cond_broadcast (&follower->looked);
  lock_give (&follower->mutex);
}

/* Who has asked by now; *@waiting: somebody is not answered yet. */
static guint64 listen_to (Follower *follower, gboolean *waiting)
{
  guint64 asked, kicks;

  if (read (follower->wake, &kicks, sizeof kicks) < 0)
    kicks = 0; /* nobody */
  lock_take (&follower->mutex);
  asked = follower->asked;
  *waiting = asked != follower->answered;
  lock_give (&follower->mutex);
  return asked;
}

static gboolean look (Follower *follower, guint wait_ms, GError **error)
{
  gboolean shared;

  if (!journal_follow (follower->journal, wait_ms, follower->wake, error))
    return FALSE;
  shared = journal_is_shared (follower->journal);
  g_atomic_int_set (&follower->shared, shared);
  return !shared || epoch_refresh (follower->epochs, follower->journal, error);
}

static gpointer follower_run (gpointer data)
{
  Follower *follower = data;

  while (!g_atomic_int_get (&follower->stopping)) {
    g_autoptr (GError) error = NULL;
    gboolean waiting;
    guint64 asked = listen_to (follower, &waiting);
    gboolean good = look (follower, waiting ? 0 : FOLLOWER_LOOK_MS, &error);

    note (follower, error, asked);
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
  follower->shared = journal_is_shared (journal);
  follower->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  lock_init (&follower->mutex);
  lock_wake_init (&follower->looked);
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

gboolean follower_is_shared (Follower *follower)
{
  return follower != NULL && g_atomic_int_get (&follower->shared);
}

static void kick (Follower *follower)
{
  guint64 one = 1;

  if (write (follower->wake, &one, sizeof one) < 0)
    g_debug ("the follower is awake already");
}

gboolean follower_catch_up (Follower *follower)
{
  gint64 end = g_get_monotonic_time () + FOLLOWER_CATCH_UP_MS * G_TIME_SPAN_MILLISECOND;
  gboolean good;
  guint64 mine;

  if (!follower_is_shared (follower))
    return FALSE;
  lock_take (&follower->mutex);
  mine = ++follower->asked;
  kick (follower);
  while (follower->answered < mine && follower->trouble == NULL
         && lock_wake_wait_until (&follower->looked, &follower->mutex, end))
    continue;
  good = follower->answered >= mine;
  lock_give (&follower->mutex);
  return good;
}

void follower_stop (Follower *follower)
{
  g_atomic_int_set (&follower->stopping, TRUE);
  kick (follower);
  if (follower->thread != NULL)
    g_thread_join (g_steal_pointer (&follower->thread));
}

void follower_free (Follower *follower)
{
  if (follower == NULL)
    return;
  follower_stop (follower);
  close (follower->wake);
  journal_close (follower->journal);
  lock_clear (&follower->mutex);
  lock_wake_clear (&follower->looked);
  g_free (follower->trouble);
  g_free (follower);
}
