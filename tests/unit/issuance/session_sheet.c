/* Who stands on a sheet to sign, and in which order. */
#include "issuance/session_sheet.h"
#include "pdf_text.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

static void begin (Replica *replica)
{
  replica_open (replica, "desk");
  demo_load (replica->journal);
  append (
      replica->journal, "registration", "1",
      "{\"family\":\"Zola\",\"workshops\":[\"A1\"],\"days\":[\"26\"],\"events\":[\"rencontres\"]"
      "}");
  append (replica->journal, "registration", "2",
          "{\"family\":\"de Gaulle\",\"role\":\"intervenant A1\",\"days\":[\"27\"]}");
  append (replica->journal, "registration", "3",
          "{\"family\":\"Secret\",\"workshops\":[\"A1\"],\"days\":[\"26\"],\"protocol\":true}");
  append (replica->journal, "registration", "4",
          "{\"family\":\"Gone\",\"workshops\":[\"A1\"],\"days\":[\"26\"],\"revoked\":true}");
  append (
      replica->journal, "registration", "5",
      "{\"family\":\"Elsewhere\",\"workshops\":[\"A2\"],\"days\":[\"26\"],\"delegation\":\"x\"}");
}

static void test_people (void)
{
  Replica replica;
  guint people = 0;
  begin (&replica);
  const SessionSheet session = { .session = "A1", .foot = "head abc" };
  g_autoptr (GBytes) pdf = session_sheet_draw (replica.journal, &session, &people, NULL);
  g_assert_cmpuint (people, ==, 2);
  g_autofree char *text = pdf_text (pdf);
  const char *first = strstr (text, "de GAULLE"), *second = strstr (text, "ZOLA");
  g_assert_true (first != NULL && second != NULL && first < second);
  g_assert_null (strstr (text, "SECRET"));
  g_assert_null (strstr (text, "GONE"));
  g_assert_nonnull (strstr (text, "1 invité du protocole"));
  g_assert_nonnull (strstr (text, "head abc"));
  g_assert_nonnull (strstr (text, "mercredi 26 octobre, 14:00–17:00"));

  const SessionSheet morning = { .day = "26", .half = "morning" };
  g_autoptr (GBytes) half = session_sheet_draw (replica.journal, &morning, &people, NULL);
  g_assert_cmpuint (people, ==, 2); /* Zola, Elsewhere */
  g_autofree char *words = pdf_text (half);
  g_assert_nonnull (strstr (words, "Présence · Matin"));
  g_assert_nonnull (strstr (words, "上午"));
  const SessionSheet narrow = { .day = "26", .event = "rencontres", .delegation = "x" };
  g_autoptr (GBytes) nobody = session_sheet_draw (replica.journal, &narrow, &people, NULL);
  g_assert_nonnull (nobody);
  g_assert_cmpuint (people, ==, 0);
  replica_close (&replica);
}

static void test_refused (void)
{
  static const SessionSheet ROWS[] = {
    { .session = "Z9" },
    { .foot = "" },
    { .day = "1 April" },
    { .day = "26", .half = "noon" },
    { .day = "26", .event = "hat" },
  };
  Replica replica;
  begin (&replica);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (session_sheet_draw (replica.journal, &ROWS[i], NULL, &error));
    g_assert_error (error, SESSION_SHEET_ERROR, SESSION_SHEET_ERROR_WORD);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/session-sheet/people", test_people);
  g_test_add_func ("/session-sheet/refused", test_refused);
  return g_test_run ();
}
