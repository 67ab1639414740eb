/* The engine on a real PostgreSQL, used by many at once: that forty writers make no
 * reader skip a number is what all cursors stand on. What it does besides is
 * tests/unit/journal/log_engine.c's. */
#include "postgres/postgres_log.h"

#include "kit/odd_fact.h"
#include "postgres_here.h"

#include <string.h>

#define WRITERS 40
#define BATCHES 12
#define READERS 4

typedef struct {
  const char *address;
  guint index;
  gint *running;  /* atomic: writers that have not ended */
  gint64 written; /* facts that were committed */
  GArray *seen;   /* of a reader: numbers, in the order in which they came */
} Worker;

/* One batch of 1 to 5 facts, of which every fourth is taken back. */
static gint64 write_batch (LogLink *link, Worker *worker, gint64 seq, guint batch)
{
  g_autofree char *station = g_strdup_printf ("w-%u", worker->index);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  g_auto (LogState) state = { 0 };
  guint count = 1 + (worker->index + batch) % 5;
  GError *error = NULL;

  POSTGRES_LOG.begin (link, TRUE, &state, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (facts, odd_fact (station, state.number + 1 + i, seq + 1 + i));
  POSTGRES_LOG.append (link, facts, &error);
  g_assert_no_error (error);
  if ((worker->index + batch) % 4 == 0) {
    POSTGRES_LOG.rollback (link);
    return 0;
  }
  POSTGRES_LOG.commit (link, &error);
  g_assert_no_error (error);
  return count;
}

static gpointer writes (gpointer data)
{
  Worker *worker = data;
  GError *error = NULL;
  LogLink *link = POSTGRES_LOG.open (worker->address, &error);

  g_assert_no_error (error);
  for (guint batch = 0; batch < BATCHES; batch++)
    worker->written += write_batch (link, worker, worker->written, batch);
  POSTGRES_LOG.close (link);
  g_atomic_int_add (worker->running, -1);
  return NULL;
}

/* Goes on after the last number that it has seen, and never looks back. */
static guint read_on (LogLink *link, Worker *worker)
{
  gint64 after
      = worker->seen->len > 0 ? g_array_index (worker->seen, gint64, worker->seen->len - 1) : 0;
  g_autoptr (GPtrArray) facts = NULL;
  g_auto (LogState) state = { 0 };
  GError *error = NULL;

  POSTGRES_LOG.wait (link, 20, -1, &error);
  g_assert_no_error (error);
  POSTGRES_LOG.begin (link, FALSE, &state, &error);
  g_assert_no_error (error);
  facts = POSTGRES_LOG.facts (link, after, 7, &error);
  g_assert_no_error (error);
  POSTGRES_LOG.rollback (link);
  for (guint i = 0; i < facts->len; i++)
    g_array_append_val (worker->seen, ((Fact *) facts->pdata[i])->number);
  return facts->len;
}

static gpointer reads (gpointer data)
{
  Worker *worker = data;
  LogLink *link = POSTGRES_LOG.open (worker->address, NULL);
  gboolean last = FALSE;

  for (;;) {
    guint count;

    last = g_atomic_int_get (worker->running) == 0;
    count = read_on (link, worker);
    if (last && count == 0)
      break;
  }
  POSTGRES_LOG.close (link);
  return NULL;
}

static void test_forty_writers (gconstpointer data)
{
  g_autofree char *address = postgres_here_database ((const PostgresHere *) data);
  Worker workers[WRITERS + READERS];
  GThread *threads[WRITERS + READERS];
  gint running = WRITERS;
  gint64 written = 0;

  POSTGRES_LOG.close (POSTGRES_LOG.open (address, NULL)); /* makes the tables */
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    workers[i] = (Worker){ address, i, &running, 0, g_array_new (FALSE, FALSE, sizeof (gint64)) };
    threads[i] = g_thread_new ("worker", i < WRITERS ? writes : reads, &workers[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    g_thread_join (threads[i]);
    written += workers[i].written;
  }
  g_assert_cmpint (written, >, WRITERS * BATCHES);
  for (guint i = WRITERS; i < G_N_ELEMENTS (workers); i++) {
    g_assert_cmpint (workers[i].seen->len, ==, written);
    for (guint n = 0; n < workers[i].seen->len; n++)
      g_assert_cmpint (g_array_index (workers[i].seen, gint64, n), ==, n + 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    g_array_unref (workers[i].seen);
}

int main (int argc, char **argv)
{
  PostgresHere here;
  int status;

  g_test_init (&argc, &argv, NULL);
  here = postgres_here_start ();
  g_test_add_data_func ("/postgres/log/forty-writers", &here, test_forty_writers);
  status = g_test_run ();
  postgres_here_stop (&here);
  return status;
}
