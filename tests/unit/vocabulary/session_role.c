/* Roles in sessions, in words. */
#include "vocabulary/session_role.h"
#include "words_here.h"

static void test_words (void)
{
  static const struct {
    const char *held, *name;
    Gender gender;
    const char *fr, *zh;
  } ROWS[] = {
    { "intervenant", "speaker", GENDER_WOMAN, "Intervenante", "发言人" },
    { "intervenant", "speaker", GENDER_UNKNOWN, "Intervenant(e)", "发言人" },
    { "animateur", "moderator", GENDER_MAN, "Animateur", "主持人" },
    { "président de séance", "chair", GENDER_WOMAN, "Présidente de séance", "主席" },
    { "souffleur", NULL, GENDER_WOMAN, "souffleur", "souffleur" },
    { "", NULL, GENDER_UNKNOWN, "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Pair said = session_role_words (ROWS[i].held, ROWS[i].gender);
    g_assert_cmpstr (session_role_name (ROWS[i].held), ==, ROWS[i].name);
    g_assert_cmpstr (said.first, ==, ROWS[i].fr);
    g_assert_cmpstr (said.second, ==, ROWS[i].zh);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/vocabulary/session-role/words", test_words);
  return g_test_run ();
}
