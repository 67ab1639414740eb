/* Every badge tried before the day. */
#include "issuance/proof.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

#define TEMPLATE "assets/badge/a6-portrait.svg"
#define FONTS "fonts/fonts.conf"
#define DPI 203

typedef struct {
  Replica replica;
} Fixture;

static const struct {
  const char *reference, *body;
} PEOPLE[] = {
  { "A-1", "{\"family\":\"Le Goff\",\"given\":\"Anne\",\"country\":\"FR\"}" },
  { "A-2", "{\"name_zh\":\"王伟\",\"family\":\"Wang\",\"given\":\"Wei\",\"country\":\"CN\"}" },
  { "A-3", "{\"name_zh\":\"龚䶮\",\"family\":\"Gong\",\"given\":\"Yan\",\"country\":\"CN\"}" },
  { "A-4", "{\"family\":\"\xf0\x92\x80\x80\",\"country\":\"FR\"}" },
  { "A-5", "{\"country\":\"FR\"}" },
  { "A-6", "{\"family\":\"Kerguiduff-Trémigon de "
           "Kermenguy-Penanros\",\"given\":\"Gwenn-Aëlle\",\"country\":\"FR\"}" },
  { "A-7", "{\"family\":\"Gone\",\"country\":\"FR\",\"revoked\":true}" },
};

static void set_up (Fixture *fixture, gconstpointer data)
{
  replica_open (&fixture->replica, "hub");
  demo_load (fixture->replica.journal);
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    append (fixture->replica.journal, "registration", PEOPLE[i].reference, PEOPLE[i].body);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  replica_close (&fixture->replica);
}

static void test_findings (Fixture *fixture, gconstpointer data)
{
  /* Refused, then rare characters, then the smallest name; the rest after. */
  static const char *const ORDER[] = { "A-4", "A-5", "A-3", "A-6", "A-1", "A-2" };
  for (gboolean one_bit = FALSE; one_bit <= TRUE; one_bit++) {
    g_autoptr (GError) error = NULL;
    ProofOptions options = { .template_ = TEMPLATE, .dpi = DPI, .one_bit = one_bit };
    g_autoptr (GArray) findings
        = proof_run (fixture->replica.journal, &options, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (findings->len, ==, G_N_ELEMENTS (ORDER));
    g_assert_cmpuint (proof_faults (findings), ==, 2);
    for (guint i = 0; i < findings->len; i++)
      if (i < 2)
        g_assert_nonnull (g_array_index (findings, ProofFinding, i).fault);
      else {
        g_assert_null (g_array_index (findings, ProofFinding, i).fault);
        g_assert_cmpstr (g_array_index (findings, ProofFinding, i).reference, ==, ORDER[i]);
      }
    g_assert_cmpstr (g_array_index (findings, ProofFinding, 2).rare, ==, "䶮");
    g_assert_cmpstr (g_array_index (findings, ProofFinding, 3).rare, ==, "");
    g_assert_cmpfloat (g_array_index (findings, ProofFinding, 3).name_pt, <,
                       g_array_index (findings, ProofFinding, 4).name_pt);
  }
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM badge"), ==, 0);
}

/* Whose Latin name nobody seems to have asked: none, or as the characters are read. */
static void test_unasked (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *body, *wanted;
  } ROWS[] = {
    { "{\"name_zh\":\"扎西次仁\",\"country\":\"CN\"}", "扎西次仁" },
    { "{\"name_zh\":\"扎西次仁\",\"family\":\"Zhaxiciren\"}", "扎西次仁, Zhaxiciren" },
    { "{\"name_zh\":\"扎西次仁\",\"family\":\"Tashi\",\"given\":\"Tsering\"}", "" },
    { "{\"name_zh\":\"让·杜邦\",\"country\":\"FR\"}", "让·杜邦" },
    { "{\"name_zh\":\"王伟\",\"family\":\"Wang\",\"given\":\"Wei\"}", "" },
    { "{\"family\":\"Roy\"}", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *reference = g_strdup_printf ("U-%u", i);
    const char *const one[] = { reference, NULL };
    append (fixture->replica.journal, "registration", reference, ROWS[i].body);
    ProofOptions options = { .template_ = TEMPLATE, .dpi = DPI, .references = one };
    g_autoptr (GArray) findings
        = proof_run (fixture->replica.journal, &options, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (g_array_index (findings, ProofFinding, 0).unasked, ==, ROWS[i].wanted);
  }
}

/* The fault names slot and remedy; a person asked for by name. */
static void test_some (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const ONE[] = { "A-4", NULL }, *const NONE[] = { "A-1", "A-99", NULL };
  ProofOptions options = { .template_ = TEMPLATE, .dpi = DPI, .references = ONE };
  g_autoptr (GArray) findings = proof_run (fixture->replica.journal, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (g_array_index (findings, ProofFinding, 0).fault, "“name”"));
  options.references = NONE;
  g_assert_null (proof_run (fixture->replica.journal, &options, NULL, NULL, &error));
  g_assert_error (error, PROOF_ERROR, PROOF_ERROR_NOBODY);
  g_assert_nonnull (strstr (error->message, "A-99"));
}

/* At less than a dot a module the code is mush, and that is found out by reading it. */
static void test_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const ONE[] = { "A-123456789012345678901234567890", NULL };
  append (fixture->replica.journal, "registration", ONE[0],
          "{\"family\":\"Long\",\"country\":\"FR\"}");
  ProofOptions options = { .template_ = TEMPLATE, .dpi = 36, .one_bit = TRUE, .references = ONE };
  g_autoptr (GArray) findings = proof_run (fixture->replica.journal, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_array_index (findings, ProofFinding, 0).fault);
  g_assert_nonnull (strstr (g_array_index (findings, ProofFinding, 0).fault, "36"));
}

static void test_sheet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ProofOptions options = { .template_ = TEMPLATE, .dpi = DPI };
  g_autoptr (GArray) findings = proof_run (fixture->replica.journal, &options, NULL, NULL, &error);
  g_autofree char *path = replica_path (&fixture->replica, "sheet.pdf");
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (
      proof_sheet (fixture->replica.journal, &options, findings, path, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  g_autofree char *nowhere = g_build_filename (path, "sheet.pdf", NULL); /* in a file */
  g_assert_false (
      proof_sheet (fixture->replica.journal, &options, findings, nowhere, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, nowhere));
}

static void stop_at_once (gint64 done, gint64 total, gpointer data)
{
  g_atomic_int_set ((gint *) data, 1);
}

static void test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint stop = 0;
  ProofOptions options = { .template_ = TEMPLATE, .dpi = DPI, .stop = &stop };

  g_assert_null (proof_run (fixture->replica.journal, &options, stop_at_once, &stop, &error));
  g_assert_error (error, PROOF_ERROR, PROOF_ERROR_STOPPED);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start (FONTS, &error);
  g_assert_no_error (error);
  g_test_add ("/station/proof/findings", Fixture, NULL, set_up, test_findings, tear_down);
  g_test_add ("/station/proof/unasked", Fixture, NULL, set_up, test_unasked, tear_down);
  g_test_add ("/station/proof/some", Fixture, NULL, set_up, test_some, tear_down);
  g_test_add ("/station/proof/code", Fixture, NULL, set_up, test_code, tear_down);
  g_test_add ("/station/proof/sheet", Fixture, NULL, set_up, test_sheet, tear_down);
  g_test_add ("/station/proof/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  return g_test_run ();
}
