/* A copy of a whole replica, while others write to it. */
#include "journal/page_copy.h"
#include "journal/journal.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  char *folder, *db, *copy;
  Journal *journal;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-page-copy-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->copy = g_build_filename (fixture->folder, "copy.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  g_assert_nonnull (fixture->journal);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm" };

  journal_close (fixture->journal);
  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++) {
    g_autofree char *one = g_strconcat (fixture->db, SUFFIXES[i], NULL),
                    *other = g_strconcat (fixture->copy, SUFFIXES[i], NULL);
    g_remove (one);
    g_remove (other);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->copy);
}

static void pass (Journal *journal, guint count)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  for (guint i = 0; i < count; i++)
    g_assert_true (
        journal_append (journal, "passage", "R1", "{\"checkpoint\":\"e\"}", NULL, &error));
  g_assert_true (journal_commit (journal, &error));
}

/* All of it, local values too, in one file that only its owner reads. */
static void test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wal = g_strconcat (fixture->copy, "-wal", NULL), *before = NULL, *after = NULL,
                  *secret = NULL;
  struct stat status;

  pass (fixture->journal, 300);
  g_assert_true (journal_set_local (fixture->journal, "what", "is kept", NULL));
  before = journal_heads_digest (fixture->journal, NULL);
  g_assert_true (page_copy_make (fixture->journal, fixture->copy, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (fixture->copy, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));

  g_autoptr (Journal) copy = journal_open (fixture->copy, clock_system (), &error);
  g_assert_no_error (error);
  after = journal_heads_digest (copy, NULL);
  secret = journal_local (copy, "what", NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (secret, ==, "is kept");
  g_assert_true (journal_verify (copy, NULL, NULL, NULL, &error));
}

typedef struct {
  const char *db;
  gint stop, written;
} Writing;

static gpointer write_on (gpointer data)
{
  Writing *writing = data;
  g_autoptr (Journal) journal = journal_open (writing->db, clock_system (), NULL);

  while (!g_atomic_int_get (&writing->stop)) {
    pass (journal, 3);
    g_atomic_int_add (&writing->written, 3);
  }
  return NULL;
}

/* Whatever is written meanwhile: each copy is of one moment, no earlier than its
 * beginning. */
static void test_beside_a_writer (Fixture *fixture, gconstpointer data)
{
  Writing writing = { .db = fixture->db };
  GThread *thread;

  pass (fixture->journal, 500);
  thread = g_thread_new ("writer", write_on, &writing);
  while (g_atomic_int_get (&writing.written) == 0)
    g_thread_yield ();
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;
    gint64 written = g_atomic_int_get (&writing.written), seq = 0;

    g_assert_true (page_copy_make (fixture->journal, fixture->copy, &error));
    g_assert_no_error (error);
    g_autoptr (Journal) copy = journal_open (fixture->copy, clock_system (), &error);
    g_assert_no_error (error);
    g_assert_true (journal_verify (copy, NULL, NULL, NULL, &error));
    g_assert_true (journal_head (copy, "hub", &seq, NULL, NULL));
    g_assert_cmpint (seq, >=, 501 + written);
    g_assert_cmpint ((seq - 501) % 3, ==, 0);
    g_clear_pointer (&copy, journal_close);
    g_remove (fixture->copy);
  }
  g_atomic_int_set (&writing.stop, 1);
  g_thread_join (thread);
}

static void test_never_over_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL,
                  *nowhere = g_build_filename (fixture->folder, "none", "copy.db", NULL);

  g_assert_true (g_file_set_contents (fixture->copy, "mine", -1, NULL));
  g_assert_false (page_copy_make (fixture->journal, fixture->copy, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_assert_true (g_file_get_contents (fixture->copy, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
  g_clear_error (&error);
  g_assert_false (page_copy_make (fixture->journal, nowhere, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/journal/page-copy/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/journal/page-copy/beside-a-writer", Fixture, NULL, set_up, test_beside_a_writer,
              tear_down);
  g_test_add ("/journal/page-copy/never-over-another", Fixture, NULL, set_up,
              test_never_over_another, tear_down);
  return g_test_run ();
}
