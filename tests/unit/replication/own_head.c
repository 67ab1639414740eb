/* The hub's word on its own head: what it says it recognises, and nothing else. */
#include "replication/own_head.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db, *other_db;
  Journal *journal, *other;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-own-head-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->other_db = g_build_filename (fixture->folder, "other.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  fixture->other = journal_create (fixture->other_db, "hub", clock_system (), NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  journal_close (fixture->other);
  g_unlink (fixture->db);
  g_unlink (fixture->other_db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->other_db);
  g_free (fixture->folder);
}

static void test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OwnHead) own_head = own_head_new (fixture->journal, NULL),
                      again = own_head_new (fixture->journal, NULL),
                      other = own_head_new (fixture->other, NULL);
  Hash chain = hash_of ("a", 1), read;
  g_autofree char *text = own_head_text (own_head, 7, &chain),
                  *same = own_head_text (own_head, 7, &chain),
                  *next = own_head_text (own_head, 8, &chain);
  gint64 seq;

  g_assert_cmpstr (text, ==, same);
  g_assert_cmpstr (text, !=, next);
  g_assert_true (own_head_read (again, text, &seq, &read)); /* after a restart */
  g_assert_cmpint (seq, ==, 7);
  g_assert_true (hash_equal (&chain, &read));
  g_assert_false (own_head_read (other, text, &seq, &read)); /* another hub of the same name */
}

/* Every character altered, every cut. */
static void test_altered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OwnHead) own_head = own_head_new (fixture->journal, NULL);
  Hash chain = hash_of ("a", 1), read;
  g_autofree char *text = own_head_text (own_head, 12, &chain);
  gint64 seq;

  for (gsize i = 0; i < strlen (text); i++) {
    g_autofree char *altered = g_strdup (text), *cut = g_strndup (text, i);

    altered[i] = altered[i] == 'B' ? 'C' : 'B';
    if (g_ascii_strcasecmp (altered, text) != 0) /* a hex digit may be a capital */
      g_assert_false (own_head_read (own_head, altered, &seq, &read));
    g_assert_false (own_head_read (own_head, cut, &seq, &read));
  }
  g_assert_false (own_head_read (own_head, NULL, &seq, &read));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/own-head/own", Fixture, NULL, set_up, test_own, tear_down);
  g_test_add ("/hub/own-head/altered", Fixture, NULL, set_up, test_altered, tear_down);
  return g_test_run ();
}
