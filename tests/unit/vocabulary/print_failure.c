/* Why a badge cannot be drawn: words of facts, and something to do about each. */
#include "vocabulary/print_failure.h"
#include "check_names.h"
#include "words_here.h"

static void test_names (void)
{
  CHECK_NAMES (PrintFailure, print_failure, "does-not-fit", "no-glyph", "template", "no-key",
               "no-delegate", "not-drawn");
  g_assert_cmpstr (print_failure_name (PRINT_FAILURE_COUNT), ==, "");
}

static void test_remedies (void)
{
  for (guint i = 0; i < PRINT_FAILURE_COUNT; i++) {
    Pair remedy = print_failure_remedy ((PrintFailure) i);
    g_assert_cmpstr (remedy.first, !=, remedy.second);
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (remedy.first, !=, print_failure_remedy ((PrintFailure) j).first);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/print_failure/names", test_names);
  g_test_add_func ("/print_failure/remedies", test_remedies);
  return g_test_run ();
}
