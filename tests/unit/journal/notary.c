/* Notarised heads: what is read back, and what is refused as altered. */
#include "journal/notary.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static Journal *make (const char *station)
{
  g_autofree char *path = g_build_filename (folder, station, NULL);
  g_autoptr (GError) error = NULL;
  Journal *journal = journal_create (path, station, clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (journal, NULL));
  g_assert_true (journal_append (journal, "passage", "FR-1", "{\"checkpoint\":\"e\"}", NULL, NULL));
  g_assert_true (journal_commit (journal, NULL));
  return journal;
}

static void forget (const char *station)
{
  static const char *const ENDS[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *name = g_strconcat (station, ENDS[i], NULL),
                    *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
}

static void test_round (void)
{
  Journal *desk = make ("desk"), *other = make ("other");
  g_autofree char *text = notary_statement (desk, NULL);
  g_auto (NotaryReport) report = { 0 }, strange = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (notary_check (desk, text, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (report.station, ==, "desk");
  g_assert_true (report.known);
  g_assert_cmpuint (report.heads, ==, 1);
  g_assert_false (notary_check (other, text, &strange, &error)); /* it has none of these facts */
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP);
  g_assert_false (strange.known);
  journal_close (desk);
  journal_close (other);
  forget ("desk");
  forget ("other");
}

/* The same station with as many facts, of which the last is another one. */
static void test_changed (void)
{
  Journal *before = make ("desk"), *after;
  g_autofree char *text = notary_statement (before, NULL);
  g_auto (NotaryReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  journal_close (before);
  forget ("desk");
  after = make ("desk");
  g_assert_false (notary_check (after, text, &report, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_assert_nonnull (strstr (error->message, "“desk”"));
  g_assert_nonnull (strstr (error->message, report.time));
  journal_close (after);
  forget ("desk");
}

/* Every letter counts, but for what follows the signature. */
static void test_altered (void)
{
  Journal *journal = make ("desk");
  g_autofree char *text = notary_statement (journal, NULL);
  gsize length = strlen (text);

  for (gsize at = 0; at + 1 < length; at++) {
    g_auto (NotaryReport) report = { 0 };
    g_autoptr (GError) error = NULL;

    text[at] ^= 1;
    g_assert_false (notary_check (journal, text, &report, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
    text[at] ^= 1;
  }
  journal_close (journal);
  forget ("desk");
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("notary-XXXXXX", NULL);
  g_test_add_func ("/notary/round", test_round);
  g_test_add_func ("/notary/changed", test_changed);
  g_test_add_func ("/notary/altered", test_altered);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
