/* Entitlements go by the words that event files and facts hold. */
#include "vocabulary/entitlement.h"
#include "check_names.h"

static void test_names (void)
{
  CHECK_NAMES (Entitlement, entitlement, "none", "meals", "transport", "headset");
  g_assert_cmpstr (entitlement_name (ENTITLEMENT_COUNT), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entitlement/names", test_names);
  return g_test_run ();
}
