/* What a desk answers: each verdict and reason has a word for machines and its
 * sentences. */
#include "vocabulary/desk_verdict.h"
#include "check_names.h"
#include "words_here.h"

#include <string.h>

static void test_verdicts (void)
{
  for (guint i = 0; i < DESK_VERDICT_COUNT; i++) {
    Pair text = desk_verdict_wording ((DeskVerdict) i);
    g_assert_cmpstr (desk_verdict_name ((DeskVerdict) i), !=, "");
    g_assert_cmpstr (text.first, !=, text.second);
    g_assert_cmpint (desk_verdict_is_success ((DeskVerdict) i), ==, i <= DESK_ALREADY);
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (desk_verdict_name ((DeskVerdict) i), !=,
                       desk_verdict_name ((DeskVerdict) j));
  }
  g_assert_cmpstr (desk_verdict_name (DESK_PRINTING), ==, "printing");
  g_assert_cmpstr (desk_verdict_name (DESK_NO_VOLUNTEER), ==, "no-volunteer");
}

static void test_reasons (void)
{
  static const char *const SAID[] = { "first", "replaced", "canceled" };

  CHECK_NAMES (DeskReason, desk_verdict_reason, "lost", "damaged", "misspelled", "not-printed",
               "rights", "other");
  for (guint i = 0; i < DESK_REASON_COUNT; i++) {
    Pair text = desk_verdict_reason_wording (desk_verdict_reason_name ((DeskReason) i));
    g_assert_cmpstr (text.first, !=, text.second);
  }
  for (guint i = 0; i < G_N_ELEMENTS (SAID); i++) {
    Pair text = desk_verdict_reason_wording (SAID[i]);
    g_assert_cmpstr (text.first, !=, text.second);
  }
  g_assert_cmpstr (desk_verdict_reason_wording ("torn").first, ==, "torn");
}

/* Every verdict and every reason is said, in both languages. */
static void test_said (void)
{
  for (guint i = 0; i < DESK_VERDICT_COUNT; i++) {
    Pair said = desk_verdict_wording ((DeskVerdict) i);
    g_assert_true (said.first && *said.first && said.second && *said.second
                   && *desk_verdict_name ((DeskVerdict) i));
    g_assert_null (strchr (said.first, '\''));
    for (const char *mark = strpbrk (said.first, "!?;:"); mark != NULL;
         mark = strpbrk (mark + 1, "!?;:"))
      g_assert_true (*mark == ':' ? strncmp (mark - 2, "\u00a0", 2) == 0
                                  : strncmp (mark - 3, "\u202f", 3) == 0);
    g_assert_null (strpbrk (said.second, ",;:?!"));
  }
  for (guint i = 0; i < DESK_REASON_COUNT; i++) {
    DeskReason reason;
    g_assert_true (
        desk_verdict_reason_from_name (desk_verdict_reason_name ((DeskReason) i), &reason)
        && reason == (DeskReason) i);
    g_assert_true (*desk_verdict_reason_wording (desk_verdict_reason_name (reason)).second);
  }
  DeskReason none;
  g_assert_false (desk_verdict_reason_from_name ("first", &none));
  g_assert_false (desk_verdict_reason_from_name (NULL, &none));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/desk_verdict/verdicts", test_verdicts);
  g_test_add_func ("/desk_verdict/reasons", test_reasons);
  g_test_add_func ("/desk_verdict/said", test_said);
  return g_test_run ();
}
