/* Which forms of address say whether a person is a woman or a man. */
#include "vocabulary/gender.h"

static void test_titles (void)
{
  static const struct {
    const char *title;
    Gender gender;
  } ROWS[] = {
    { "Mme", GENDER_WOMAN },       { "MME", GENDER_WOMAN },    { "Mme.", GENDER_WOMAN },
    { "Madame", GENDER_WOMAN },    { "Mlle", GENDER_WOMAN },   { "Ms.", GENDER_WOMAN },
    { "女士", GENDER_WOMAN },      { " 夫人 ", GENDER_WOMAN }, { "M.", GENDER_MAN },
    { "m", GENDER_MAN },           { "Monsieur", GENDER_MAN }, { "Mr", GENDER_MAN },
    { "先生", GENDER_MAN },        { "", GENDER_UNKNOWN },     { "Dr", GENDER_UNKNOWN },
    { "Pr. Mme", GENDER_UNKNOWN }, { "教授", GENDER_UNKNOWN }, { ".", GENDER_UNKNOWN },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (gender_of_title (ROWS[i].title), ==, ROWS[i].gender);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gender/titles", test_titles);
  return g_test_run ();
}
