/* Snapshots and counts: answered in a thread of their own. */
#include "replication/chores.h"

#include "core/lock.h"
#include "counts/counts.h"
#include "patience.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *folder, *db;
  Journal *journal;
  Chores *chores;
} Fixture;

typedef struct {
  Chore chore;
  Lock mutex;
  Wake cond;
  gboolean done;
} Asked;

static void on_done (gpointer data)
{
  Asked *asked = data;

  lock_take (&asked->mutex);
  asked->done = TRUE;
  lock_wake_one (&asked->cond);
  lock_give (&asked->mutex);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-chores-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  fixture->chores = chores_new (fixture->db, clock_system (), NULL, NULL);
  g_assert_nonnull (fixture->chores);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  chores_free (fixture->chores);
  journal_close (fixture->journal);
  g_unlink (fixture->db);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing was left behind */
  g_free (fixture->db);
  g_free (fixture->folder);
}

static void ask (Fixture *fixture, Asked *asked, ChoreKind kind, int by)
{
  *asked = (Asked){ .chore = { .kind = kind, .by = by, .done = on_done, .data = asked } };
  g_assert_true (chores_do (fixture->chores, &asked->chore));
  lock_take (&asked->mutex);
  patience_wake (asked->done, &asked->cond, &asked->mutex);
  lock_give (&asked->mutex);
  g_assert_no_error (asked->chore.error);
}

static void test_snapshot (Fixture *fixture, gconstpointer data)
{
  Asked asked;
  char magic[16];

  ask (fixture, &asked, CHORE_SNAPSHOT, 0);
  g_assert_cmpint (asked.chore.file.cursor, ==, 1);
  g_assert_cmpint (pread (asked.chore.file.fd, magic, sizeof magic, 0), ==, sizeof magic);
  g_assert_cmpmem (magic, sizeof magic, "SQLite format 3", sizeof magic);
  snapshot_shelf_clear_file (&asked.chore.file);
}

static void test_counts (Fixture *fixture, gconstpointer data)
{
  Asked asked;
  g_autoptr (JsonIn) in = NULL;

  ask (fixture, &asked, CHORE_COUNTS, COUNTS_BY_EVENT);
  in = json_in_parse (asked.chore.json, -1, NULL);
  g_assert_true (in != NULL && json_in_is_object (json_in_root (in)));
  g_free (asked.chore.json);
}

static void test_stopped (Fixture *fixture, gconstpointer data)
{
  Asked asked = { .chore = { .kind = CHORE_SNAPSHOT, .done = on_done, .data = &asked } };

  chores_stop (fixture->chores);
  g_assert_false (chores_do (fixture->chores, &asked.chore));
  g_assert_false (asked.done);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/chores/snapshot", Fixture, NULL, set_up, test_snapshot, tear_down);
  g_test_add ("/hub/chores/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/hub/chores/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  return g_test_run ();
}
