/* The root's own word on whoever writes with a clock that is far ahead: up to which fact
 * it has heard of her, and when, so that none of those counts as later than now. */
#include "journal/root_word.h"

#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_MS G_GINT64_CONSTANT (1477443600000) /* 2016-10-26T01:00:00Z */

static gint64 clock_now (gpointer data)
{
  return *(gint64 *) data;
}

typedef struct {
  char *folder;
  gint64 here_ms, there_ms;
  Journal *root, *station;
} Fixture;

static Journal *make (Fixture *fixture, const char *name, gint64 *now_ms)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/%s.db", fixture->folder, name);
  Journal *journal
      = journal_create (path, name, (Clock){ .now_ms = clock_now, .data = now_ms }, &error);

  g_assert_no_error (error);
  return journal;
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("root-word-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->here_ms = fixture->there_ms = NOW_MS;
  fixture->root = make (fixture, "hub", &fixture->here_ms);
  fixture->station = make (fixture, "gate", &fixture->there_ms);
  g_assert_true (journal_begin (fixture->root, &error));
  g_assert_true (journal_set_root (fixture->root, "hub", &error));
  g_assert_true (journal_commit (fixture->root, &error));
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  journal_close (fixture->root);
  journal_close (fixture->station);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* The station writes @count facts, and the root takes all that it lacks in one batch. */
static void write_and_send (Fixture *fixture, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree Fact *batch = NULL;
  gint64 known;

  g_assert_true (journal_begin (fixture->station, &error));
  for (guint i = 0; i < count; i++)
    g_assert_true (journal_append (fixture->station, "registration", "FR-1", "{}", NULL, &error));
  g_assert_true (journal_commit (fixture->station, &error));
  g_assert_true (journal_head (fixture->root, "gate", &known, NULL, &error));
  facts = journal_facts_of (fixture->station, "gate", known, 100, &error);
  batch = g_new (Fact, facts->len);
  for (guint i = 0; i < facts->len; i++)
    batch[i] = *(Fact *) facts->pdata[i];
  g_assert_true (journal_begin (fixture->root, &error));
  g_assert_true (journal_receive (fixture->root, batch, facts->len, NULL, &error));
  g_assert_true (journal_commit (fixture->root, &error));
  g_assert_no_error (error);
}

/* All that the root has said of it: "seq since the start in ms", one after the other. */
static char *words_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GString *words = g_string_new (NULL);
  Query *query = journal_query (fixture->root,
                                "SELECT body ->> 'seq', body ->> 'at' FROM fact WHERE kind = "
                                "'received' AND station = 'hub' AND subject = 'gate' ORDER BY seq",
                                &error);

  g_assert_no_error (error);
  while (query_next (query))
    g_string_append_printf (words, "%s%d+%d", words->len > 0 ? " " : "", (int) query_int (query, 0),
                            (int) (clock_hybrid_ms (query_int (query, 1)) - NOW_MS));
  g_assert_true (query_end (query, &error));
  return g_string_free (words, FALSE);
}

static void assert_words (Fixture *fixture, const char *expected)
{
  g_autofree char *words = words_of (fixture);

  g_assert_cmpstr (words, ==, expected);
}

/* One word for a whole batch, however long it is, and one more for a later batch. */
static void test_bound (Fixture *fixture, gconstpointer data)
{
  write_and_send (fixture, 2); /* the first of its facts is its own key */
  assert_words (fixture, "");
  fixture->there_ms = NOW_MS + JOURNAL_AHEAD_MS; /* as far as a clock may be wrong */
  fixture->here_ms = NOW_MS + 1;
  write_and_send (fixture, 1);
  assert_words (fixture, "");
  fixture->there_ms = NOW_MS + 2 * JOURNAL_AHEAD_MS;
  write_and_send (fixture, 3);
  assert_words (fixture, "7+1");
  fixture->here_ms = NOW_MS + 60000;
  write_and_send (fixture, 1);
  assert_words (fixture, "7+1 8+60000");
}

/* Only the root says so. */
static void test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->root, &error));
  g_assert_true (journal_set_root (fixture->root, "elsewhere", &error));
  g_assert_true (journal_commit (fixture->root, &error));
  fixture->there_ms = NOW_MS + 2 * JOURNAL_AHEAD_MS;
  write_and_send (fixture, 3);
  assert_words (fixture, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/root-word/bound", Fixture, NULL, set_up, test_bound, tear_down);
  g_test_add ("/root-word/others", Fixture, NULL, set_up, test_others, tear_down);
  return g_test_run ();
}
