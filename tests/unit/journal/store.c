/* What SQLite promises and we rely on: several processes on one file, and a kill at any
 * moment. */
#include "journal/store.h"

#include "journal/journal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITERS 4
#define FACTS_EACH 150
#define KILLS 15

static char *folder, *path;

static void set_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = NULL;

  folder = g_dir_make_tmp ("store-XXXXXX", NULL);
  path = g_build_filename (folder, "a.db", NULL);
  journal = journal_create (path, "a", clock_system (), &error);
  g_assert_no_error (error);
}

static void tear_down (void)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *file = g_strconcat (path, ends[i], NULL);

    g_remove (file);
  }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&path, g_free);
}

/* Appends facts, each in its own transaction, and reports each committed seq to @out.
 * Ends after @count, or never for 0. */
static _Noreturn void write_facts (guint count, int out)
{
  g_autoptr (Journal) journal = journal_open (path, clock_system (), NULL);

  for (guint i = 0; journal != NULL && (count == 0 || i < count); i++) {
    gint64 seq;

    if (!journal_begin (journal, NULL)
        || !journal_append (
            journal, "passage", "FR-1",
            "{\"verdict\":\"ADMITTED\",\"checkpoint\":\"e\",\"day\":\"2016-10-26\"}", &seq, NULL)
        || !journal_commit (journal, NULL) || write (out, &seq, sizeof seq) != sizeof seq)
      _exit (1);
  }
  _exit (journal != NULL ? 0 : 1);
}

static pid_t start_writer (guint count, int out)
{
  pid_t pid = fork ();

  if (pid == 0)
    write_facts (count, out);
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static void assert_whole (gint64 at_least)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_open (path, clock_system (), &error);
  g_autofree char *before = NULL, *after = NULL;
  gint64 checked;

  g_assert_no_error (error);
  g_assert_true (journal_verify (journal, &checked, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (checked, >=, at_least);
  before = journal_projections_text (journal, &error);
  g_assert_true (journal_rebuild (journal, &error));
  after = journal_projections_text (journal, &error);
  g_assert_cmpstr (before, ==, after);
}

static void test_together (void)
{
  int out[2];
  pid_t writers[WRITERS];
  gint64 seq;
  guint reported = 0;

  set_up ();
  g_assert_cmpint (pipe (out), ==, 0);
  for (guint i = 0; i < WRITERS; i++)
    writers[i] = start_writer (FACTS_EACH, out[1]);
  close (out[1]);
  while (read (out[0], &seq, sizeof seq) == sizeof seq)
    reported++;
  close (out[0]);
  for (guint i = 0; i < WRITERS; i++) {
    int status;

    waitpid (writers[i], &status, 0);
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  }
  g_assert_cmpuint (reported, ==, WRITERS * FACTS_EACH);
  assert_whole (1 + WRITERS * FACTS_EACH);
  tear_down ();
}

/* Kills a writer after it has reported a random number of facts; what it reported must be
 * there. */
static void test_kill (void)
{
  set_up ();
  for (guint i = 0; i < KILLS; i++) {
    gint32 facts = g_test_rand_int_range (1, 40);
    int out[2];
    gint64 seq, last = 0;
    pid_t writer;

    g_assert_cmpint (pipe (out), ==, 0);
    writer = start_writer (0, out[1]);
    close (out[1]);
    for (gint32 n = 0; n < facts && read (out[0], &seq, sizeof seq) == sizeof seq; n++)
      last = seq;
    kill (writer, SIGKILL);
    while (read (out[0], &seq, sizeof seq) == sizeof seq)
      last = seq;
    close (out[0]);
    waitpid (writer, NULL, 0);
    g_assert_cmpint (last, >=, facts);
    assert_whole (last);
  }
  tear_down ();
}

/* What a person reads when SQLite refuses: what was done to which file, why, and what she
 * can do about it. */
static void test_fail (void)
{
  static const struct {
    const char *file; /* in the folder, which "none" is not in */
    int flags;
    const char *sql[2];
    gint code;          /* a JournalError */
    const char *remedy; /* a part of it */
  } ROWS[] = {
    { "a.db", SQLITE_OPEN_READONLY, { "CREATE TABLE t (a)" }, JOURNAL_ERROR_IO, "read-only" },
    { "b.db",
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
      { "CREATE TABLE t (a); PRAGMA max_page_count = 1",
        "INSERT INTO t VALUES (zeroblob (99999))" },
      JOURNAL_ERROR_IO,
      "free some space" },
    { "none/a.db",
      SQLITE_OPEN_READWRITE,
      { "SELECT * FROM sqlite_master" },
      JOURNAL_ERROR_IO,
      "check that it exists" },
    { "a.db",
      SQLITE_OPEN_READWRITE,
      { "BEGIN IMMEDIATE" }, /* which another has begun */
      JOURNAL_ERROR_BUSY,
      "another program" },
    { "text",
      SQLITE_OPEN_READWRITE,
      { "SELECT * FROM sqlite_master" },
      JOURNAL_ERROR_NOT_OURS,
      "no replica of accueil" },
    { "a.db", SQLITE_OPEN_READWRITE, { "SELECT nothing" }, JOURNAL_ERROR_SQL, NULL },
  };
  g_autofree char *text = NULL, *full = NULL;
  sqlite3 *other = NULL;

  set_up ();
  text = g_build_filename (folder, "text", NULL);
  full = g_build_filename (folder, "b.db", NULL);
  g_assert_true (g_file_set_contents (text,
                                      "no database, but a text that is long enough to have the "
                                      "hundred bytes of an SQLite header, and some more",
                                      -1, NULL));
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *file = g_build_filename (folder, ROWS[i].file, NULL);
    g_autoptr (GError) error = NULL;
    sqlite3 *db = NULL;
    int status = sqlite3_open_v2 (file, &db, ROWS[i].flags, NULL);

    for (guint j = 0; j < G_N_ELEMENTS (ROWS[i].sql) && ROWS[i].sql[j] != NULL; j++)
      status = status == SQLITE_OK ? sqlite3_exec (db, ROWS[i].sql[j], NULL, NULL, NULL) : status;
    g_test_message ("row %u", i);
    g_assert_cmpint (status, !=, SQLITE_OK);
    g_assert_false (store_fail (db, file, "looking into", &error));
    g_assert_error (error, JOURNAL_ERROR, ROWS[i].code);
    g_assert_true (g_str_has_prefix (error->message, "looking into "));
    g_assert_nonnull (strstr (error->message, file));
    g_assert_true (ROWS[i].remedy != NULL ? strstr (error->message, ROWS[i].remedy) != NULL
                                          : g_str_has_suffix (error->message, sqlite3_errmsg (db)));
    sqlite3_close (db);
  }
  sqlite3_close (other);
  g_remove (text);
  g_remove (full);
  tear_down ();
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* prints the seed */
  g_test_add_func ("/store/together", test_together);
  g_test_add_func ("/store/kill", test_kill);
  g_test_add_func ("/store/fail", test_fail);
  return g_test_run ();
}
