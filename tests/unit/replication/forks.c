/* Clones and older copies of a station, seen by what they show of themselves. */
#include "replication/forks.h"

#include "journal/query.h"
#include "replication/roles.h"

#include <glib/gstdio.h>

#define NAME "gate-1"

typedef struct {
  char *folder;
  Journal *hub, *gate;
} Fixture;

static gint64 now_ms = 1477443600000;

static gint64 tell_ms (gpointer data)
{
  return now_ms;
}

static Journal *create (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  Journal *journal
      = journal_create (path, name, (Clock){ .now_ms = tell_ms, .data = NULL }, &error);

  g_assert_no_error (error);
  return journal;
}

static void pass (Journal *journal, const char *reference)
{
  g_assert_true (journal_begin (journal, NULL));
  g_assert_true (
      journal_append (journal, "passage", reference, "{\"checkpoint\":\"e\"}", NULL, NULL));
  g_assert_true (journal_commit (journal, NULL));
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = NULL;

  fixture->folder = g_dir_make_tmp ("forks-XXXXXX", NULL);
  fixture->hub = create (fixture, "hub");
  fixture->gate = create (fixture, NAME);
  pass (fixture->gate, "FR-1");
  pass (fixture->gate, "FR-2");
  facts = journal_facts_of (fixture->gate, NAME, 0, 100, NULL);
  g_assert_true (journal_begin (fixture->hub, NULL));
  g_assert_true (roles_found (fixture->hub, NULL));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (fixture->hub, facts->pdata[i], 1, NULL, NULL));
  g_assert_true (journal_commit (fixture->hub, NULL));
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  journal_close (fixture->hub);
  journal_close (fixture->gate);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static Fork compare (Fixture *fixture, gint64 seq, gboolean other)
{
  g_autoptr (GPtrArray) fact = journal_facts_of (fixture->gate, NAME, MAX (seq, 1) - 1, 1, NULL);
  Hash chain = { 0 };
  Fork fork;

  if (seq > 0 && fact->len == 1)
    chain = ((const Fact *) fact->pdata[0])->chain;
  if (other)
    chain.bytes[0] ^= 1;
  g_assert_true (forks_compare (fixture->hub, NAME, seq, &chain, &fork, NULL));
  return fork;
}

static void test_compare (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (compare (fixture, 3, FALSE), ==, FORKS_NONE); /* its key and two passages */
  g_assert_cmpint (compare (fixture, 2, FALSE), ==, FORKS_OLDER);
  g_assert_cmpint (compare (fixture, 0, FALSE), ==, FORKS_OLDER);
  g_assert_cmpint (compare (fixture, 3, TRUE), ==, FORKS_FORK);
  g_assert_cmpint (compare (fixture, 2, TRUE), ==, FORKS_FORK);
  g_assert_cmpint (compare (fixture, 4, TRUE), ==, FORKS_NONE); /* more than is held: not known */
}

static gint64 count (Fixture *fixture)
{
  Query *query = journal_query (
      fixture->hub, "SELECT count (*) FROM station_fork WHERE station = '" NAME "'", NULL);
  gint64 found = query_next (query) ? query_int (query, 0) : -1;

  g_assert_true (query_end (query, NULL));
  return found;
}

/* Once an hour, of each kind. */
static void test_note (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    g_assert_true (forks_note (fixture->hub, NAME, 3, FORKS_FORK, NULL));
  g_assert_cmpint (count (fixture), ==, 1);
  g_assert_true (forks_note (fixture->hub, NAME, 2, FORKS_OLDER, NULL));
  g_assert_cmpint (count (fixture), ==, 2);
  now_ms += FORKS_EVERY_MS;
  g_assert_true (forks_note (fixture->hub, NAME, 3, FORKS_FORK, NULL));
  g_assert_cmpint (count (fixture), ==, 3);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/forks/compare", Fixture, NULL, set_up, test_compare, tear_down);
  g_test_add ("/forks/note", Fixture, NULL, set_up, test_note, tear_down);
  return g_test_run ();
}
