/* A worker's answers come in order, in its maker's main context; after worker_stop()
 * nothing is delivered, and all that was still on its way is freed. */
#include "kiosk/worker.h"

typedef struct {
  GMutex lock;
  GCond moved;
  guint begun;
  gboolean held; /* work() waits while it is */
  GArray *delivered;
  gint tasks_freed, answers_freed;
} Owner;

static Owner *current;

static gpointer work (gpointer task, gpointer owner)
{
  Owner *own = owner;

  g_mutex_lock (&own->lock);
  own->begun++;
  g_cond_broadcast (&own->moved);
  while (own->held)
    g_cond_wait (&own->moved, &own->lock);
  g_mutex_unlock (&own->lock);
  return GPOINTER_TO_UINT (task) % 2 == 0 ? task : NULL; /* odd ones have no answer */
}

static void deliver (gpointer answer, gpointer owner)
{
  guint number = GPOINTER_TO_UINT (answer);

  g_array_append_val (((Owner *) owner)->delivered, number);
}

static void task_free (gpointer task)
{
  g_atomic_int_inc (&current->tasks_freed);
}

static void answer_free (gpointer answer)
{
  g_atomic_int_inc (&current->answers_freed);
}

static const WorkerKind KIND = { .name = "test",
                                 .priority = G_PRIORITY_DEFAULT,
                                 .work = work,
                                 .deliver = deliver,
                                 .task_free = task_free,
                                 .answer_free = answer_free };

static void owner_begin (Owner *owner, gboolean held)
{
  *owner = (Owner){ .held = held, .delivered = g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_mutex_init (&owner->lock);
  g_cond_init (&owner->moved);
  current = owner;
}

static void owner_end (Owner *owner)
{
  g_array_unref (owner->delivered);
  g_mutex_clear (&owner->lock);
  g_cond_clear (&owner->moved);
}

static void let_go (Owner *owner)
{
  g_mutex_lock (&owner->lock);
  owner->held = FALSE;
  g_cond_broadcast (&owner->moved);
  g_mutex_unlock (&owner->lock);
}

static void wait_until_begun (Owner *owner)
{
  g_mutex_lock (&owner->lock);
  while (owner->begun == 0)
    g_cond_wait (&owner->moved, &owner->lock);
  g_mutex_unlock (&owner->lock);
}

static void test_order (void)
{
  Owner owner;
  owner_begin (&owner, FALSE);
  Worker *worker = worker_new (&KIND, &owner);

  for (guint i = 1; i <= 100; i++)
    worker_push (worker, GUINT_TO_POINTER (i));
  while (owner.delivered->len < 50)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpuint (g_array_index (owner.delivered, guint, i), ==, 2 * (i + 1));
  worker_stop (worker);
  g_assert_cmpuint (owner.delivered->len, ==, 50);
  g_assert_cmpint (owner.answers_freed, ==, 50);
  g_assert_cmpint (owner.tasks_freed, ==, 0); /* work() has taken them over */
  owner_end (&owner);
}

static void test_stop (void)
{
  Owner owner;
  owner_begin (&owner, TRUE);
  Worker *worker = worker_new (&KIND, &owner);

  worker_push (worker, GUINT_TO_POINTER (2));
  wait_until_begun (&owner);
  worker_push (worker, GUINT_TO_POINTER (4));
  worker_push (worker, GUINT_TO_POINTER (6));
  g_assert_cmpint (worker_waiting (worker), ==, 2);
  let_go (&owner);
  worker_stop (worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* One may have been taken up before the end was there; whatever was not delivered. */
  g_assert_cmpuint (owner.delivered->len, ==, 0);
  g_assert_cmpint (owner.answers_freed + owner.tasks_freed, ==, 3);
  worker_stop (NULL);
  owner_end (&owner);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/worker/stop", test_stop);
  return g_test_run ();
}
