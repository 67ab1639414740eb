/* A badge's states: words of facts, which are final, and what a person is told. */
#include "vocabulary/print_state.h"
#include "check_names.h"
#include "words_here.h"

static void test_names (void)
{
  CHECK_NAMES (PrintState, print_state, "", "queued", "sent", "printing", "printed", "failed",
               "unsure");
  g_assert_cmpstr (print_state_name (PRINT_STATE_COUNT), ==, "");
}

static void test_table (void)
{
  static const struct {
    gboolean final, at_printer, remedy;
    const char *french, *chinese;
  } CASES[PRINT_STATE_COUNT] = {
    [PRINT_STATE_NEW] = { FALSE, FALSE, FALSE, "en attente", "等待中" },
    [PRINT_STATE_QUEUED] = { FALSE, FALSE, FALSE, "en attente", "等待中" },
    [PRINT_STATE_SENT] = { FALSE, TRUE, FALSE, "", "" },
    [PRINT_STATE_PRINTING] = { FALSE, TRUE, FALSE, "", "" },
    [PRINT_STATE_PRINTED] = { TRUE, FALSE, FALSE, "imprimé", "" },
    [PRINT_STATE_FAILED] = { TRUE, FALSE, TRUE, "pas imprimé", "" },
    [PRINT_STATE_UNSURE] = { TRUE, FALSE, TRUE, "", "" },
  };

  for (guint i = 0; i < PRINT_STATE_COUNT; i++) {
    PrintState state = (PrintState) i;
    Pair text = print_state_wording (state), remedy = print_state_remedy (state);
    g_assert_cmpint (print_state_is_final (state), ==, CASES[i].final);
    g_assert_cmpint (print_state_is_at_printer (state), ==, CASES[i].at_printer);
    g_assert_cmpint (remedy.first[0] != '\0', ==, CASES[i].remedy);
    g_assert_cmpint (remedy.second[0] != '\0', ==, CASES[i].remedy);
    g_assert_cmpstr (text.first, !=, text.second);
    if (*CASES[i].french != '\0')
      g_assert_cmpstr (text.first, ==, CASES[i].french);
    if (*CASES[i].chinese != '\0')
      g_assert_cmpstr (text.second, ==, CASES[i].chinese);
  }
  g_assert_false (print_state_is_final (PRINT_STATE_COUNT));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/print_state/names", test_names);
  g_test_add_func ("/print_state/table", test_table);
  return g_test_run ();
}
