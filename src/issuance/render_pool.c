#include "issuance/render_pool.h"

#include "core/lock.h"
#include "core/words.h"

typedef struct {
  guint number;
  BadgeDataText *text;
} Task;

typedef struct {
  RenderPool *pool;
  BadgeTemplate *template_;
  pthread_t thread;
} RenderThread;

struct _RenderPool {
  RenderWork work;
  gpointer data;
  RenderThread *threads;
  guint n_threads, n_running, added;

  Lock lock; /* over all below */
  Wake room, task;
  Task waiting[RENDER_POOL_WAITING_MAX]; /* a ring */
  guint first, n_waiting, done;
  gboolean over;  /* nothing more comes */
  gboolean ended; /* nothing more is worked */
};

/* FALSE when there is nothing more to do. */
static gboolean take (RenderPool *pool, Task *task)
{
  gboolean taken = FALSE;

  lock_take (&pool->lock);
  while (pool->n_waiting == 0 && !pool->over && !pool->ended)
    lock_wake_wait (&pool->task, &pool->lock);
  if (pool->n_waiting > 0 && !pool->ended) {
    *task = pool->waiting[pool->first];
    pool->first = (pool->first + 1) % RENDER_POOL_WAITING_MAX;
    pool->n_waiting--;
    lock_wake_one (&pool->room);
    taken = TRUE;
  }
  lock_give (&pool->lock);
  return taken;
}

static void *work_off (void *data)
{
  RenderThread *thread = data;
  RenderPool *pool = thread->pool;
  Task task;

  while (take (pool, &task)) {
    gboolean good = pool->work (thread->template_, task.number, task.text, pool->data);
    badge_data_text_free (task.text);
    lock_take (&pool->lock);
    pool->done++;
    pool->ended = pool->ended || !good;
    lock_give (&pool->lock);
  }
  lock_take (&pool->lock);
  lock_wake_one (&pool->task); /* the next that waits is to see the end too */
  lock_wake_one (&pool->room);
  lock_give (&pool->lock);
  return NULL;
}

static gboolean start (RenderPool *pool, const char *template_, GError **error)
{
  for (guint i = 0; i < pool->n_threads; i++) {
    pool->threads[i].pool = pool;
    pool->threads[i].template_ = badge_template_load (template_, error);
    if (pool->threads[i].template_ == NULL)
      return FALSE;
  }
  for (; pool->n_running < pool->n_threads; pool->n_running++) {
    int why = pthread_create (&pool->threads[pool->n_running].thread, NULL, work_off,
                              &pool->threads[pool->n_running]);
    if (why != 0) {
      g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                   _ ("Cannot start a thread to draw badges: %s"), g_strerror (why));
      return FALSE;
    }
  }
  return TRUE;
}

RenderPool *render_pool_start (const char *template_, guint threads, RenderWork work, gpointer data,
                               GError **error)
{
  g_autoptr (RenderPool) pool = g_new0 (RenderPool, 1);

  pool->work = work;
  pool->data = data;
  pool->n_threads
      = CLAMP (threads > 0 ? threads : g_get_num_processors (), 1, RENDER_POOL_THREADS_MAX);
  pool->threads = g_new0 (RenderThread, pool->n_threads);
  lock_init (&pool->lock);
  lock_wake_init (&pool->room);
  lock_wake_init (&pool->task);
  return start (pool, template_, error) ? g_steal_pointer (&pool) : NULL;
}

gboolean render_pool_add (RenderPool *pool, BadgeDataText *text)
{
  Task task = { ++pool->added, text };

  lock_take (&pool->lock);
  while (pool->n_waiting == RENDER_POOL_WAITING_MAX && !pool->ended)
    lock_wake_wait (&pool->room, &pool->lock);
  gboolean goes_on = !pool->ended;
  if (goes_on) {
    pool->waiting[(pool->first + pool->n_waiting++) % RENDER_POOL_WAITING_MAX] = task;
    lock_wake_one (&pool->task);
  }
  lock_give (&pool->lock);
  if (!goes_on)
    badge_data_text_free (text);
  return goes_on;
}

guint render_pool_done (RenderPool *pool)
{
  lock_take (&pool->lock);
  guint done = pool->done;
  lock_give (&pool->lock);
  return done;
}

gboolean render_pool_finish (RenderPool *pool, gboolean now)
{
  lock_take (&pool->lock);
  pool->over = TRUE;
  pool->ended = pool->ended || now;
  lock_wake_one (&pool->task);
  lock_give (&pool->lock);
  for (; pool->n_running > 0; pool->n_running--)
    pthread_join (pool->threads[pool->n_running - 1].thread, NULL);
  return !pool->ended && pool->done == pool->added;
}

void render_pool_free (RenderPool *pool)
{
  if (pool == NULL)
    return;
  render_pool_finish (pool, TRUE);
  for (; pool->n_waiting > 0;
       pool->n_waiting--, pool->first = (pool->first + 1) % RENDER_POOL_WAITING_MAX)
    badge_data_text_free (pool->waiting[pool->first].text);
  for (guint i = 0; i < pool->n_threads; i++)
    badge_template_free (pool->threads[i].template_);
  g_free (pool->threads);
  lock_wake_clear (&pool->room);
  lock_wake_clear (&pool->task);
  lock_clear (&pool->lock);
  g_free (pool);
}
