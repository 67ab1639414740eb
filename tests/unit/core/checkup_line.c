/* Lines of a checkup: marks, columns under each other in both scripts, the remedy. */
#include "core/checkup_line.h"

static void test_lines (void)
{
  g_autofree char *good = checkup_line_make (CHECKUP_GOOD, "disk", NULL, "9 GB free"),
                  *bad = checkup_line_make (CHECKUP_BAD, "时钟", "timedatectl", "an hour late");

  g_assert_cmpstr (good, ==, "✓ disk                  9 GB free\n");
  g_assert_cmpstr (bad, ==,
                   "✗ 时钟                  an hour late\n"
                   "                        → timedatectl\n");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup_line/lines", test_lines);
  return g_test_run ();
}
