#include "journal/journal.h"

#include "journal/query.h"
#include "unit/journal/append.h"
#include "unit/journal/transaction.h"

#include <glib/gstdio.h>
#include <string.h>

/* A clock that the test turns. */
static gint64 clock_ms = 1477443600000; /* 2016-10-26T01:00:00Z */

static gint64 clock_now (gpointer data)
{
  return clock_ms;
}

static const Clock test_clock = { .now_ms = clock_now };

typedef struct {
  char *folder, *path;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("journal-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static Journal *make (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".db", NULL),
                  *path = g_build_filename (fixture->folder, file, NULL);
  Journal *journal = journal_create (path, name, test_clock, &error);

  g_assert_no_error (error);
  return journal;
}

static void give (Journal *from, Journal *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facts = journal_facts_after (from, 0, journal_station (to), 1000, &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (to, &error));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (to, facts->pdata[i], 1, NULL, &error));
  g_assert_true (journal_commit (to, &error));
}

static char *value (Journal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Query *query = journal_query (journal, sql, &error);
  char *text;

  g_assert_no_error (error);
  text = query_next (query) ? g_strdup (query_text (query, 0)) : NULL;
  g_assert_true (query_end (query, &error));
  return text;
}

static void assert_value (Journal *journal, const char *sql, const char *expected)
{
  g_autofree char *text = value (journal, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make (fixture, "a");
  g_autoptr (Journal) twice = NULL;
  GStatBuf status;
  gint64 seq;

  g_assert_cmpstr (journal_station (journal), ==, "a");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (journal_head (journal, "a", &seq, NULL, &error));
  g_assert_cmpint (seq, ==, 1);
  assert_value (journal, "SELECT revoked FROM station_key WHERE station = 'a'", "0");
  twice = journal_create (fixture->path, "a", test_clock, &error);
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_EXISTS);
}

static void test_bad_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[]
      = { "", "A", "-a", "a b", "é", "a/b", "abcdefghijklmnopqrstuvwxy" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (journal_create (fixture->path, names[i], test_clock, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
    g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  }
}

static void test_time_never_runs_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make (fixture, "a");
  g_autoptr (GPtrArray) facts = NULL;

  append (journal, "erasure", "X", "{}");
  clock_ms -= 3600 * 1000;
  append (journal, "erasure", "Y", "{}");
  append (journal, "erasure", "Z", "{}");
  clock_ms += 3600 * 1000;
  facts = journal_facts_of (journal, "a", 0, 10, &error);
  g_assert_cmpuint (facts->len, ==, 4);
  for (guint i = 1; i < facts->len; i++)
    g_assert_cmpint (((Fact *) facts->pdata[i])->at, >, ((Fact *) facts->pdata[i - 1])->at);
}

static void test_facts_are_fixed (Fixture *fixture, gconstpointer data)
{
  static const char *const attempts[]
      = { "DELETE FROM fact", "UPDATE fact SET subject = 'other'", "UPDATE fact SET body = '{}'",
          "UPDATE fact SET at = 1", "UPDATE fact SET body = NULL, seq = seq + 1" };
  g_autoptr (Journal) journal = make (fixture, "a");

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (journal_execute (journal, attempts[i], &error));
    g_assert_nonnull (error);
  }
}

static void test_receive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) a = make (fixture, "a");
  g_autoptr (Journal) b = make (fixture, "b");
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *digest_a = NULL, *digest_b = NULL;
  guint taken;
  Fact *fact;

  append (a, "registration", "FR-1", "{\"family\":\"Lefèvre\"}");
  append (a, "registration", "FR-2", "{\"family\":\"Œuvrard\"}");
  facts = journal_facts_of (a, "a", 0, 10, &error);
  g_assert_cmpuint (facts->len, ==, 3);

  g_assert_true (journal_begin (b, &error));
  g_assert_false (journal_receive (b, facts->pdata[1], 1, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP);
  g_clear_error (&error);
  g_assert_true (journal_receive (b, facts->pdata[0], 1, &taken, &error));
  g_assert_cmpuint (taken, ==, 1);
  g_assert_true (journal_receive (b, facts->pdata[0], 1, &taken, &error));
  g_assert_cmpuint (taken, ==, 0);

  fact = facts->pdata[1];
  fact->body[strlen (fact->body) - 3] ^= 1;
  fact->body_hash = hash_of (fact->body, strlen (fact->body));
  g_assert_false (journal_receive (b, fact, 1, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_clear_error (&error);
  journal_rollback (b);

  give (a, b);
  give (b, a);
  digest_a = journal_heads_digest (a, &error);
  digest_b = journal_heads_digest (b, &error);
  g_assert_cmpstr (digest_a, ==, digest_b);
  assert_value (b, "SELECT family FROM delegate WHERE reference = 'FR-2'", "Œuvrard");
}

static void test_bad_bodies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (JOURNAL_BODY_BYTES_MAX + 1, ' ');
  const char *const bodies[] = { "", "[]", "1", "{", "\"x\"", large };
  g_autoptr (Journal) journal = make (fixture, "a");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (journal_begin (journal, &error));
    g_assert_false (journal_append (journal, "passage", "x", bodies[i], NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
    journal_rollback (journal);
  }
}

static void test_erasure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) a = make (fixture, "a");
  g_autoptr (Journal) b = make (fixture, "b");
  g_autofree char *before = NULL, *after = NULL, *other = NULL;

  append (a, "registration", "FR-1", "{\"family\":\"Lefèvre\"}");
  give (a, b);
  clock_ms += 10;
  append (b, "erasure", "FR-1", "{\"reason\":\"asked\"}");
  assert_value (b, "SELECT count(*) FROM delegate", "0");
  assert_value (b, "SELECT count(*) FROM fact WHERE kind = 'registration' AND body IS NOT NULL",
                "0");
  assert_value (b, "SELECT count(*) FROM delegate_search WHERE delegate_search MATCH 'lefevre'",
                "0");
  give (b, a);
  assert_value (a, "SELECT count(*) FROM fact WHERE kind = 'registration' AND body IS NOT NULL",
                "0");
  g_assert_true (journal_verify (a, NULL, NULL, NULL, &error));
  before = journal_projections_text (a, &error);
  other = journal_projections_text (b, &error);
  g_assert_cmpstr (before, ==, other);
  g_assert_true (journal_rebuild (a, &error));
  after = journal_projections_text (a, &error);
  g_assert_cmpstr (before, ==, after);
  append (a, "registration", "FR-1", "{\"family\":\"Again\"}");
  assert_value (a, "SELECT family FROM delegate", "Again");
}

static void test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make (fixture, "a");
  g_autofree char *one = NULL, *none = NULL;

  g_assert_true (journal_set_local (journal, "hub-url", "https://hub", &error));
  one = journal_local (journal, "hub-url", &error);
  g_assert_cmpstr (one, ==, "https://hub");
  g_assert_true (journal_set_local (journal, "hub-url", NULL, &error));
  none = journal_local (journal, "hub-url", &error);
  g_assert_no_error (error);
  g_assert_null (none);
}

static void test_notice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) one = make (fixture, "a");
  g_autoptr (Journal) two = journal_open (fixture->path, test_clock, &error);
  gint64 seen;

  g_assert_no_error (error);
  seen = journal_data_version (two);
  g_assert_false (journal_wait (two, &seen, 0, NULL));
  append (one, "erasure", "X", "{}");
  g_assert_true (journal_wait (two, &seen, 1000, NULL));
  g_assert_false (journal_wait (two, &seen, 0, NULL));
}

/* Nothing is written into a file that nobody would find again. */
static void test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_create (fixture->path, "a", test_clock, &error);
  g_autofree char *elsewhere = g_strconcat (fixture->path, ".before", NULL);

  g_assert_no_error (error);
  g_assert_false (journal_has_moved (journal));
  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  g_assert_true (journal_has_moved (journal));
  g_assert_false (journal_begin (journal, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  g_assert_true (journal_begin (journal, &error));
  g_assert_no_error (error);
  journal_rollback (journal);
}

static void test_not_ours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (journal_open (fixture->path, test_clock, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (journal_open (fixture->folder, test_clock, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (fixture->path,
                                      "this is some text, which is no database at all, and long "
                                      "enough to hold a header of one hundred bytes ......",
                                      -1, &error));
  g_assert_null (journal_open (fixture->path, test_clock, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS);
}

/* Where no file can be made: a word on what to do where there is something, and nothing is
 * left. */
static void test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (300, 'a');
  const struct {
    const char *folder, *name;
    gboolean told;
  } ROWS[] = { { "none", "b.db", TRUE }, { "a.db", "b.db", TRUE }, { ".", longest, FALSE } };

  journal_close (make (fixture, "a"));
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *path = g_build_filename (fixture->folder, ROWS[i].folder, ROWS[i].name, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (journal_create (path, "b", test_clock, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
    g_assert_nonnull (strstr (error->message, path));
    g_assert_cmpint (strstr (error->message, "$ACCUEIL_DB") != NULL, ==, ROWS[i].told);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

/* What is read in a view, and in one inside it, is of one moment; after it, of now. */
static void test_view (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) writer = make (fixture, "a");
  g_autoptr (Journal) reader = journal_open (fixture->path, test_clock, &error);
  gint64 before = journal_last_number (writer, NULL);

  g_assert_true (journal_view_begin (reader, &error));
  g_assert_cmpint (journal_last_number (reader, NULL), ==, before);
  append (writer, "event", "one", "{}");
  g_assert_true (journal_view_begin (reader, &error));
  journal_view_end (reader);
  g_assert_cmpint (journal_last_number (reader, NULL), ==, before);
  journal_view_end (reader);
  g_assert_cmpint (journal_last_number (reader, NULL), ==, before + 1);
  append (reader, "event", "two", "{}");
  g_assert_true (journal_begin (reader, &error));
  g_assert_true (journal_view_begin (reader, &error));
  journal_view_end (reader);
  g_assert_true (in_transaction (reader));
  g_assert_true (journal_commit (reader, &error));
}

static void test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (Journal) journal = make (fixture, "a");

    g_assert_true (journal_execute (journal, "PRAGMA user_version = 999999", &error));
  }
  g_assert_null (journal_open (fixture->path, test_clock, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NEWER);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/journal/create", test_create },
    { "/journal/bad-names", test_bad_names },
    { "/journal/time-never-runs-back", test_time_never_runs_back },
    { "/journal/facts-are-fixed", test_facts_are_fixed },
    { "/journal/receive", test_receive },
    { "/journal/bad-bodies", test_bad_bodies },
    { "/journal/erasure", test_erasure },
    { "/journal/local", test_local },
    { "/journal/notice", test_notice },
    { "/journal/moved", test_moved },
    { "/journal/not-ours", test_not_ours },
    { "/journal/no-place", test_no_place },
    { "/journal/view", test_view },
    { "/journal/newer", test_newer },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
