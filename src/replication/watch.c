#include "replication/watch.h"

#include "core/lock.h"
#include "replication/enrolment.h"
#include "replication/log.h"

struct _Watch {
  Journal *journal; /* of the watch's thread, with all it has seen: */
  gint64 version;
  gint64 revocations;
  GThread *thread;
  Lock mutex;
  Wake wake;
  GQueue waiters; /* Waiter, oldest first; under mutex, as all below */
  gint64 last;    /* the highest number seen */
  gboolean rung;
  gboolean stopping;
};

typedef struct {
  gboolean all; /* wake everyone */
  gint64 last;
  const char *only; /* the one station that wrote, if there was one */
} News;

static gboolean concerns (const Waiter *waiter, const News *news, gint64 now)
{
  if (news->all || now >= waiter->until)
    return TRUE;
  return news->last > waiter->seen
         && (news->only == NULL || !g_str_equal (news->only, waiter->station));
}

/* Those whom @news concerns leave the queue and are woken; under mutex. Waking does not
 * call back into the watch. */
static gboolean wake_some (Watch *watch, const News *news, gint64 now)
{
  gboolean any = FALSE;

  for (GList *link = watch->waiters.head; link != NULL;) {
    GList *next = link->next;
    Waiter *waiter = link->data;

    if (concerns (waiter, news, now)) {
      g_queue_delete_link (&watch->waiters, link);
      waiter->wake (waiter->data);
      any = TRUE;
    } else if (news->last > waiter->seen && news->only != NULL)
      waiter->seen = news->last; /* what came was its own */
    link = next;
  }
  return any;
}

/* What has changed in the file since the last look; without mutex. */
static void look (Watch *watch, gint64 after, News *news, char **only)
{
  gint64 version = journal_data_version (watch->journal);

  news->last = after;
  if (version == watch->version)
    return;
  if (log_news (watch->journal, after, &news->last, only, NULL)) {
    gint64 revocations = enrolment_revocations (watch->journal);

    watch->version = version;
    news->only = *only;
    news->all = revocations != watch->revocations;
    watch->revocations = revocations;
  }
}

/* Until it is time to look: when rung, but not before @pause_over, or every
 * WATCH_LOOK_MS; under mutex. */
static void wait_for_ring (Watch *watch, gint64 pause_over)
{
  gint64 end = g_get_monotonic_time () + WATCH_LOOK_MS * G_TIME_SPAN_MILLISECOND;

  while (!watch->stopping) {
    gint64 now = g_get_monotonic_time ();

    if (now >= end || (watch->rung && now >= pause_over))
      break;
    lock_wake_wait_until (&watch->wake, &watch->mutex, watch->rung ? MIN (pause_over, end) : end);
  }
  watch->rung = FALSE;
}

static gpointer watch_run (gpointer data)
{
  Watch *watch = data;
  gint64 pause_over = 0;

  lock_take (&watch->mutex);
  while (!watch->stopping) {
    News news = { 0 };
    g_autofree char *only = NULL;
    gint64 after, now;

    wait_for_ring (watch, pause_over);
    after = watch->last;
    lock_give (&watch->mutex);
    look (watch, after, &news, &only);
    lock_take (&watch->mutex);
    watch->last = news.last;
    now = g_get_monotonic_time ();
    if (wake_some (watch, &news, now))
      pause_over = now + WATCH_PAUSE_MS * G_TIME_SPAN_MILLISECOND;
  }
  wake_some (watch, &(News){ .all = TRUE }, 0);
  lock_give (&watch->mutex);
  return NULL;
}

Watch *watch_new (const char *db, Clock clock, GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  g_autofree char *only = NULL;
  Watch *watch;

  if (journal == NULL)
    return NULL;
  watch = g_new0 (Watch, 1);
  watch->journal = journal;
  watch->version = journal_data_version (journal);
  watch->revocations = enrolment_revocations (journal);
  g_queue_init (&watch->waiters);
  lock_init (&watch->mutex);
  lock_wake_init (&watch->wake);
  if (!log_news (watch->journal, 0, &watch->last, &only, error)) {
    watch_free (watch);
    return NULL;
  }
  watch->thread = g_thread_new ("watch", watch_run, watch);
  return watch;
}

/* The oldest of a station that has too many; under mutex. */
static void drop_oldest (Watch *watch, const char *station)
{
  GList *oldest = NULL;
  guint count = 0;

  for (GList *link = watch->waiters.tail; link != NULL; link = link->prev)
    if (g_str_equal (((Waiter *) link->data)->station, station)) {
      oldest = link;
      count++;
    }
  if (count >= WATCH_PER_STATION_MAX) {
    Waiter *waiter = oldest->data;

    g_queue_delete_link (&watch->waiters, oldest);
    waiter->until = 0;
    waiter->wake (waiter->data);
  }
}

gboolean watch_add (Watch *watch, Waiter *waiter)
{
  gboolean taken;

  lock_take (&watch->mutex);
  taken = !watch->stopping;
  if (taken) {
    drop_oldest (watch, waiter->station);
    if (watch->last > waiter->seen)
      waiter->wake (waiter->data); /* it came while the waiter was on its way here */
    else
      g_queue_push_tail (&watch->waiters, waiter);
  }
  lock_give (&watch->mutex);
  return taken;
}

void watch_ring (Watch *watch)
{
  lock_take (&watch->mutex);
  watch->rung = TRUE;
  lock_wake_one (&watch->wake);
  lock_give (&watch->mutex);
}

void watch_stop (Watch *watch)
{
  if (watch->thread == NULL)
    return;
  lock_take (&watch->mutex);
  watch->stopping = TRUE;
  lock_wake_one (&watch->wake);
  lock_give (&watch->mutex);
  g_thread_join (g_steal_pointer (&watch->thread));
}

void watch_free (Watch *watch)
{
  if (watch == NULL)
    return;
  watch_stop (watch);
  journal_close (watch->journal);
  lock_clear (&watch->mutex);
  lock_wake_clear (&watch->wake);
  g_free (watch);
}
