/* What a headset desk waits for, said in both languages. */
#include "vocabulary/awaits.h"

static void test_words (void)
{
  static const char *const NAMES[] = { "", "headset", "badge" };
  words_start (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    Pair said = awaits_wording ((Awaits) i);
    g_assert_cmpstr (awaits_name ((Awaits) i), ==, NAMES[i]);
    g_assert_cmpint (*said.first == '\0', ==, i == 0);
    g_assert_cmpint (*said.second == '\0', ==, i == 0);
  }
  g_auto (OwnedPair) channel = awaits_wording_channel ("7");
  g_assert_true (g_str_has_suffix (channel.first, "7"));
  g_assert_cmpstr (awaits_wording_keeps ().first, !=, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/awaits/words", test_words);
  return g_test_run ();
}
