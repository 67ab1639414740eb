#include "journal/schema.h"

#include "core/hash.h"
#include "journal/journal.h"
#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

#define SCHEMA "src/journal/schema"

/* Raise SCHEMA_MINOR when a projection file changes, then write both here (schema.h says
 * why). */
#define MINOR 23
#define DIGEST "b445754ea376589ce8cddd038cba2b12855107daa4abf2b3bd9d2a67d5acc463"

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

/* A file whose projections are of an older version, or gone, is brought up when it is
 * opened. */
static void test_older (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("schema-XXXXXX", NULL),
                  *path = g_build_filename (folder, "a.db", NULL), *before = NULL, *after = NULL;

  {
    g_autoptr (Journal) journal = journal_create (path, "a", clock_system (), &error);

    g_assert_no_error (error);
    g_assert_true (journal_begin (journal, &error));
    g_assert_true (
        journal_append (journal, "registration", "FR-1", "{\"family\":\"Huë\"}", NULL, &error));
    g_assert_true (journal_commit (journal, &error));
    before = journal_projections_text (journal, &error);
    journal_execute (journal,
                     "DROP TABLE delegate; DROP VIEW badge_state; DROP TABLE printer_state; "
                     "DROP TABLE enrolment_role; CREATE "
                     "TABLE of_another_time (x); PRAGMA user_version = 1000",
                     &error);
    g_assert_no_error (error);
  }
  {
    g_autoptr (Journal) journal = journal_open (path, clock_system (), &error);
    Query *query;

    g_assert_no_error (error);
    after = journal_projections_text (journal, &error);
    g_assert_cmpstr (before, ==, after);
    query = journal_query (journal, "PRAGMA user_version", &error);
    g_assert_true (query_next (query));
    g_assert_cmpint (query_int (query, 0), ==, SCHEMA_VERSION);
    g_assert_true (query_end (query, &error));
    /* What a later version of the store has added is there. */
    g_assert_true (journal_execute (
        journal, "INSERT INTO printer_state VALUES ('badge', 1, 'ready', '', '', 0, 0, '')",
        &error));
  }
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
