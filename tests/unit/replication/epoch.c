/* Which cursors are good, over starts, crashes and a restored backup. */
#include "replication/epoch.h"

#include "failing_sqlite.h"
#include "journal/epoch_table.h"

#include <glib/gstdio.h>

static gint64 fixed_ms (gpointer data)
{
  return 1477440000000 + ++*(gint64 *) data;
}

typedef struct {
  char *folder, *db;
  Journal *journal;
  gint64 ticks;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-epoch-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal
      = journal_create (fixture->db, "hub", (Clock){ .now_ms = fixed_ms, .data = &fixture->ticks },
                        NULL); /* one fact */
  g_assert_nonnull (fixture->journal);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  g_unlink (fixture->db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->folder);
}

static void append (Journal *journal, guint count)
{
  g_assert_true (journal_begin (journal, NULL));
  for (guint i = 0; i < count; i++)
    g_assert_true (journal_append (journal, "passage", "R1", "{\"checkpoint\":\"e\"}", NULL, NULL));
  g_assert_true (journal_commit (journal, NULL));
}

static void test_admits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Epochs) first = epoch_open (fixture->journal, NULL), second = NULL;
  g_autofree char *one = epoch_current (first), *two = NULL;

  append (fixture->journal, 9); /* the first ends at 10 */
  second = epoch_open (fixture->journal, NULL);
  two = epoch_current (second);
  append (fixture->journal, 10); /* 20 now */
  g_assert_cmpstr (one, !=, two);

  const struct {
    const char *epoch;
    gint64 after;
    gboolean good;
  } TABLE[] = {
    { NULL, 0, TRUE },  { NULL, 20, TRUE },      { NULL, 21, FALSE },    { "", 5, TRUE },
    { two, 0, TRUE },   { two, 20, TRUE },       { two, 21, FALSE },     { one, 10, TRUE },
    { one, 11, FALSE }, { "unknown", 1, FALSE }, { "unknown", 0, TRUE }, { one, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    if (epoch_admit (second, TABLE[i].epoch, TABLE[i].after, 20) != TABLE[i].good)
      g_error ("row %u: epoch %s after %" G_GINT64_FORMAT, i,
               TABLE[i].epoch != NULL ? TABLE[i].epoch : "none", TABLE[i].after);
}

/* Restored from a copy taken in an open epoch: what was reached since is past its end. */
static void test_restored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Epochs) before = epoch_open (fixture->journal, NULL), after = NULL;
  g_autofree char *contents = NULL, *id = NULL;
  gsize length;

  append (fixture->journal, 4);     /* 5 */
  journal_close (fixture->journal); /* the last one folds the WAL into the file */
  g_assert_true (g_file_get_contents (fixture->db, &contents, &length, NULL));
  fixture->journal
      = journal_open (fixture->db, (Clock){ .now_ms = fixed_ms, .data = &fixture->ticks }, NULL);
  append (fixture->journal, 3); /* 8, lost below */
  journal_close (fixture->journal);
  g_assert_true (g_file_set_contents (fixture->db, contents, (gssize) length, NULL));
  fixture->journal
      = journal_open (fixture->db, (Clock){ .now_ms = fixed_ms, .data = &fixture->ticks }, NULL);
  after = epoch_open (fixture->journal, NULL);
  append (fixture->journal, 10); /* 15: other facts under the lost numbers */
  id = epoch_current (before);
  g_assert_true (epoch_admit (after, id, 5, 15));
  g_assert_false (epoch_admit (after, id, 8, 15));
}

static void test_forgets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autoptr (Epochs) last = NULL;

  for (guint i = 0; i < EPOCH_TABLE_KEPT + 2; i++) {
    g_clear_pointer (&last, epoch_free);
    last = epoch_open (fixture->journal, NULL);
    if (i == 0)
      first = epoch_current (last);
  }
  g_assert_false (epoch_admit (last, first, 1, 1));
}

/* Another hub on the same log has begun an epoch: known here at the next look. Each call
 * fails once. */
static void test_refreshed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Epochs) epochs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL, *two = NULL, *now = NULL;

  for (guint at = 1; epochs == NULL; at++) {
    failing_start (at);
    epochs = epoch_open (fixture->journal, &error);
    g_assert_true (failing_stop () || epochs != NULL);
    g_assert_true ((epochs != NULL) == (error == NULL));
    g_clear_error (&error);
  }
  one = epoch_current (epochs);
  append (fixture->journal, 4);
  g_assert_true (epoch_refresh (epochs, fixture->journal, &error));
  g_assert_true (journal_begin (fixture->journal, NULL));
  g_assert_true (epoch_table_turn (fixture->journal, &two, NULL));
  g_assert_true (journal_commit (fixture->journal, NULL));
  for (guint at = 1;; at++) {
    gboolean good, failed;

    failing_start (at);
    good = epoch_refresh (epochs, fixture->journal, &error);
    failed = failing_stop ();
    g_assert_true (good == (error == NULL));
    g_assert_true (good || failed);
    g_clear_error (&error);
    if (!failed)
      break;
  }
  now = epoch_current (epochs);
  g_assert_cmpstr (now, ==, two);
  g_assert_true (epoch_admit (epochs, one, 5, 9));
  g_assert_false (epoch_admit (epochs, one, 6, 9));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/epoch/admits", Fixture, NULL, set_up, test_admits, tear_down);
  g_test_add ("/hub/epoch/restored", Fixture, NULL, set_up, test_restored, tear_down);
  g_test_add ("/hub/epoch/forgets", Fixture, NULL, set_up, test_forgets, tear_down);
  g_test_add ("/hub/epoch/refreshed", Fixture, NULL, set_up, test_refreshed, tear_down);
  return g_test_run ();
}
