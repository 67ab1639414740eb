#include "journal/maintenance.h"

#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void clean (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = path_of (name);

    g_remove (path);
  }
}

/* A replica of @station with twenty registrations. */
static Journal *make (const char *station, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (station, ".db", NULL), *path = path_of (file);
  Journal *journal = journal_create (path, station, clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (journal, &error));
  for (guint i = 0; i < count; i++) {
    g_autofree char *reference
        = g_strdup_printf ("%s-%03u", station, i),
        *body = g_strdup_printf ("{\"family\":\"Nom%u\",\"given\":\"Prénom\",\"meals\":true}", i);

    g_assert_true (journal_append (journal, "registration", reference, body, NULL, &error));
  }
  g_assert_true (journal_commit (journal, &error));
  return journal;
}

static void damage (Journal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      journal_execute (journal, "DROP TRIGGER fact_fixed; DROP TRIGGER fact_keep", &error));
  journal_execute (journal, sql, &error);
  g_assert_no_error (error);
}

static void test_verify (void)
{
  static const struct {
    const char *sql, *where;
  } rows[] = {
    { "UPDATE fact SET body = replace (body, 'Nom4', 'Nom5') WHERE seq = 6", "fact 6 of" },
    { "UPDATE fact SET subject = 'b-999' WHERE seq = 7", "fact 7 of" },
    { "UPDATE fact SET at = at + 1 WHERE seq = 8", "fact 8 of" },
    { "UPDATE fact SET kind = 'erasure' WHERE seq = 9", "fact 9 of" },
    { "UPDATE fact SET body_hash = zeroblob (32) WHERE seq = 10", "fact 10 of" },
    { "UPDATE fact SET body = NULL, body_hash = zeroblob (32) WHERE seq = 10", "fact 10 of" },
    { "UPDATE fact SET chain = zeroblob (32) WHERE seq = 11", "fact 11 of" },
    { "DELETE FROM fact WHERE seq = 12", "fact 13 of" },
    { "DELETE FROM fact WHERE seq = 21", "after fact 20 of" },
    { "UPDATE head SET seq = 22", "after fact 21 of" },
    { "UPDATE fact SET seq = 100 WHERE seq = 1", "fact 100 of" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Journal) journal = make ("b", 20);
    gint64 checked;

    g_test_message ("%s", rows[i].sql);
    g_assert_true (journal_verify (journal, &checked, NULL, NULL, &error));
    g_assert_cmpint (checked, ==, 21);
    damage (journal, rows[i].sql);
    g_assert_false (journal_verify (journal, &checked, NULL, NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
    g_assert_nonnull (strstr (error->message, rows[i].where));
    g_assert_nonnull (strstr (error->message, "“b”"));
    g_clear_pointer (&journal, journal_close);
    clean ();
  }
}

/* An erased body is no fault: its hash still stands in the chain. */
static void test_verify_erased (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 5);

  g_assert_true (journal_execute (journal, "UPDATE fact SET body = NULL WHERE seq = 3", &error));
  g_assert_true (journal_verify (journal, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&journal, journal_close);
  clean ();
}

static void count_progress (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, <=, total);
  (*(guint *) data)++;
}

static void test_progress (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 2500);
  guint calls = 0;

  g_assert_true (journal_verify (journal, NULL, count_progress, &calls, &error));
  g_assert_cmpuint (calls, ==, 3);
  g_clear_pointer (&journal, journal_close);
  clean ();
}

static void test_rebuild (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 50);
  g_autofree char *before = journal_projections_text (journal, &error), *after = NULL;

  g_assert_nonnull (strstr (before, "Nom49"));
  g_assert_true (
      journal_execute (journal, "DELETE FROM delegate; DELETE FROM station_key", &error));
  g_assert_true (journal_rebuild (journal, &error));
  after = journal_projections_text (journal, &error);
  g_assert_cmpstr (before, ==, after);
  g_clear_pointer (&journal, journal_close);
  clean ();
}

static void test_snapshot (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 20);
  g_autoptr (Journal) other = make ("c", 3);
  g_autofree char *path = path_of ("snapshot.db"), *bytes = NULL,
                  *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error),
                  *a = NULL, *b = NULL;
  gsize length;
  gint64 taken, last;

  g_assert_true (journal_execute (
      journal,
      "INSERT INTO printer_state VALUES ('at-the-back-door', 1, 'ready', '', '', 0, 0, '')",
      &error));
  g_assert_true (journal_snapshot (journal, path, &error));
  g_assert_false (journal_snapshot (journal, path, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  g_assert_null (memmem (bytes, length, secret, strlen (secret)));
  g_assert_null (memmem (bytes, length, "at-the-back-door", strlen ("at-the-back-door")));
  g_assert_null (journal_open (path, clock_system (), &error)); /* nobody's replica */
  g_clear_error (&error);

  g_assert_true (journal_merge (other, path, &taken, NULL, &last, &error));
  g_assert_cmpint (taken, ==, 21);
  g_assert_cmpint (last, ==, 21);
  g_assert_true (journal_merge (other, path, &taken, NULL, &last, &error));
  g_assert_cmpint (taken, ==, 0);
  g_assert_true (journal_verify (other, NULL, NULL, NULL, &error));

  /* And the other way, from a replica in use. */
  g_free (g_steal_pointer (&path));
  path = path_of ("c.db");
  g_assert_true (journal_merge (journal, path, &taken, NULL, NULL, &error));
  g_assert_cmpint (taken, ==, 4);
  a = journal_heads_digest (journal, &error);
  b = journal_heads_digest (other, &error);
  g_assert_cmpstr (a, ==, b);
  g_clear_pointer (&journal, journal_close);
  g_clear_pointer (&other, journal_close);
  clean ();
}

static void test_merge_refused (void)
{
  static const struct {
    const char *sql;
    gint code; /* a JournalError */
  } STRANGE[] = { { "PRAGMA application_id = 7", JOURNAL_ERROR_NOT_OURS },
                  { "PRAGMA user_version = 999999", JOURNAL_ERROR_NEWER } };
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 5);
  g_autofree char *none = path_of ("none.db"), *text = path_of ("text.db"),
                  *forked = path_of ("forked.db"), *own = path_of ("b.db");
  g_autoptr (Journal) fork = NULL;
  gint64 taken;

  g_assert_false (journal_merge (journal, none, &taken, NULL, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (text,
                                      "no database, but a text that is long enough to have the "
                                      "hundred bytes of an SQLite header, and some more",
                                      -1, NULL));
  g_assert_false (journal_merge (journal, text, &taken, NULL, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS);
  g_clear_error (&error);
  /* What another program, or a later version, wrote. */
  for (guint i = 0; i < G_N_ELEMENTS (STRANGE); i++) {
    g_autofree char *name = g_strdup_printf ("strange%u.db", i), *path = path_of (name);
    Journal *strange = journal_create (path, "c", clock_system (), &error);

    g_assert_true (journal_execute (strange, STRANGE[i].sql, &error));
    journal_close (strange);
    g_assert_false (journal_merge (journal, path, &taken, NULL, NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, STRANGE[i].code);
    g_clear_error (&error);
  }
  /* Another machine that was given the same name. */
  fork = journal_create (forked, "b", clock_system (), &error);
  for (guint i = 0; i < 10; i++) {
    g_assert_true (journal_begin (fork, &error));
    g_assert_true (journal_append (fork, "erasure", "x", "{}", NULL, &error));
    g_assert_true (journal_commit (fork, &error));
  }
  g_assert_false (journal_merge (journal, forked, &taken, NULL, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_clear_error (&error);
  /* And from the other side, where all that the shorter one holds has a number that is
   * known already. */
  g_assert_false (journal_merge (fork, own, &taken, NULL, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_assert_nonnull (strstr (error->message, "“b”"));
  g_clear_error (&error);
  /* A replica into itself. */
  g_assert_false (journal_merge (journal, own, &taken, NULL, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (journal_verify (journal, NULL, NULL, NULL, &error));
  g_clear_pointer (&journal, journal_close);
  g_clear_pointer (&fork, journal_close);
  clean ();
}

/* Another connection copies back what one has written, also beside its reader; the file
 * alone then holds it. */
static void test_checkpoint (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = make ("b", 200);
  g_autofree char *path = path_of ("b.db"), *bytes = NULL;
  g_autoptr (Journal) other = journal_open (path, clock_system (), &error);
  gsize length;
  guint pages = 0;

  g_assert_no_error (error);
  g_assert_true (journal_checkpoint (other, &pages, &error));
  g_assert_cmpuint (pages, >, 10);
  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  g_assert_nonnull (memmem (bytes, length, "CREATE TABLE fact", strlen ("CREATE TABLE fact")));
  /* The next writer begins the log anew. */
  g_assert_true (journal_set_local (journal, "note", "x", &error));
  g_assert_true (journal_checkpoint (other, &pages, &error));
  g_assert_cmpuint (pages, <, 10);
  g_clear_pointer (&journal, journal_close);
  g_clear_pointer (&other, journal_close);
  clean ();
}

/* Another replica that says of its congress what @bodies say, one after the other. */
static char *make_congress (const char *station, const char *const *bodies)
{
  g_autofree char *file = g_strconcat (station, ".db", NULL);
  char *path = path_of (file);
  g_autoptr (Journal) journal = make (station, 1);

  g_assert_true (journal_begin (journal, NULL));
  for (guint i = 0; bodies[i] != NULL; i++)
    g_assert_true (journal_append (journal, "congress", "congress", bodies[i], NULL, NULL));
  g_assert_true (journal_commit (journal, NULL));
  return path;
}

/* Of another congress are two replicas that both know theirs and have none in common. */
static void test_congress (void)
{
  static const struct {
    const char *own[3], *other[3];
    gboolean same;
  } ROWS[] = {
    { { NULL }, { NULL }, TRUE },
    { { "{\"fr\":\"C\",\"identity\":\"a\"}" }, { NULL }, TRUE },
    { { NULL }, { "{\"fr\":\"C\",\"identity\":\"a\"}" }, TRUE },
    { { "{\"fr\":\"C\",\"identity\":\"a\"}" }, { "{\"fr\":\"D\",\"identity\":\"a\"}" }, TRUE },
    { { "{\"fr\":\"C\",\"identity\":\"a\"}" }, { "{\"fr\":\"C\"}" }, TRUE },
    { { "{\"fr\":\"Rencontres\",\"identity\":\"a\"}" },
      { "{\"fr\":\"Essai\",\"identity\":\"b\"}" },
      FALSE },
    { { "{\"identity\":\"a\"}", "{\"identity\":\"b\"}" }, { "{\"identity\":\"b\"}" }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *own = make_congress ("own", ROWS[i].own),
                    *other = make_congress ("other", ROWS[i].other);
    g_autoptr (Journal) journal = journal_open (own, clock_system (), &error);
    g_autofree char *congress = journal_congress (journal, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (congress, ==, ROWS[i].own[0] != NULL ? "a" : NULL);
    g_assert_true (journal_check_congress (journal, other, &error) == ROWS[i].same);
    if (!ROWS[i].same) {
      g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CONGRESS);
      g_assert_true (strstr (error->message, "“Essai”") != NULL
                     && strstr (error->message, "“Rencontres”") != NULL);
    }
    g_clear_pointer (&journal, journal_close);
    clean ();
  }
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("care-XXXXXX", NULL);
  g_test_add_func ("/care/verify", test_verify);
  g_test_add_func ("/care/verify-erased", test_verify_erased);
  g_test_add_func ("/care/progress", test_progress);
  g_test_add_func ("/care/rebuild", test_rebuild);
  g_test_add_func ("/care/snapshot", test_snapshot);
  g_test_add_func ("/care/checkpoint", test_checkpoint);
  g_test_add_func ("/care/merge-refused", test_merge_refused);
  g_test_add_func ("/care/congress", test_congress);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
