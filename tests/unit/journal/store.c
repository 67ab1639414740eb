/* What SQLite promises and we rely on: several processes on one file, and a kill at any
 * moment. */
#include "journal/journal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* prints the seed */
  g_test_add_func ("/store/together", test_together);
  g_test_add_func ("/store/kill", test_kill);
  return g_test_run ();
}
