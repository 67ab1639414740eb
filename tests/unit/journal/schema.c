#include "journal/schema.h"

#include "core/hash.h"
#include "journal/journal.h"
#include "journal/query.h"
#include "journal/store.h"

#include <glib/gstdio.h>
#include <string.h>

#define SCHEMA "src/journal/schema"

/* Raise SCHEMA_MINOR when a projection file changes, then write both here (schema.h says
 * why). */
#define MINOR 41
#define DIGEST "758ad21adef373ed751bfa47a08076b6510deb6f458f630deb9cb8b24c8bffaf"

static gint by_name (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

/* BLAKE2b-256 of all projection files, in their order. */
static char *digest_of_projections (void)
{
  g_autoptr (GDir) dir = g_dir_open (SCHEMA, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Hasher *hasher = hash_new ();
  Hash hash;

  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_prefix (name, "projection-"))
      g_ptr_array_add (names, g_build_filename (SCHEMA, name, NULL));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *text = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (names->pdata[i], &text, &length, NULL));
    hash_add (hasher, text, length);
  }
  hash = hash_finish (hasher);
  return hash_to_hex (&hash);
}

static void test_digest (void)
{
  g_autofree char *digest = digest_of_projections ();

  g_assert_cmpint (SCHEMA_MINOR, ==, MINOR);
  g_assert_cmpstr (digest, ==, DIGEST);
}

static char *contents (const char *name)
{
  g_autofree char *path = g_build_filename (SCHEMA, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* A file of the store's version @major, as the program of that time left it: the
 * tables of then, the facts of @journal without what came later, and projections of
 * another time. */
static void write_older (Journal *journal, const char *path, guint major)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS now", journal_path (journal)),
                  *version = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = "
                                              "%u; CREATE TABLE of_another_time (x)",
                                              SCHEMA_APPLICATION_ID, major * 1000 + 7);
  sqlite3 *db = store_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error);

  g_assert_no_error (error);
  for (guint i = 1; i <= major; i++) {
    g_autofree char *name = g_strdup_printf ("store-%03u.sql", i), *sql = contents (name);

    g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  }
  g_assert_cmpint (sqlite3_exec (db, version, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO main.fact (number, station, seq, at, kind, subject, "
                                 "body, body_hash, chain) SELECT number, station, seq, at, kind, "
                                 "subject, body, body_hash, chain FROM now.fact; INSERT INTO "
                                 "main.local SELECT * FROM now.local",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Every version of the store there has been is brought up when it is opened: its facts
 * count as they did, and what is written next is signed. */
static void test_older (void)
{
  g_autofree char *folder = g_dir_make_tmp ("schema-XXXXXX", NULL),
                  *path = g_build_filename (folder, "a.db", NULL),
                  *older = g_build_filename (folder, "older.db", NULL), *before = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) now = journal_create (path, "a", clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (now, &error));
  g_assert_true (
      journal_append (now, "registration", "FR-1", "{\"family\":\"Huë\"}", NULL, &error));
  g_assert_true (journal_commit (now, &error));
  before = journal_projections_text (now, &error);
  for (guint major = 1; major < SCHEMA_MAJOR; major++) {
    g_autoptr (Journal) journal = NULL;
    g_autofree char *after = NULL;
    Query *query;

    write_older (now, older, major);
    journal = journal_open (older, clock_system (), &error);
    g_assert_no_error (error);
    after = journal_projections_text (journal, &error);
    g_assert_cmpstr (before, ==, after);
    g_assert_true (journal_verify (journal, NULL, NULL, NULL, &error));
    g_assert_true (journal_begin (journal, &error));
    g_assert_true (
        journal_append (journal, "registration", "FR-2", "{\"family\":\"Li\"}", NULL, &error));
    g_assert_true (journal_commit (journal, &error));
    query = journal_query (journal,
                           "SELECT user_version, (SELECT signed FROM head), (SELECT count (*) FROM "
                           "printer_state) FROM pragma_user_version",
                           &error);
    g_assert_no_error (error);
    g_assert_true (query_next (query));
    g_assert_cmpint (query_int (query, 0), ==, SCHEMA_VERSION);
    g_assert_cmpint (query_int (query, 1), ==, 3);
    g_assert_true (query_end (query, &error));
    g_clear_pointer (&journal, journal_close);
    g_remove (older);
  }
  g_clear_pointer (&now, journal_close);
  g_remove (path);
  g_rmdir (folder);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/digest", test_digest);
  g_test_add_func ("/schema/older", test_older);
  return g_test_run ();
}
