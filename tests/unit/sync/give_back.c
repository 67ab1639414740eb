/* Which of the hub's words is kept: the furthest one that this replica can make good. */
#include "sync/give_back.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db, *hub_db;
  Journal *journal, *hub;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-lost-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->hub_db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal = journal_create (fixture->db, "a", clock_system (), NULL);
  fixture->hub = journal_create (fixture->hub_db, "hub", clock_system (), NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  journal_close (fixture->hub);
  g_unlink (fixture->db);
  g_unlink (fixture->hub_db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->hub_db);
  g_free (fixture->folder);
}

/* The hub's word on its present head; the signature is not for us to check. */
static char *word (Fixture *fixture, const char *name)
{
  gint64 seq;
  Hash chain;
  g_autofree char *hex = NULL;

  g_assert_true (journal_head (fixture->hub, "hub", &seq, &chain, NULL));
  hex = hash_to_hex (&chain);
  return g_strdup_printf ("%s %d %s signature", name, (int) seq, hex);
}

static void take_all (Fixture *fixture)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (fixture->hub, "hub", 0, 100, NULL);

  g_assert_true (journal_begin (fixture->journal, NULL));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (fixture->journal, facts->pdata[i], 1, NULL, NULL));
  g_assert_true (journal_commit (fixture->journal, NULL));
}

static void assert_kept (Fixture *fixture, const char *said, const char *expected)
{
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (give_back_note (fixture->journal, said, &error));
  g_assert_no_error (error);
  kept = journal_local (fixture->journal, JOURNAL_LOCAL_HUB_HEAD, NULL);
  g_assert_cmpstr (kept, ==, expected);
}

static void test_note (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = word (fixture, "hub"), *second = NULL, *altered = NULL;

  assert_kept (fixture, NULL, NULL);
  assert_kept (fixture, "", NULL);
  assert_kept (fixture, "hub x y z", NULL);
  assert_kept (fixture, first, NULL); /* we do not hold that fact yet */
  take_all (fixture);
  assert_kept (fixture, first, first);
  g_assert_true (journal_begin (fixture->hub, NULL)
                 && journal_append (fixture->hub, "passage", "R1", "{}", NULL, NULL)
                 && journal_commit (fixture->hub, NULL));
  second = word (fixture, "hub");
  assert_kept (fixture, second, first);
  take_all (fixture);
  altered = g_strdup (second);
  altered[strlen ("hub 2 ")] ^= 1; /* another chain than ours */
  assert_kept (fixture, altered, first);
  assert_kept (fixture, second, second);
  assert_kept (fixture, first, second); /* less than it once said */
}

/* The hub says as much as ever, or is another: nothing is sent (there is no connection to
 * send on). */
static void test_nothing_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *said = word (fixture, "hub"), *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (give_back_lost (fixture->journal, NULL, NULL, &error));
  g_assert_true (give_back_lost (fixture->journal, NULL, said, &error));
  take_all (fixture);
  assert_kept (fixture, said, said);
  g_assert_true (give_back_lost (fixture->journal, NULL, said, &error));
  other = g_strdup_printf ("other 0 %s signature",
                           "0000000000000000000000000000000000000000000000000000000000000000");
  g_assert_true (give_back_lost (fixture->journal, NULL, other, &error));
  g_assert_no_error (error);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/lost/note", Fixture, NULL, set_up, test_note, tear_down);
  g_test_add ("/sync/lost/nothing-lost", Fixture, NULL, set_up, test_nothing_lost, tear_down);
  return g_test_run ();
}
