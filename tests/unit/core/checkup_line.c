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

static void test_disk (void)
{
  CheckupState state = CHECKUP_BAD;
  guint64 free_mb = 0;

  g_assert_false (checkup_line_disk ("/nowhere/at/all", &state, &free_mb));
  g_assert_true (checkup_line_disk ("/", &state, &free_mb));
  g_assert_cmpint (state, ==,
                   free_mb < 100    ? CHECKUP_BAD
                   : free_mb < 1024 ? CHECKUP_CAUTION
                                    : CHECKUP_GOOD);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup_line/lines", test_lines);
  g_test_add_func ("/checkup_line/disk", test_disk);
  return g_test_run ();
}
