#include "kiosk/worker.h"

struct _Worker {
  const WorkerKind *kind;
  gpointer owner;
  GMainContext *context;
  GAsyncQueue *tasks; /* END ends the thread */
  GThread *thread;
  gint stopped; /* answers on their way are dropped */
  gatomicrefcount references;
};

typedef struct {
  Worker *worker;
  gpointer answer;
} Delivery;

static char END[] = "end";

static void worker_unref (Worker *worker)
{
  if (!g_atomic_ref_count_dec (&worker->references))
    return;
  g_async_queue_unref (worker->tasks);
  g_main_context_unref (worker->context);
  g_free (worker);
}

/* Answers ---------------------------------------------------------------------------- */

static void delivery_free (gpointer data)
{
  Delivery *delivery = data;

  delivery->worker->kind->answer_free (delivery->answer);
  worker_unref (delivery->worker);
  g_free (delivery);
}

static gboolean deliver (gpointer data)
{
  Delivery *delivery = data;
  Worker *worker = delivery->worker;

  if (!g_atomic_int_get (&worker->stopped))
    worker->kind->deliver (delivery->answer, worker->owner);
  return G_SOURCE_REMOVE;
}

static void post (Worker *worker, gpointer answer)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new0 (Delivery, 1);

  g_atomic_ref_count_inc (&worker->references);
  delivery->worker = worker;
  delivery->answer = answer;
  g_source_set_priority (source, worker->kind->priority);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_attach (source, worker->context);
}

/* The thread ------------------------------------------------------------------------- */

static gpointer run (gpointer data)
{
  Worker *worker = data;

  for (;;) {
    gpointer task = g_async_queue_pop (worker->tasks), answer;
    if (task == END)
      return NULL;
    answer = worker->kind->work (task, worker->owner);
    if (answer != NULL)
      post (worker, answer);
  }
}

Worker *worker_new (const WorkerKind *kind, gpointer owner)
{
  Worker *worker = g_new0 (Worker, 1);

  g_atomic_ref_count_init (&worker->references);
  worker->kind = kind;
  worker->owner = owner;
  worker->context = g_main_context_ref_thread_default ();
  worker->tasks = g_async_queue_new_full (kind->task_free);
  worker->thread = g_thread_new (kind->name, run, worker);
  return worker;
}

void worker_push (Worker *worker, gpointer task)
{
  g_async_queue_push (worker->tasks, task);
}

int worker_waiting (const Worker *worker)
{
  return g_async_queue_length (worker->tasks);
}

void worker_stop (Worker *worker)
{
  if (worker == NULL)
    return;
  g_atomic_int_set (&worker->stopped, TRUE);
  g_async_queue_push_front (worker->tasks, END);
  g_thread_join (worker->thread);
  worker_unref (worker);
}
