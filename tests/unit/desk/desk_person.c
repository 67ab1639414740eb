/* A volunteer corrects people, and registers those who come without. */
#include "unit/desk/desk_stage.h"

#include <string.h>

static DeskResult correct (Fixture *fixture, const char *reference, DeskCorrection correction,
                           gboolean with_badge)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (desk_correct (fixture->replica.journal, reference, &correction, with_badge, ZOE,
                               &result, &error));
  g_assert_no_error (error);
  return result;
}

static void test_correct (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_autofree char *long_text = g_strnfill (DELEGATE_TEXT_MAX + 1, 'x');
  g_assert_cmpint (
      correct (fixture, "FR-1", (DeskCorrection){ .family = "Le  Goff " }, TRUE).verdict, ==,
      DESK_CORRECTED); /* no badge yet, none printed */
  assert_body (journal, "registration",
               "{\"title\":\"M.\",\"family\":\"Le "
               "Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
               "\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true,"
               "\"corrected\":[\"family\"],\"volunteer\":\"Zoé\"}");
  admit (fixture, "FR-1");
  DeskResult result = correct (fixture, "FR-1", (DeskCorrection){ .name_zh = "勒戈夫" }, TRUE);
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_assert_cmpuint (result.serial, ==, 2);
  assert_body (
      journal, "badge-void",
      "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"misspelled\",\"volunteer\":\"Zoé\"}");
  gint64 before = facts_in (journal);
  const DeskCorrection same = { .name_zh = "勒戈夫", .family = "Le Goff" };
  g_assert_cmpint (correct (fixture, "FR-1", same, TRUE).verdict, ==, DESK_ALREADY);
  g_assert_cmpint (correct (fixture, "FR-999", (DeskCorrection){ .family = "X" }, TRUE).verdict, ==,
                   DESK_UNKNOWN);
  g_assert_cmpint (correct (fixture, "FR-2", (DeskCorrection){ .family = "X" }, TRUE).verdict, ==,
                   DESK_REVOKED);
  g_assert_cmpint (
      correct (fixture, "FR-1", (DeskCorrection){ .family = "", .given = "", .name_zh = "" }, TRUE)
          .verdict,
      ==, DESK_NO_NAME);
  result = correct (fixture, "FR-1", (DeskCorrection){ .given = long_text }, TRUE);
  g_assert_cmpint (result.verdict, ==, DESK_BAD_TEXT);
  g_assert_cmpstr (result.field, ==, "given");
  g_assert_cmpint (correct (fixture, "FR-1",
                            (DeskCorrection){ .given = "a\x1b"
                                                       "b" },
                            TRUE)
                       .verdict,
                   ==, DESK_BAD_TEXT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .given = "\xff" }, TRUE).verdict, ==,
                   DESK_BAD_TEXT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .family = "欧阳" }, TRUE).verdict,
                   ==, DESK_BAD_SCRIPT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .name_zh = "Ouyang" }, TRUE).verdict,
                   ==, DESK_BAD_SCRIPT);
  g_assert_cmpint (facts_in (journal), ==, before);
}

static DeskResult walk_in (Journal *journal, DeskWalkIn form)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (desk_walk_in (journal, &form, ZOE, &result, &error));
  g_assert_no_error (error);
  return result;
}

static void test_walk_in (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  static const char *const RENCONTRES[] = { "Rencontres", NULL },
                           *const BOTH[] = { "foire", "rencontres", NULL },
                           *const DAY[] = { "27", NULL }, *const NONE[] = { "gala", NULL };
  const DeskWalkIn whole
      = { .texts = { .family = "Œuvrard", .given = "Zoé", .organisation_fr = "Ville de Brest" },
          .category = "Élue",
          .country = "France",
          .events = RENCONTRES,
          .meals = TRUE };
  DeskResult result = walk_in (journal, whole);
  g_assert_cmpint (result.verdict, ==, DESK_REGISTERED);
  g_assert_cmpstr (result.reference, ==, "W-desk-1");
  assert_body (journal, "registration",
               "{\"family\":\"Œuvrard\",\"given\":\"Zoé\",\"organisation_fr\":\"Ville de "
               "Brest\",\"category\":\"elu\",\"delegation\":\"Ville de "
               "Brest\",\"country\":\"FR\",\"events\":[\"rencontres\"],"
               "\"days\":[\"26\",\"27\",\"28\"],\"meals\":true,\"volunteer\":\"Zoé\"}");
  admit (fixture, "W-desk-1");
  /* Twice the same: she is there already; a namesake must be meant. */
  result = walk_in (journal, whole);
  g_assert_cmpint (result.verdict, ==, DESK_KNOWN);
  g_assert_cmpstr (result.reference, ==, "W-desk-1");
  DeskWalkIn twin = whole;
  twin.namesake = TRUE;
  twin.events = BOTH;
  twin.days = DAY;
  g_assert_cmpstr (walk_in (journal, twin).reference, ==, "W-desk-2");
  g_autofree char *body = last_body (journal, "registration");
  g_assert_nonnull (strstr (body, "\"events\":[\"rencontres\",\"foire\"],\"days\":[\"27\"]"));

  const DeskWalkIn chinese = {
    .texts = { .name_zh = "欧阳思远" },
    .category = "专家",
    .country = "CN",
    .events = RENCONTRES,
  };
  g_assert_cmpstr (walk_in (journal, chinese).reference, ==, "W-desk-3");
  g_autofree char *read = last_body (journal, "registration");
  g_assert_nonnull (
      strstr (read, "\"family\":\"Ouyang\",\"given\":\"Siyuan\",\"name_zh\":\"欧阳思远\""));

  /* No Latin name is invented for who has another than pinyin. */
  DeskWalkIn other = chinese;
  other.texts.name_zh = "扎西次仁";
  g_assert_cmpstr (walk_in (journal, other).reference, ==, "W-desk-4");
  g_autofree char *written = last_body (journal, "registration");
  g_assert_nonnull (strstr (written, "\"name_zh\":\"扎西次仁\""));
  g_assert_null (strstr (written, "\"family\":\"Zha"));

  gint64 before = facts_in (journal);
  DeskWalkIn bad = chinese;
  bad.texts.name_zh = "";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_NO_NAME);
  bad = twin;
  bad.category = "roi";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_CATEGORY);
  bad.category = NULL;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_CATEGORY);
  bad = twin;
  bad.events = NONE;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_EVENT);
  bad.events = NULL; /* there are two: which? */
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_EVENT);
  bad = twin;
  bad.days = NONE;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_DAY);
  bad = twin;
  bad.country = "Atlantide";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_COUNTRY);
  g_assert_cmpint (facts_in (journal), ==, before);

  /* A reference is never given twice, not even after its person was erased. */
  append (journal, "erasure", "W-desk-3", "{\"reason\":\"asked\"}");
  g_assert_cmpstr (walk_in (journal, chinese).reference, ==, "W-desk-5");
  append (journal, "registration", "W-desk-1-9", "{\"family\":\"of the station desk-1\"}");
  g_assert_cmpstr (walk_in (journal, twin).reference, ==, "W-desk-6");
}

static void test_no_programme (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_assert_cmpint (
      walk_in (replica.journal, (DeskWalkIn){ .texts.family = "X", .category = "elu" }).verdict, ==,
      DESK_NO_PROGRAMME);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  TEST ("/desk_person/correct", test_correct);
  TEST ("/desk_person/walk_in", test_walk_in);
  g_test_add_func ("/desk_person/no_programme", test_no_programme);
  return g_test_run ();
}
