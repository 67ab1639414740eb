/* A volunteer at the desk: what is printed again and made void. */
#include "credential/code.h"
#include "unit/desk/desk_stage.h"

#include <string.h>

static void test_reprint (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint serial = 0;
  admit (fixture, "FR-1");
  gint64 before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (facts_in (journal), ==, before + 2);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"lost\",\"volunteer\":\"Zoé\"}");
  assert_body (journal, "badge-issued",
               "{\"serial\":2,\"reason\":\"lost\",\"volunteer\":\"Zoé\",\"print\":true,"
               "\"prints\":\"2fa799b4\"}");
  g_assert_cmpint (scan_badge (fixture, 1), ==, VERDICT_BADGE_VOID);
  g_assert_cmpint (scan_badge (fixture, 2), ==, VERDICT_ALREADY_IN);

  /* A second touch on the button changes nothing; whoever saw an older page is told. */
  before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, &serial), ==, DESK_ALREADY);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_DAMAGED, &serial), ==, DESK_CHANGED);
  g_assert_cmpint (facts_in (journal), ==, before);
  /* A number that there has never been is a slip; one that only a door has heard of is
   * not. */
  g_assert_cmpint (reprint (fixture, "FR-1", 3, DESK_DAMAGED, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (reprint (fixture, "FR-1", G_MAXINT, DESK_DAMAGED, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpint (facts_in (journal), ==, before);
  g_assert_cmpint (reprint (fixture, "FR-1", 2, DESK_DAMAGED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 3);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE good"), ==, 1);
}

static void test_refusals (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  DeskResult result;
  g_autofree char *long_text = g_strnfill (5000, 'x');
  gint64 before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-999", 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, "no such; reference", 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, long_text, 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, "FR-2", 0, DESK_LOST, NULL), ==, DESK_REVOKED);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, NULL), ==, DESK_NO_SERIAL);
  g_assert_cmpint (reprint (fixture, "FR-999", 1, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_true (desk_reprint (journal, "FR-1", 0, " \n", DESK_LOST, "", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_VOLUNTEER);
  g_assert_true (desk_reprint (journal, "FR-1", 0, ZOE, DESK_OTHER, " ", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_TEXT);
  g_assert_cmpint (facts_in (journal), ==, before);

  g_assert_true (
      desk_reprint (journal, "FR-1", 0, long_text, DESK_OTHER, long_text, &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_autofree char *body = last_body (journal, "badge-issued");
  g_assert_cmpuint (strlen (body), <, ISSUE_VOLUNTEER_MAX + ISSUE_TEXT_MAX + 100);
  g_assert_true (
      desk_reprint (journal, "FR-1", 0, "Zo\xff\x1b[31m", DESK_OTHER, "tab\there", &result, NULL));
  g_autofree char *cleaned = last_body (journal, "badge-issued");
  g_assert_null (strchr (cleaned, '\x1b'));
  g_assert_nonnull (strstr (cleaned, "tab here"));
}

/* A serial that leaps uses up nobody's numbers: it is what a stolen station would
 * write. */
static void test_serial_leaps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  append (fixture->replica.journal, "badge-issued", "FR-1",
          "{\"serial\":65535,\"reason\":\"first\"}");
  g_assert_true (
      desk_reprint (fixture->replica.journal, "FR-1", 0, ZOE, DESK_LOST, "", &result, &error));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_autofree char *body = last_body (fixture->replica.journal, "badge-issued");
  g_assert_nonnull (strstr (body, "\"serial\":2,"));
}

/* Step by step they do come to an end. */
/* Up to the last number in the longest steps that are believed; withdrawn badges use a
 * number up as others do, and no other looks through them as it is stored. */
static void test_serials_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (journal_begin (fixture->replica.journal, NULL));
  for (guint serial = ISSUE_LEAP_MAX - 1; serial <= 65535; serial += ISSUE_LEAP_MAX) {
    g_autofree char *body
        = g_strdup_printf ("{\"issuer\":\"gate-2\",\"serial\":%u,\"reason\":\"lost\"}", serial);
    g_assert_true (
        journal_append (fixture->replica.journal, "badge-void", "FR-1", body, NULL, NULL));
  }
  g_assert_true (journal_commit (fixture->replica.journal, NULL));
  gint64 before = facts_in (fixture->replica.journal);
  g_assert_false (
      desk_reprint (fixture->replica.journal, "FR-1", 0, ZOE, DESK_LOST, "", &result, &error));
  g_assert_error (error, ISSUE_ERROR, ISSUE_ERROR_SERIAL);
  g_assert_cmpint (facts_in (fixture->replica.journal), ==, before);
}

/* Admitted elsewhere and never printed, as far as is known here: her badge must also come
 * after one that a station has issued which is cut off. */
static void test_without_badge (Fixture *fixture, gconstpointer data)
{
  guint serial = 0;
  Replica other;
  replica_open (&other, "gate-2");
  copy_facts (fixture->replica.journal, other.journal);
  hand_ms += 3600000; /* its clock is an hour ahead */
  append (other.journal, "badge-issued", "FR-1",
          "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  hand_ms -= 3600000;
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_NOT_PRINTED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 2);
  copy_facts (other.journal, fixture->replica.journal);
  copy_facts (fixture->replica.journal, other.journal);
  Journal *both[] = { fixture->replica.journal, other.journal };
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (number_of (both[i], "SELECT serial FROM badge_state WHERE good"), ==, 2);
    g_assert_cmpint (number_of (both[i], "SELECT count (*) FROM conflict WHERE NOT closed"), ==, 1);
    g_assert_cmpint (
        number_of (both[i], "SELECT count (*) FROM alert WHERE kind = 'conflict' AND NOT closed"),
        ==, 1);
  }
  /* One more, which knows of both, ends it. */
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_OTHER, &serial), ==, DESK_NO_TEXT);
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_DAMAGED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 3);
  g_assert_cmpint (number_of (both[0], "SELECT count (*) FROM conflict WHERE NOT closed"), ==, 0);
  replica_close (&other);
}

/* A badge that is only known from having been shown at a door is made void too. */
static void test_heard_of (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint serial = 0;
  SignPublic key;
  SignSecret other;
  sign_key_new (&key, &other);
  g_autofree char *public_text = sign_public_text (&key);
  g_autofree char *station = g_strdup_printf ("{\"public\":\"%s\"}", public_text);
  append (journal, "station", "gate-2", station);
  g_autofree char *worn = code_make_badge (&other, "FR-1", 4, NULL);
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_scan (fixture->gate, worn, &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpint (reprint (fixture, "FR-1", 5, DESK_LOST, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpint (reprint (fixture, "FR-1", 4, DESK_LOST, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 5);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"gate-2\",\"serial\":4,\"reason\":\"lost\",\"volunteer\":\"Zoé\"}");
  g_assert_true (gate_scan (fixture->gate, worn, &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_BADGE_VOID);
}

static DeskVerdict make_void (Fixture *fixture, const char *reference)
{
  DeskResult result;
  g_assert_true (desk_void (fixture->replica.journal, reference, ZOE, DESK_LOST,
                            "trouvé dans la rue", &result, NULL));
  return result.verdict;
}

static void test_void (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_NO_BADGE);
  g_assert_cmpint (make_void (fixture, "FR-999"), ==, DESK_UNKNOWN);
  admit (fixture, "FR-1");
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_VOIDED);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"lost\",\"volunteer\":\"Zoé\","
               "\"text\":\"trouvé dans la rue\"}");
  gint64 before = facts_in (journal);
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_ALREADY);
  g_assert_cmpint (facts_in (journal), ==, before);
  g_assert_cmpint (scan_badge (fixture, 1), ==, VERDICT_BADGE_VOID);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM alert WHERE kind = 'badge-void' AND "
                                       "reference = 'FR-1' AND serial = 1 AND happened = 1"),
                   ==, 1);
  append (journal, "badge-issued", "FR-77",
          "{\"serial\":1,\"reason\":\"first\"}"); /* its registration has not arrived */
  g_assert_cmpint (make_void (fixture, "FR-77"), ==, DESK_VOIDED);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  TEST ("/desk/reprint", test_reprint);
  TEST ("/desk/refusals", test_refusals);
  TEST ("/desk/serial_leaps", test_serial_leaps);
  TEST ("/desk/serials_end", test_serials_end);
  TEST ("/desk/without_badge", test_without_badge);
  TEST ("/desk/heard_of", test_heard_of);
  TEST ("/desk/void", test_void);
  return g_test_run ();
}
