/* What the words of a name are. */
#include "roster/name_word.h"

#include <string.h>

static void test_kinds (void)
{
  static const struct {
    const char *word;
    NameWord kind;
  } ROWS[] = {
    { "DUPONT", NAME_WORD_CAPITALS },
    { "d'ESTAING", NAME_WORD_CAPITALS },
    { "McDONALD", NAME_WORD_CAPITALS },
    { "WEIß", NAME_WORD_CAPITALS },
    { "É.", NAME_WORD_INITIAL },
    { "J.-P.", NAME_WORD_INITIAL },
    { "Y", NAME_WORD_INITIAL },
    { "Jean-Pierre", NAME_WORD_MIXED },
    { "jean", NAME_WORD_SMALL },
    { "de", NAME_WORD_PARTICLE },
    { "De", NAME_WORD_LARGE_PARTICLE },
    { "DE", NAME_WORD_CAPITALS },
    { "Ben", NAME_WORD_DOUBLE_PARTICLE },
    { "d'Estaing", NAME_WORD_JOINED },
    { "N'Diaye", NAME_WORD_MIXED },
    { "R2D2", NAME_WORD_ODD },
    { "محمد", NAME_WORD_ODD },
    { "-", NAME_WORD_ODD },
    { "", NAME_WORD_ODD },
    { "&", NAME_WORD_ODD },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (name_word_kind (ROWS[i].word) != ROWS[i].kind) {
      g_test_message ("%s: %d", ROWS[i].word, (int) name_word_kind (ROWS[i].word));
      g_test_fail ();
    }
}

static void test_titles (void)
{
  static const struct {
    const char *text;
    guint titles;
  } ROWS[] = {
    { "M. Jean", 1 },
    { "M. le Maire Jean", 3 },
    { "S.E. M. Jean", 2 },
    { "S. E. M. Jean", 3 },
    { "Jean", 0 },
    { "MAIRE Jean", 0 },
    { "HE Wei", 0 },
    { "Le Goff", 0 },
    { "Mme l'Ambassadrice X", 2 },
    { "Prof. Dr. Hans", 2 },
    { "le Maire", 0 },
    { "", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (GStrv) words = g_strsplit (ROWS[i].text, " ", -1);
    g_assert_cmpuint (name_word_titles (words, g_strv_length (words)), ==, ROWS[i].titles);
  }
}

static void test_tables (void)
{
  g_assert_true (name_word_is_particle ("DE"));
  g_assert_true (name_word_is_particle ("van"));
  g_assert_false (name_word_is_particle ("Jean"));
  g_assert_true (name_word_is_other_name ("née"));
  g_assert_false (name_word_is_other_name ("NÉE"));
  g_assert_true (name_word_is_degree ("Ph.D."));
  g_assert_false (name_word_is_degree ("Maire"));
  g_assert_true (name_word_is_function ("Vice-présidente"));
  g_assert_false (name_word_is_function ("Marie"));
}

static void test_chinese (void)
{
  g_assert_cmpuint (name_word_title_zh ("张伟先生"), ==, strlen ("先生"));
  g_assert_cmpuint (name_word_title_zh ("张伟 副市长"), ==, strlen ("副市长"));
  g_assert_cmpuint (name_word_title_zh ("王部长"), ==, strlen ("部长"));
  g_assert_cmpuint (name_word_title_zh ("先生"), ==, 0);
  g_assert_cmpuint (name_word_title_zh ("张伟"), ==, 0);
  g_assert_cmpuint (name_word_title_zh (""), ==, 0);
  g_assert_true (name_word_is_title_zh ("部長"));
  g_assert_false (name_word_is_title_zh ("张伟"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name_word/kinds", test_kinds);
  g_test_add_func ("/name_word/titles", test_titles);
  g_test_add_func ("/name_word/tables", test_tables);
  g_test_add_func ("/name_word/chinese", test_chinese);
  return g_test_run ();
}
