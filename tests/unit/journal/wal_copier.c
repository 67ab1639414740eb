#include "journal/wal_copier.h"

#include "patience.h"
#include "unit/access/replica.h"

typedef struct {
  Replica replica;
  Journal *other; /* the copier's */
  gint64 seen;
  gint wait_ms;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replica_open (&fixture->replica, "desk");
  fixture->other = journal_open (journal_path (fixture->replica.journal), clock_system (), &error);
  g_assert_no_error (error);
  fixture->seen = journal_data_version (fixture->other);
  fixture->wait_ms = WAL_COPIER_FIRST_MS;
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->other);
  replica_close (&fixture->replica);
}

static void write_facts (Fixture *fixture, guint count)
{
  for (guint i = 0; i < count; i++)
    append (fixture->replica.journal, "registration", "FR-1", "{\"family\":\"Le Goff\"}");
}

static void one_round (Fixture *fixture, gint *stop)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      wal_copier_round (fixture->other, &fixture->seen, &fixture->wait_ms, 100, stop, &error));
  g_assert_no_error (error);
}

/* Pages of the log that are not in the file yet. */
static guint log_pages (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint pages = 0;

  g_assert_true (journal_checkpoint (fixture->other, &pages, &error));
  return pages;
}

/* Sooner where much was written, later where little was; and the next writer begins the
 * log anew. */
static void test_pace (Fixture *fixture, gconstpointer data)
{
  gint stop = FALSE, before;

  write_facts (fixture, 200);
  one_round (fixture, &stop);
  g_assert_cmpint (fixture->wait_ms, <, WAL_COPIER_FIRST_MS);
  g_assert_cmpint (fixture->wait_ms, >=, WAL_COPIER_MIN_MS);
  before = fixture->wait_ms;
  write_facts (fixture, 1);
  one_round (fixture, &stop);
  g_assert_cmpint (fixture->wait_ms, ==, MIN (2 * before, WAL_COPIER_MAX_MS));
  write_facts (fixture, 1);
  g_assert_cmpuint (log_pages (fixture), <, WAL_COPIER_PAGES);
}

/* Nothing written: nothing done, and the pace stays. */
static void test_idle (Fixture *fixture, gconstpointer data)
{
  gint stop = FALSE;

  one_round (fixture, &stop);
  g_assert_cmpint (fixture->wait_ms, ==, WAL_COPIER_FIRST_MS);
}

static void test_stopped (Fixture *fixture, gconstpointer data)
{
  gint stop = TRUE;
  gint64 start;

  fixture->wait_ms = WAL_COPIER_MAX_MS;
  write_facts (fixture, 1);
  start = g_get_monotonic_time ();
  one_round (fixture, &stop);
  g_assert_cmpint (patience_since_us (start), <, WAL_COPIER_MAX_MS * 1000 / 2);
}

typedef struct {
  Fixture *fixture;
  gint stop;
} Copying;

static gpointer keep_copying (gpointer data)
{
  Copying *copying = data;

  while (!g_atomic_int_get (&copying->stop))
    one_round (copying->fixture, &copying->stop);
  return NULL;
}

/* Beside somebody who writes with some pauses, as people come, the log begins anew again
 * and again, long before the writer would have to copy it. */
static void test_beside_writer (Fixture *fixture, gconstpointer data)
{
  Copying both = { fixture, FALSE };
  GThread *thread = g_thread_new ("copier", keep_copying, &both);
  g_autofree char *wal = g_strconcat (journal_path (fixture->replica.journal), "-wal", NULL);
  GStatBuf status;

  for (guint i = 0; i < 60; i++) {
    write_facts (fixture, 10);
    g_usleep (60000);
  }
  g_atomic_int_set (&both.stop, TRUE);
  g_thread_join (thread);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 4000 * 4096);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/station/copier/pace", Fixture, NULL, set_up, test_pace, tear_down);
  g_test_add ("/station/copier/idle", Fixture, NULL, set_up, test_idle, tear_down);
  g_test_add ("/station/copier/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/station/copier/beside-writer", Fixture, NULL, set_up, test_beside_writer,
              tear_down);
  return g_test_run ();
}
