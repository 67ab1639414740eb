/* Badges ahead: who and in which order, what they are, and that half of it never is. */
#include "issuance/batch.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

#include <sys/stat.h>

#define TEMPLATE "assets/badge/card-86x54.svg"
#define FONTS "fonts/fonts.conf"

typedef struct {
  Replica replica;
  char *output;
} Fixture;

static const struct {
  const char *reference, *body;
} PEOPLE[] = {
  { "FR-1", "{\"family\":\"Étienne\",\"given\":\"Anne\",\"category\":\"presse\","
            "\"country\":\"FR\",\"delegation\":\"france\"}" },
  { "FR-2", "{\"family\":\"Abel\",\"given\":\"Zoé\",\"category\":\"elu\",\"country\":\"FR\","
            "\"delegation\":\"Ville de Nice\"}" },
  { "CN-3", "{\"name_zh\":\"曾雪梅\",\"category\":\"elu\",\"country\":\"CN\","
            "\"delegation\":\"chine\"}" },
  { "CN-4", "{\"name_zh\":\"安静\",\"family\":\"An\",\"given\":\"Jing\",\"category\":\"presse\","
            "\"country\":\"CN\",\"delegation\":\"成都市人民政府\"}" },
  { "X/5",
    "{\"family\":\"Zuber\",\"category\":\"unknown\",\"country\":\"CH\",\"delegation\":\"\"}" },
  { "X-6", "{\"family\":\"Gone\",\"revoked\":true}" },
};

static void set_up (Fixture *fixture, gconstpointer data)
{
  replica_open (&fixture->replica, "hub");
  demo_load (fixture->replica.journal);
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    append (fixture->replica.journal, "registration", PEOPLE[i].reference, PEOPLE[i].body);
  fixture->output = replica_path (&fixture->replica, "out.pdf");
}

/* Of folders too. */
static void remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder));) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    g_remove (inside);
  }
  g_remove (path);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  remove_all (fixture->output);
  g_free (fixture->output);
  replica_close (&fixture->replica);
}

/* Order ------------------------------------------------------------------------------ */

static char *order_of (Fixture *fixture, const char *word)
{
  g_autoptr (GError) error = NULL;
  BatchSort sort;
  g_assert_true (batch_order_sort_from_word (word, &sort));
  g_autoptr (GArray) places = batch_order (fixture->replica.journal, sort, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
                            g_array_index (places, BatchPlace, i).reference);
  return g_string_free (text, FALSE);
}

static void test_order (Fixture *fixture, gconstpointer data)
{
  /* Without a Latin name, the pinyin stands for it: 曾 is Zeng. A delegation's words, not
   * its id, decide; none comes first, Chinese ones last. */
  static const char *const ROWS[][2] = {
    { "surname-fr", "FR-2 CN-4 FR-1 CN-3 X/5" }, { "surname-zh", "FR-2 CN-4 FR-1 CN-3 X/5" },
    { "reference", "CN-3 CN-4 FR-1 FR-2 X/5" },  { "delegation", "X/5 CN-3 FR-1 FR-2 CN-4" },
    { "category", "FR-2 CN-3 CN-4 FR-1 X/5" },
  };
  BatchSort sort;

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *order = order_of (fixture, ROWS[i][0]);
    g_assert_cmpstr (order, ==, ROWS[i][1]);
  }
  g_assert_false (batch_order_sort_from_word ("colour", &sort));
}

/* Issuing ---------------------------------------------------------------------------- */

static gboolean print (Fixture *fixture, BatchOptions options, BatchSummary *summary,
                       GError **error)
{
  options.template_ = options.template_ != NULL ? options.template_ : TEMPLATE;
  options.output = options.output != NULL ? options.output : fixture->output;
  return batch_print (fixture->replica.journal, &options, NULL, NULL, summary, error);
}

static void assert_nothing (Fixture *fixture)
{
  g_autofree char *part = g_strconcat (fixture->output, ".part", NULL);
  g_autoptr (GDir) folder = g_dir_open (fixture->replica.folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder));)
    g_assert_true (g_str_has_prefix (name, "a.db"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void test_issue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Journal *journal = fixture->replica.journal;
  g_auto (BatchSummary) summary = { 0 };
  struct stat status;

  g_assert_true (print (fixture, (BatchOptions){ 0 }, &summary, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (summary.badges, ==, 5);
  g_assert_cmpint (
      number_of (
          journal,
          "SELECT count (*) FROM badge WHERE reason = 'preprinted' AND print = 0 AND serial = 1"),
      ==, 5);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge WHERE reference = 'X-6'"), ==,
                   0);
  g_assert_cmpint (stat (fixture->output, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  /* Who has a badge must be spoken of. */
  g_assert_false (print (fixture, (BatchOptions){ 0 }, &summary, &error));
  g_assert_error (error, BATCH_ERROR, BATCH_ERROR_HOLDERS);
  g_clear_error (&error);
  g_assert_false (
      print (fixture, (BatchOptions){ .holders = BATCH_LEAVE_HOLDERS }, &summary, &error));
  g_assert_error (error, BATCH_ERROR, BATCH_ERROR_NOBODY);
  g_clear_error (&error);
  append (journal, "registration", "FR-7", "{\"family\":\"Neuf\"}");
  g_assert_true (
      print (fixture, (BatchOptions){ .holders = BATCH_LEAVE_HOLDERS }, &summary, &error));
  g_assert_cmpuint (summary.badges, ==, 1);
  g_assert_cmpuint (summary.left_out, ==, 5);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge"), ==, 6);
  g_assert_true (
      print (fixture, (BatchOptions){ .holders = BATCH_REPLACE_HOLDERS }, &summary, &error));
  g_assert_cmpuint (summary.replaced, ==, 6);
  g_assert_cmpint (
      number_of (journal, "SELECT count (*) FROM badge_state WHERE good AND serial = 2"), ==, 6);
  g_assert_cmpint (
      number_of (journal, "SELECT count (*) FROM badge_state WHERE good AND serial = 1"), ==, 0);
}

static void test_proof (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (BatchSummary) summary = { 0 };

  g_assert_true (print (fixture, (BatchOptions){ .proof = TRUE }, &summary, &error));
  g_assert_cmpuint (summary.badges, ==, 5);
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 0);
}

static gboolean holds (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

/* For a print shop, where it is cut stands in each page, in a file as in a folder; a
 * roll is refused before anything is issued. */
static void test_bleed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL, roll = NULL;
  g_auto (BatchSummary) summary = { 0 };
  g_assert_false (print (fixture,
                         (BatchOptions){ .bleed = TRUE, .template_ = "assets/badge/roll-62mm.svg" },
                         &summary, &roll));
  g_assert_error (roll, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  assert_nothing (fixture);
  g_assert_true (print (fixture, (BatchOptions){ .bleed = TRUE }, &summary, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (summary.badges, ==, 5);
  g_assert_true (holds (fixture->output, "/TrimBox [ 25.5118 25.5118 "));
  g_assert_true (holds (fixture->output, "/BleedBox [ 17.0079 17.0079 "));
  g_autofree char *folder = g_strconcat (fixture->output, ".d", NULL);
  g_assert_true (print (
      fixture,
      (BatchOptions){
          .bleed = TRUE, .output = folder, .folder = TRUE, .holders = BATCH_REPLACE_HOLDERS },
      &summary, &error));
  g_autoptr (GDir) there = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  guint files = 0;
  for (const char *name; (name = g_dir_read_name (there)) != NULL; files++) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_assert_true (holds (path, "/TrimBox [ 25.5118 25.5118 "));
  }
  g_assert_cmpuint (files, ==, 5);
  remove_all (folder);
}

static void test_folder (Fixture *fixture, gconstpointer data)
{
  static const char *const NAMES[]
      = { "0001-CN-3.pdf", "0002-CN-4.pdf", "0003-FR-1.pdf", "0004-FR-2.pdf", "0005-X_5.pdf" };
  g_autoptr (GError) error = NULL;
  g_autofree char *slashed = g_strconcat (fixture->output, "/", NULL);
  g_auto (BatchSummary) summary = { 0 };

  g_assert_true (print (
      fixture,
      (BatchOptions){ .output = slashed, .folder = TRUE, .sort = BATCH_BY_REFERENCE, .threads = 3 },
      &summary, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (fixture->output, NAMES[i], NULL);
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  }
  /* What stands there is not written over. */
  g_assert_false (print (fixture,
                         (BatchOptions){ .folder = TRUE, .holders = BATCH_REPLACE_HOLDERS },
                         &summary, &error));
  g_assert_error (error, BATCH_ERROR, BATCH_ERROR_OUTPUT);
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT max (serial) FROM badge"), ==, 1);
}

/* What can be drawn, and the rest listed -------------------------------------------- */

static void test_faults (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;

  append (journal, "registration", "X-8", "{\"family\":\"\xf0\x92\x80\x80\"}");
  append (journal, "registration", "X-9", "{\"country\":\"FR\"}");
  append (journal, "badge-issued", "X-8", "{\"serial\":1,\"reason\":\"first\",\"print\":false}");
  for (gboolean folder = FALSE; folder <= TRUE; folder++) {
    g_autoptr (GError) error = NULL;
    g_auto (BatchSummary) summary = { 0 };
    g_assert_true (print (fixture,
                          (BatchOptions){ .sort = BATCH_BY_REFERENCE,
                                          .folder = folder,
                                          .holders = BATCH_REPLACE_HOLDERS },
                          &summary, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (summary.badges, ==, 5);
    g_assert_cmpuint (summary.replaced, ==, folder ? 5 : 0);
    g_assert_cmpuint (summary.faults->len, ==, 2);
    g_assert_true (g_str_has_prefix (summary.faults->pdata[0], "X-8 \xf0\x92\x80\x80: "));
    g_assert_true (g_str_has_prefix (summary.faults->pdata[1], "X-9: "));
    remove_all (fixture->output);
  }
  /* Who could not be drawn has what she had before. */
  g_assert_cmpint (
      number_of (journal, "SELECT count (*) FROM badge_state WHERE reference = 'X-8' AND good"), ==,
      1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge WHERE reference LIKE 'X-9'"),
                   ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE good"), ==, 6);
}

static void test_none_drawn (void)
{
  for (gboolean folder = FALSE; folder <= TRUE; folder++) {
    g_autoptr (GError) error = NULL;
    g_auto (BatchSummary) summary = { 0 };
    Fixture fixture;
    replica_open (&fixture.replica, "hub");
    fixture.output = replica_path (&fixture.replica, "out.pdf");
    append (fixture.replica.journal, "registration", "X-8", "{\"family\":\"\xf0\x92\x80\x80\"}");
    g_assert_false (print (&fixture, (BatchOptions){ .folder = folder }, &summary, &error));
    g_assert_error (error, BATCH_ERROR, BATCH_ERROR_DRAWING);
    g_assert_nonnull (strstr (error->message, "X-8 "));
    assert_nothing (&fixture);
    g_assert_cmpint (number_of (fixture.replica.journal, "SELECT count (*) FROM badge"), ==, 0);
    tear_down (&fixture, NULL);
  }
}

/* Badges whose text is no longer true, and no others --------------------------------- */

static void print_changed (Fixture *fixture, guint badges)
{
  g_autoptr (GError) error = NULL;
  g_auto (BatchSummary) summary = { 0 };
  gboolean printed
      = print (fixture, (BatchOptions){ .holders = BATCH_REPLACE_UNTRUE }, &summary, &error);
  if (badges == 0) {
    g_assert_false (printed);
    g_assert_error (error, BATCH_ERROR, BATCH_ERROR_NOBODY);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (summary.badges, ==, badges);
  g_assert_cmpuint (summary.replaced, ==, badges);
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge_to_renew"), ==,
                   0);
}

static void test_untrue (Fixture *fixture, gconstpointer data)
{
  /* What is registered next, and how many badges that makes untrue. */
  static const struct {
    const char *reference, *body;
    guint untrue;
  } ROWS[] = {
    { "FR-2",
      "{\"family\":\"Abel\",\"given\":\"Zoë\",\"category\":\"elu\",\"country\":\"FR\","
      "\"delegation\":\"Ville de Nice\"}",
      1 },
    { "CN-3",
      "{\"name_zh\":\"曾雪梅\",\"category\":\"presse\",\"country\":\"CN\","
      "\"delegation\":\"chine\"}",
      1 },
    { "FR-1", "{\"meals\":true,\"corrected\":[\"meals\"],\"volunteer\":\"Li\"}", 1 },
    /* no badge shows these */
    { "FR-2",
      "{\"family\":\"Abel\",\"given\":\"Zoë\",\"category\":\"elu\",\"country\":\"FR\","
      "\"delegation\":\"Ville de Nice\",\"email\":\"z@x.fr\",\"hotel\":\"Ibis\"}",
      0 },
    /* withdrawn; nobody who has a badge */
    { "CN-4", "{\"name_zh\":\"安静\",\"revoked\":true}", 0 },
    { "FR-9", "{\"family\":\"Neuf\"}", 0 },
  };
  g_autoptr (GError) error = NULL;
  g_auto (BatchSummary) summary = { 0 };
  Journal *journal = fixture->replica.journal;

  g_assert_true (print (fixture, (BatchOptions){ 0 }, &summary, &error));
  print_changed (fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *sql
        = g_strdup_printf ("SELECT count (*) FROM alert WHERE kind = 'untrue' AND NOT closed "
                           "AND reference = '%s' AND serial = 1",
                           ROWS[i].reference);
    append (journal, "registration", ROWS[i].reference, ROWS[i].body);
    g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_to_renew"), ==,
                     ROWS[i].untrue);
    g_assert_cmpint (number_of (journal, sql), ==, ROWS[i].untrue);
    print_changed (fixture, ROWS[i].untrue);
  }
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE serial = 2 AND "
                                       "good AND reference IN ('FR-1', 'FR-2', 'CN-3')"),
                   ==, 3);
  g_assert_cmpint (
      number_of (journal, "SELECT count (*) FROM badge_state WHERE serial = 1 AND good"), ==, 2);
  /* What was changed back is true again. */
  append (journal, "registration", "X/5", "{\"family\":\"Zubert\",\"country\":\"CH\"}");
  append (journal, "registration", "X/5",
          "{\"family\":\"Zuber\",\"category\":\"unknown\",\"country\":\"CH\"}");
  print_changed (fixture, 0);
}

/* Somebody is corrected while badges are drawn: hers would say what she is called no
 * more. */
static void correct_meanwhile (gint64 done, gint64 total, gpointer data)
{
  Fixture *fixture = data;
  if (number_of (fixture->replica.journal, "SELECT count (*) FROM correction") == 0)
    append (fixture->replica.journal, "registration", "CN-3",
            "{\"given\":\"Xue\",\"corrected\":[\"given\"],\"volunteer\":\"Li\"}");
}

static void test_corrected_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (BatchSummary) summary = { 0 };
  BatchOptions options
      = { .template_ = TEMPLATE, .output = fixture->output, .sort = BATCH_BY_REFERENCE };

  g_assert_false (batch_print (fixture->replica.journal, &options, correct_meanwhile, fixture,
                               &summary, &error));
  g_assert_error (error, BATCH_ERROR, BATCH_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "registration of CN-3"));
  assert_nothing (fixture);
}

/* Nothing by halves ------------------------------------------------------------------ */

typedef struct {
  gint stop;
  guint calls;
  Fixture *fixture;
} Meddler;

static void stop_soon (gint64 done, gint64 total, gpointer data)
{
  Meddler *meddler = data;
  if (++meddler->calls == 2)
    g_atomic_int_set (&meddler->stop, 1);
}

static void test_stopped (Fixture *fixture, gconstpointer data)
{
  for (gboolean folder = FALSE; folder <= TRUE; folder++) {
    g_autoptr (GError) error = NULL;
    Meddler meddler = { .fixture = fixture };
    BatchOptions options = {
      .template_ = TEMPLATE, .output = fixture->output, .stop = &meddler.stop, .folder = folder
    };
    g_auto (BatchSummary) summary = { 0 };
    g_assert_false (
        batch_print (fixture->replica.journal, &options, stop_soon, &meddler, &summary, &error));
    g_assert_error (error, BATCH_ERROR, BATCH_ERROR_STOPPED);
    assert_nothing (fixture);
  }
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 0);
}

/* A gate gives somebody a badge while these are drawn: that serial is taken. */
static void issue_meanwhile (gint64 done, gint64 total, gpointer data)
{
  Meddler *meddler = data;
  if (meddler->calls++ == 0)
    append (meddler->fixture->replica.journal, "badge-issued", "CN-3",
            "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
}

static void test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Meddler meddler = { .fixture = fixture };
  BatchOptions options
      = { .template_ = TEMPLATE, .output = fixture->output, .sort = BATCH_BY_REFERENCE };
  g_auto (BatchSummary) summary = { 0 };

  g_assert_false (batch_print (fixture->replica.journal, &options, issue_meanwhile, &meddler,
                               &summary, &error));
  g_assert_error (error, BATCH_ERROR, BATCH_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "CN-3"));
  assert_nothing (fixture);
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 1);
}

static void test_output (Fixture *fixture, gconstpointer data)
{
  g_autofree char *in_file
      = g_build_filename (journal_path (fixture->replica.journal), "out.pdf", NULL);
  const char *const PLACES[] = { in_file, "/proc/out.pdf" };

  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (BatchSummary) summary = { 0 };
    g_assert_false (print (fixture, (BatchOptions){ .output = PLACES[i] }, &summary, &error));
    g_assert_nonnull (strstr (error->message, PLACES[i]));
    g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 0);
  }
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start (FONTS, &error);
  g_assert_no_error (error);
  g_test_add ("/station/batch/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/station/batch/issue", Fixture, NULL, set_up, test_issue, tear_down);
  g_test_add ("/station/batch/proof", Fixture, NULL, set_up, test_proof, tear_down);
  g_test_add ("/station/batch/bleed", Fixture, NULL, set_up, test_bleed, tear_down);
  g_test_add ("/station/batch/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/station/batch/faults", Fixture, NULL, set_up, test_faults, tear_down);
  g_test_add_func ("/station/batch/none-drawn", test_none_drawn);
  g_test_add ("/station/batch/untrue", Fixture, NULL, set_up, test_untrue, tear_down);
  g_test_add ("/station/batch/corrected-meanwhile", Fixture, NULL, set_up, test_corrected_meanwhile,
              tear_down);
  g_test_add ("/station/batch/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/station/batch/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/station/batch/output", Fixture, NULL, set_up, test_output, tear_down);
  return g_test_run ();
}
