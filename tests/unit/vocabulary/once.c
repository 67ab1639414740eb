/* How often goes by the words that event files and facts hold. */
#include "vocabulary/once.h"
#include "check_names.h"

static void test_names (void)
{
  CHECK_NAMES (Once, once, "never", "event", "day", "session");
  g_assert_cmpstr (once_name (ONCE_COUNT), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/once/names", test_names);
  return g_test_run ();
}
