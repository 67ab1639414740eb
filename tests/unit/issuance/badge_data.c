/* From a fact to a badge whose code opens the next door. */
#include "issuance/badge_data.h"
#include "words_here.h"

#include "camera/image.h"
#include "credential/code.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

#include <string.h>

#define TEMPLATE "assets/badge/a6-portrait.svg"
#define FONTS "fonts/fonts.conf"
#define DPI 300

typedef struct {
  Replica replica;
  BadgeTemplate *template_;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  append (journal, "registration", "FR-1",
          "{\"family\":\"Kerdoncuff\",\"given\":\"Anne-Laure\",\"name_zh\":\"安娜-"
          "洛尔·凯尔东居夫\",\"category\":\"elu\",\"country\":\"FR\",\"events\":[\"rencontres\"],"
          "\"days\":[\"26\"],\"ribbons\":[\"signatory\"]}");
  append (
      journal, "registration", "CN/2",
      "{\"name_zh\":\"欧阳思远\",\"family\":\"Ouyang\",\"given\":\"Siyuan\",\"country\":\"CN\"}");
  append (journal, "registration", "X-3",
          "{\"family\":\"O\",\"category\":\"gone\",\"events\":[\"gone\"],\"days\":[\"99\"],"
          "\"ribbons\":[\"gone\"]}");
  append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  append (journal, "badge-issued", "CN/2",
          "{\"serial\":65535,\"reason\":\"first\",\"print\":true}");
  append (journal, "badge-issued", "X-3", "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  fixture->template_ = badge_template_load (TEMPLATE, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  badge_template_free (fixture->template_);
  replica_close (&fixture->replica);
}

/* The text in the QR symbol of a badge drawn as PNG. */
static char *code_drawn (Fixture *fixture, const char *reference, guint serial)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->replica.folder, "badge.png", NULL);
  g_autoptr (BadgeSheet) png
      = badge_data_badge (fixture->replica.journal, fixture->template_, reference, serial,
                          BADGE_FRONT, BADGE_DATA_PNG, DPI, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png->bytes, NULL),
                                      (gssize) g_bytes_get_size (png->bytes), &error));
  g_auto (GStrv) codes = image_file_codes (path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_strdup (codes[0]);
}

static void test_code (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *reference;
    guint serial;
  } ROWS[] = { { "FR-1", 1 }, { "CN/2", 65535 }, { "X-3", 1 } };
  g_autofree char *secret_text
      = journal_local (fixture->replica.journal, JOURNAL_LOCAL_STATION_SECRET, NULL);
  SignSecret secret;
  SignPublic key;

  g_assert_true (sign_secret_from_text (secret_text, &secret));
  sign_public_of (&secret, &key);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = code_drawn (fixture, ROWS[i].reference, ROWS[i].serial);
    Code code;
    g_assert_true (code_read (text, &code, NULL));
    g_assert_cmpint (code.kind, ==, CODE_BADGE);
    g_assert_cmpstr (code.reference, ==, ROWS[i].reference);
    g_assert_cmpuint (code.serial, ==, ROWS[i].serial);
    g_assert_true (code_is_signed_by (&code, &key));
  }
}

static void test_proof (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = code_drawn (fixture, "FR-1", 0);
  Code code;

  g_assert_false (code_read (text, &code, &error));
  g_assert_error (error, CODE_ERROR, CODE_ERROR_FOREIGN);
}

static void test_pdf (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) pdf = badge_data_badge (fixture->replica.journal, fixture->template_,
                                                 "FR-1", 1, BADGE_FRONT, BADGE_DATA_PDF, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf->bytes, NULL), "%PDF-", 5), ==, 0);
}

static void assert_refused (Fixture *fixture, const char *reference, guint serial,
                            BadgeDataError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) badge
      = badge_data_badge (fixture->replica.journal, fixture->template_, reference, serial,
                          BADGE_FRONT, BADGE_DATA_PDF, 0, &error);

  g_assert_null (badge);
  g_assert_error (error, BADGE_DATA_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, word));
}

static void test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->replica.folder, "other.db", NULL);
  Journal *journal = fixture->replica.journal,
          *other = journal_create (path, "other", clock_system (), &error);

  g_assert_no_error (error);
  append (other, "badge-issued", "FR-1", "{\"serial\":2,\"reason\":\"lost\",\"print\":true}");
  journal_close (other);
  g_assert_true (journal_merge (journal, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_unlink (path);

  assert_refused (fixture, "FR-9", 1, BADGE_DATA_ERROR_UNKNOWN, "FR-9");
  assert_refused (fixture, "FR-9", 0, BADGE_DATA_ERROR_UNKNOWN, "FR-9");
  assert_refused (fixture, "FR-1", 7, BADGE_DATA_ERROR_UNKNOWN, "7");
  assert_refused (fixture, "FR-1", 2, BADGE_DATA_ERROR_KEY, "other");
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_STATION_SECRET, NULL, &error));
  assert_refused (fixture, "FR-1", 1, BADGE_DATA_ERROR_KEY, "desk");
}

/* What the template is to go by, and the texts that stand in no list. */
static void test_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Journal *journal = fixture->replica.journal;
  append (journal, "registration", "FR-4",
          "{\"family\":\"Le "
          "Goff\",\"title\":\"Mme\",\"category\":\"presse\",\"country\":\"FR\",\"delegation\":"
          "\"france\",\"events\":[\"rencontres\",\"foire\"],\"days\":[\"26\",\"29\"],\"meals\":"
          "true,\"headset\":true,"
          "\"ribbons\":[\"candidate\"],\"role\":\"animateur A1\"}");
  append (journal, "registration", "CN-5",
          "{\"name_zh\":\"王伟\",\"country\":\"CN\",\"organisation_zh\":\"成都市\",\"delegation\":"
          "\"成都市\"}");
  append (journal, "registration", "CN-6",
          "{\"name_zh\":\"王芳\",\"country\":\"CN\",\"organisation_zh\":\"成都市\",\"delegation\":"
          "\"川渝代表团\"}");
  g_autoptr (BadgeDataText) text = badge_data_text_issued (journal, "FR-4", 0, &error);
  g_autoptr (BadgeDataText) same = badge_data_text_issued (journal, "CN-5", 0, &error);
  g_autoptr (BadgeDataText) other = badge_data_text_issued (journal, "CN-6", 0, &error);
  g_assert_no_error (error);
  const BadgeContent *content = badge_data_text_content (text);
  static const char *const TRAITS[] = { "category:presse",
                                        "role:moderator",
                                        "event:rencontres",
                                        "event:foire",
                                        "day:26",
                                        "day:29",
                                        "entitlement:meals",
                                        "entitlement:headset",
                                        "ribbon:candidate",
                                        "country:FR",
                                        "script:fr",
                                        "proof",
                                        NULL };

  g_assert_true (g_strv_equal (content->traits, TRAITS));
  g_assert_cmpuint (content->category_order, ==, 7);
  g_assert_cmpstr (content->role_fr, ==, "Animatrice · A1");
  g_assert_cmpstr (content->delegation_zh, ==, "法国代表团");
  g_assert_cmpuint (content->n_programme, ==, 3);
  g_assert_cmpstr (content->programme[1].title_zh, ==,
                   "A1 · 企业、产业集群与高新技术：地方政府的作用");
  g_assert_cmpstr (content->ribbon_zh, ==, "样张");
  content = badge_data_text_content (same);
  g_assert_cmpstr (content->delegation_zh, ==, "");
  g_assert_cmpstr (content->traits[0], ==, "country:CN");
  g_assert_cmpstr (badge_data_text_content (other)->delegation_zh, ==, "川渝代表团");
}

/* A text lives on when its source is closed. */
static void test_outlives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BadgeData *source = badge_data_open (fixture->replica.journal, &error);
  g_assert_no_error (error);
  g_autoptr (BadgeDataText) text = badge_data_text (
      source, delegate_load (fixture->replica.journal, "FR-1", &error), 0, &error);
  g_assert_no_error (error);
  badge_data_close (source);
  g_assert_cmpstr (badge_data_text_content (text)->congress_zh, ==, "第五届中法地方政府合作论坛");
  g_assert_cmpstr (badge_data_text_content (text)->place_zh, ==, "成都 2016年10月26–29日");
  g_assert_cmpstr (badge_data_text_delegate (text)->reference, ==, "FR-1");
}

static void test_name (void)
{
  g_autofree char *name = badge_data_job_name ("desk-1", "FR/17", 65535);

  g_assert_cmpstr (name, ==, "accueil-desk-1-FR/17-65535");
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  sign_start ();
  badge_fonts_start (FONTS, &error);
  g_assert_no_error (error);
  g_test_add_func ("/station/press/name", test_name);
  g_test_add ("/station/press/text", Fixture, NULL, set_up, test_text, tear_down);
  g_test_add ("/station/press/outlives", Fixture, NULL, set_up, test_outlives, tear_down);
  g_test_add ("/station/press/code", Fixture, NULL, set_up, test_code, tear_down);
  g_test_add ("/station/press/proof", Fixture, NULL, set_up, test_proof, tear_down);
  g_test_add ("/station/press/pdf", Fixture, NULL, set_up, test_pdf, tear_down);
  g_test_add ("/station/press/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
