/* Diets in both languages; what somebody wrote herself stays as it is. */
#include "vocabulary/diet.h"
#include "words_here.h"

static void test_words (void)
{
  static const char *const NAMES[] = { "vegetarian",  "vegan",        "kosher", "no-pork",
                                       "gluten-free", "lactose-free", "nuts",   "seafood" };
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    Pair said = diet_wording (NAMES[i]);
    g_test_message ("%s: %s, %s", NAMES[i], said.first, said.second);
    g_assert_cmpstr (said.first, !=, said.second); /* there are words for it, in both */
  }
  g_assert_cmpstr (diet_wording ("vegetarian").first, ==, "végétarien");
  g_assert_cmpstr (diet_wording ("vegetarian").second, ==, "素食");
  g_assert_cmpstr (diet_wording ("mangue").first, ==, "mangue");
  g_assert_cmpstr (diet_wording ("mangue").second, ==, "mangue");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/diet/words", test_words);
  return g_test_run ();
}
