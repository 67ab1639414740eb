/* Who is woken, when, and who is not. */
#include "replication/watch.h"

#include "core/lock.h"
#include "patience.h"
#include "replication/enrolment.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder, *db;
  Journal *hub;
  Watch *watch;
} Fixture;

typedef struct {
  Waiter waiter;
  Lock mutex;
  Wake cond;
  guint woken;
  gint64 woken_at;
} Sleeper;

static void on_wake (gpointer data)
{
  Sleeper *sleeper = data;

  lock_take (&sleeper->mutex);
  sleeper->woken++;
  sleeper->woken_at = g_get_monotonic_time ();
  lock_wake_one (&sleeper->cond);
  lock_give (&sleeper->mutex);
}

static gboolean is_woken (Sleeper *sleeper)
{
  lock_take (&sleeper->mutex);
  gboolean woken = sleeper->woken == 1;
  lock_give (&sleeper->mutex);
  return woken;
}

static void wait_woken (Sleeper *sleeper)
{
  lock_take (&sleeper->mutex);
  patience_wake (sleeper->woken != 0, &sleeper->cond, &sleeper->mutex);
  lock_give (&sleeper->mutex);
  g_assert_true (is_woken (sleeper)); /* once */
}

static void sleep_in (Fixture *fixture, Sleeper *sleeper, const char *station, gint64 seen,
                      gint wait_ms)
{
  *sleeper
      = (Sleeper){ .waiter = { .seen = seen,
                               .until = g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND,
                               .wake = on_wake,
                               .data = sleeper } };
  g_strlcpy (sleeper->waiter.station, station, sizeof sleeper->waiter.station);
  g_assert_true (watch_add (fixture->watch, &sleeper->waiter));
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-watch-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->hub = journal_create (fixture->db, "hub", clock_system (), NULL); /* one fact */
  fixture->watch = watch_new (fixture->db, clock_system (), NULL);
  g_assert_nonnull (fixture->watch);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  watch_free (fixture->watch);
  journal_close (fixture->hub);
  g_unlink (fixture->db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->folder);
}

static void append (Fixture *fixture)
{
  g_assert_true (journal_begin (fixture->hub, NULL));
  g_assert_true (
      journal_append (fixture->hub, "passage", "R1", "{\"checkpoint\":\"e\"}", NULL, NULL));
  g_assert_true (journal_commit (fixture->hub, NULL));
}

/* Nobody rings: another program wrote. The watch must see it by itself, and soon. */
static void test_other_program (Fixture *fixture, gconstpointer data)
{
  gint64 fastest = G_MAXINT64;

  for (guint i = 0; i < 10; i++) {
    Sleeper sleeper;
    gint64 start;

    sleep_in (fixture, &sleeper, "a", i + 1, 20000);
    append (fixture);
    start = g_get_monotonic_time ();
    wait_woken (&sleeper);
    fastest = MIN (fastest, (gint64) ((double) (sleeper.woken_at - start) / patience_load ()));
  }
  g_assert_cmpint (fastest, <, 25 * G_TIME_SPAN_MILLISECOND); /* of ten, on a busy machine */
}

static void test_own_facts (Fixture *fixture, gconstpointer data)
{
  Sleeper own, other;

  sleep_in (fixture, &own, "hub", 1, 20000);
  sleep_in (fixture, &other, "a", 1, 20000);
  append (fixture);
  watch_ring (fixture->watch);
  wait_woken (&other);
  g_assert_false (is_woken (&own));
  watch_stop (fixture->watch);
  g_assert_true (is_woken (&own));
}

static void test_already_there (Fixture *fixture, gconstpointer data)
{
  Sleeper sleeper;

  sleep_in (fixture, &sleeper, "a", 0, 20000);
  g_assert_true (is_woken (&sleeper));
}

static void test_time_up (Fixture *fixture, gconstpointer data)
{
  Sleeper sleeper;
  gint64 start = g_get_monotonic_time ();

  sleep_in (fixture, &sleeper, "a", 1, 50);
  wait_woken (&sleeper);
  g_assert_cmpint (sleeper.woken_at - start, >=, 50 * G_TIME_SPAN_MILLISECOND);
}

static void test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = enrolment_invite (fixture->hub, "b", "https://h", "p", NULL);
  Sleeper sleeper;

  g_assert_nonnull (code);
  sleep_in (fixture, &sleeper, "hub", 1, 20000); /* a revocation wakes even who wrote it */
  g_assert_true (enrolment_revoke (fixture->hub, "b", NULL));
  wait_woken (&sleeper);
}

static void test_too_many (Fixture *fixture, gconstpointer data)
{
  Sleeper sleepers[WATCH_PER_STATION_MAX + 1], other;

  sleep_in (fixture, &other, "b", 1, 20000);
  for (guint i = 0; i <= WATCH_PER_STATION_MAX; i++)
    sleep_in (fixture, &sleepers[i], "a", 1, 20000);
  g_assert_true (is_woken (&sleepers[0]));
  for (guint i = 1; i <= WATCH_PER_STATION_MAX; i++)
    g_assert_false (is_woken (&sleepers[i]));
  g_assert_false (is_woken (&other));
  watch_stop (fixture->watch);
  g_assert_false (watch_add (fixture->watch, &other.waiter));
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "other-program", test_other_program },
    { "own-facts", test_own_facts },
    { "already-there", test_already_there },
    { "time-up", test_time_up },
    { "revoked", test_revoked },
    { "too-many", test_too_many },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/hub/watch/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
