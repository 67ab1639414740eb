/* Functions as lists write them, and the rank they give. */
#include "counts/rank.h"
#include "words_here.h"

static void test_functions (void)
{
  static const struct {
    const char *fr, *zh;
    Rank rank;
  } ROWS[] = {
    { "Ambassadeur de France en Chine", "", RANK_MINISTER },
    { "", "外交部副部长", RANK_MINISTER },
    { "Ministre-conseiller", "", RANK_DEPUTY },
    { "Présidente de la Région Bretagne", "", RANK_GOVERNOR },
    { "Vice-président de la Région Occitanie", "", RANK_DEPUTY },
    { "", "四川省副省长", RANK_GOVERNOR },
    { "Maire", "市长", RANK_MAYOR },
    { "Maire adjointe chargée de l’eau", "", RANK_DEPUTY },
    { "Adjoint au maire", "副市长", RANK_DEPUTY },
    { "", "成都市副市长", RANK_DEPUTY },
    { "", "市长助理", RANK_DIRECTOR },
    { "Directrice générale des services", "", RANK_DIRECTOR },
    { "", "外事办公室副主任", RANK_DIRECTOR },
    { "Conseiller du ministre", "", RANK_OTHER },
    { "Mairesse honoraire", "", RANK_OTHER },
    { "Maître de conférences", "讲师", RANK_OTHER },
    { "", "", RANK_OTHER },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s %s", ROWS[i].fr, ROWS[i].zh);
    g_assert_cmpint (rank_of (ROWS[i].fr, ROWS[i].zh), ==, ROWS[i].rank);
  }
}

static void test_words (void)
{
  g_assert_cmpstr (rank_name (RANK_MAYOR), ==, "mayor");
  g_assert_cmpstr (rank_words (RANK_MAYOR).first, ==, "Maire, président de métropole");
  g_assert_cmpstr (rank_words (RANK_MAYOR).second, ==, "市长、大都市区主席");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/rank/functions", test_functions);
  g_test_add_func ("/rank/words", test_words);
  return g_test_run ();
}
