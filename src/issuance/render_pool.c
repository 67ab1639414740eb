#include "issuance/render_pool.h"

#include "core/lock.h"
#include "core/words.h"

typedef struct {
  guint number;
  BadgeDataText *text;
} Task;

typedef struct {
  RenderPool *crew;
  BadgeTemplate *template_;
  pthread_t thread;
} Hand;

struct _RenderPool {
  CrewWork work;
  gpointer data;
  Hand *hands;
  guint n_hands, n_running, added;

  Lock lock; /* over all below */
  Wake room, task;
  Task waiting[RENDER_POOL_WAITING_MAX]; /* a ring */
  guint first, n_waiting, done;
  gboolean over;  /* nothing more comes */
  gboolean ended; /* nothing more is worked */
};

/* FALSE when there is nothing more to do. */
static gboolean take (RenderPool *crew, Task *task)
{
  gboolean taken = FALSE;

  lock_take (&crew->lock);
  while (crew->n_waiting == 0 && !crew->over && !crew->ended)
    lock_wake_wait (&crew->task, &crew->lock);
  if (crew->n_waiting > 0 && !crew->ended) {
    *task = crew->waiting[crew->first];
    crew->first = (crew->first + 1) % RENDER_POOL_WAITING_MAX;
    crew->n_waiting--;
    lock_wake_one (&crew->room);
    taken = TRUE;
  }
  lock_give (&crew->lock);
  return taken;
}

static void *work_off (void *data)
{
  Hand *hand = data;
  RenderPool *crew = hand->crew;
  Task task;

  while (take (crew, &task)) {
    gboolean good = crew->work (hand->template_, task.number, task.text, crew->data);
    badge_data_text_free (task.text);
    lock_take (&crew->lock);
    crew->done++;
    crew->ended = crew->ended || !good;
    lock_give (&crew->lock);
  }
  lock_take (&crew->lock);
  lock_wake_one (&crew->task); /* the next that waits is to see the end too */
  lock_wake_one (&crew->room);
  lock_give (&crew->lock);
  return NULL;
}

static gboolean start (RenderPool *crew, const char *template_, GError **error)
{
  for (guint i = 0; i < crew->n_hands; i++) {
    crew->hands[i].crew = crew;
    crew->hands[i].template_ = badge_template_load (template_, error);
    if (crew->hands[i].template_ == NULL)
      return FALSE;
  }
  for (; crew->n_running < crew->n_hands; crew->n_running++) {
    int why = pthread_create (&crew->hands[crew->n_running].thread, NULL, work_off,
                              &crew->hands[crew->n_running]);
    if (why != 0) {
      g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                   _ ("Cannot start a thread to draw badges: %s"), g_strerror (why));
      return FALSE;
    }
  }
  return TRUE;
}

RenderPool *render_pool_start (const char *template_, guint threads, CrewWork work, gpointer data,
                               GError **error)
{
  g_autoptr (RenderPool) crew = g_new0 (RenderPool, 1);

  crew->work = work;
  crew->data = data;
  crew->n_hands
      = CLAMP (threads > 0 ? threads : g_get_num_processors (), 1, RENDER_POOL_THREADS_MAX);
  crew->hands = g_new0 (Hand, crew->n_hands);
  lock_init (&crew->lock);
  lock_wake_init (&crew->room);
  lock_wake_init (&crew->task);
  return start (crew, template_, error) ? g_steal_pointer (&crew) : NULL;
}

gboolean render_pool_add (RenderPool *crew, BadgeDataText *text)
{
  Task task = { ++crew->added, text };

  lock_take (&crew->lock);
  while (crew->n_waiting == RENDER_POOL_WAITING_MAX && !crew->ended)
    lock_wake_wait (&crew->room, &crew->lock);
  gboolean goes_on = !crew->ended;
  if (goes_on) {
    crew->waiting[(crew->first + crew->n_waiting++) % RENDER_POOL_WAITING_MAX] = task;
    lock_wake_one (&crew->task);
  }
  lock_give (&crew->lock);
  if (!goes_on)
    badge_data_text_free (text);
  return goes_on;
}

guint render_pool_done (RenderPool *crew)
{
  lock_take (&crew->lock);
  guint done = crew->done;
  lock_give (&crew->lock);
  return done;
}

gboolean render_pool_finish (RenderPool *crew, gboolean now)
{
  lock_take (&crew->lock);
  crew->over = TRUE;
  crew->ended = crew->ended || now;
  lock_wake_one (&crew->task);
  lock_give (&crew->lock);
  for (; crew->n_running > 0; crew->n_running--)
    pthread_join (crew->hands[crew->n_running - 1].thread, NULL);
  return !crew->ended && crew->done == crew->added;
}

void render_pool_free (RenderPool *crew)
{
  if (crew == NULL)
    return;
  render_pool_finish (crew, TRUE);
  for (; crew->n_waiting > 0;
       crew->n_waiting--, crew->first = (crew->first + 1) % RENDER_POOL_WAITING_MAX)
    badge_data_text_free (crew->waiting[crew->first].text);
  for (guint i = 0; i < crew->n_hands; i++)
    badge_template_free (crew->hands[i].template_);
  g_free (crew->hands);
  lock_wake_clear (&crew->room);
  lock_wake_clear (&crew->task);
  lock_clear (&crew->lock);
  g_free (crew);
}
