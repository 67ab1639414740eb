/* Verdicts go by the words that passage facts hold. */
#include "vocabulary/verdict.h"
#include "check_names.h"

static void test_names (void)
{
  CHECK_NAMES (Verdict, verdict, "ADMITTED", "ALREADY_IN", "NOT_ENTITLED", "NOT_TODAY", "CLOSED",
               "FULL", "BADGE_VOID", "TICKET_USED", "UNKNOWN", "FORGED", "REVOKED");
  g_assert_cmpstr (verdict_name (VERDICT_COUNT), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/names", test_names);
  return g_test_run ();
}
