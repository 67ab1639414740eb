/* The index of names that a thread makes while a snapshot is taken: it is what the commit
 * would have made, goes on to be written to, and nothing of it is left where the taking
 * fails. */
#include "journal/search_builder.h"

#include "journal/journal.h"
#include "journal/query.h"
#include "journal/soundness.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define PEOPLE (SEARCH_BUILDER_FROM + 700)
#define PARTS "SELECT count (DISTINCT segid) FROM delegate_search_idx"

static char *folder, *snapshot, *damaged;

static void append (Journal *journal, const char *kind, const char *reference, const char *family)
{
  g_autofree char *body = g_strdup_printf ("{\"family\":\"%s\",\"given\":\"Anne\",\"name_zh\":"
                                           "\"欧阳思远\",\"telephone\":\"0299112233\"}",
                                           family);
  g_autoptr (GError) error = NULL;

  journal_append (journal, kind, reference, kind[0] == 'r' ? body : "{}", NULL, &error);
  g_assert_no_error (error);
}

/* People, of whom the first was registered again, the second erased in the middle, and the
 * last erased and somebody else registered, who gets her number. */
static void make_snapshots (void)
{
  g_autofree char *path = g_build_filename (folder, "hub.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) hub = journal_create (path, "hub", clock_system (), &error);
  sqlite3 *db;

  g_assert_no_error (error);
  g_assert_true (journal_begin (hub, &error));
  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i),
                    *family = g_strdup_printf ("Nom%u", i);

    append (hub, "registration", reference, family);
  }
  append (hub, "registration", "FR-0", "Autrement");
  append (hub, "erasure", "FR-1", NULL);
  append (hub, "erasure", "FR-" G_STRINGIFY (SEARCH_BUILDER_FROM), NULL);
  for (guint i = 0; i < 2; i++) {
    append (hub, "registration", "FR-9999", "Derni");
    append (hub, "erasure", "FR-9999", NULL);
  }
  append (hub, "registration", "FR-8888", "Finale");
  g_assert_true (journal_commit (hub, &error));
  g_assert_true (journal_snapshot (hub, snapshot, &error));
  g_assert_true (journal_snapshot (hub, damaged, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (damaged, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TRIGGER fact_fixed; UPDATE fact SET chain = zeroblob (32) "
                                 "WHERE subject = 'FR-8888'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

typedef struct {
  char *path, *scratch;
  Journal *journal;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_build_filename (folder, "station.db", NULL);
  fixture->scratch = g_strconcat (fixture->path, ".search", NULL);
  fixture->journal = journal_create (fixture->path, "desk", clock_system (), &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_false (g_file_test (fixture->scratch, G_FILE_TEST_EXISTS));
  journal_close (fixture->journal);
  journal_remove_file (fixture->path);
  g_free (fixture->path);
  g_free (fixture->scratch);
}

static gint64 number_of (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_assert_true (query_number (fixture->journal, sql, &number, &error));
  return number;
}

static gint64 found (Fixture *fixture, const char *words)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count (*) FROM delegate_search WHERE delegate_search MATCH '%s'", words);

  return number_of (fixture, sql);
}

static void take (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 taken;

  g_assert_true (journal_merge_from_hub (fixture->journal, snapshot, &taken, &error));
  g_assert_no_error (error);
  g_assert_cmpint (taken, >, PEOPLE);
}

static void assert_sound (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (soundness_projections (fixture->journal, &error));
  g_assert_no_error (error);
}

static void write_one (Fixture *fixture, const char *kind, const char *reference,
                       const char *family)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->journal, &error));
  append (fixture->journal, kind, reference, family);
  g_assert_true (journal_commit (fixture->journal, &error));
}

static void test_found (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *words;
    gint64 people;
  } ROWS[] = {
    { "nom7", 1 },  { "nom0", 0 },   { "autrement", 1 },         { "nom1", 0 },
    { "derni", 0 }, { "finale", 1 }, { "ouyangs*", PEOPLE - 1 }, { "n*", PEOPLE - 3 },
  };

  if (data != NULL) /* what the connection knows of the empty index is forgotten */
    g_assert_cmpint (found (fixture, "nom7"), ==, 0);
  take (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s", ROWS[i].words);
    g_assert_cmpint (found (fixture, ROWS[i].words), ==, ROWS[i].people);
  }
  g_assert_cmpint (number_of (fixture, PARTS), ==, 1);
  assert_sound (fixture);
}

/* By the same connection. */
static void test_goes_on (Fixture *fixture, gconstpointer data)
{
  take (fixture);
  write_one (fixture, "registration", "FR-5", "Nouvelle");
  write_one (fixture, "registration", "FR-7777", "Venue");
  write_one (fixture, "erasure", "FR-6", NULL);
  g_assert_cmpint (found (fixture, "nom5 OR nom6"), ==, 0);
  g_assert_cmpint (found (fixture, "nouvelle OR venue OR nom7"), ==, 3);
  assert_sound (fixture);
}

static void test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 taken;

  g_assert_false (journal_merge_from_hub (fixture->journal, damaged, &taken, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM delegate"), ==, 0);
  g_assert_cmpint (found (fixture, "nom7"), ==, 0);
  take (fixture);
  assert_sound (fixture);
}

/* Where somebody is registered already the commit does it. */
static void test_somebody (Fixture *fixture, gconstpointer data)
{
  write_one (fixture, "registration", "FR-7777", "Venue");
  take (fixture);
  g_assert_cmpint (found (fixture, "venue OR nom7"), ==, 2);
  assert_sound (fixture);
}

/* A file that cannot be made. */
static void test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 taken;

  g_assert_cmpint (g_mkdir (fixture->scratch, 0700), ==, 0);
  g_assert_false (journal_merge_from_hub (fixture->journal, snapshot, &taken, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_assert_nonnull (strstr (error->message, fixture->scratch));
  g_assert_cmpint (g_rmdir (fixture->scratch), ==, 0);
  take (fixture);
}

int main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("accueil-search-builder-XXXXXX", NULL);
  snapshot = g_build_filename (folder, "snapshot.db", NULL);
  damaged = g_build_filename (folder, "damaged.db", NULL);
  make_snapshots ();
#define TEST(name, data, function)                                                                 \
  g_test_add ("/journal/search_builder/" name, Fixture, data, set_up, function, tear_down)
  TEST ("found", NULL, test_found);
  TEST ("found-after-a-look", "a look", test_found);
  TEST ("goes-on", NULL, test_goes_on);
  TEST ("refused", NULL, test_refused);
  TEST ("somebody", NULL, test_somebody);
  TEST ("no-place", NULL, test_no_place);
  failed = g_test_run ();
  g_unlink (snapshot);
  g_unlink (damaged);
  return failed;
}
