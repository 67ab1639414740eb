/* Ways go by the words that event files and facts hold. */
#include "vocabulary/direction.h"
#include "check_names.h"

static void test_names (void)
{
  CHECK_NAMES (Direction, direction, "in", "out", "both");
  g_assert_cmpstr (direction_name (DIRECTION_COUNT), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/direction/names", test_names);
  return g_test_run ();
}
