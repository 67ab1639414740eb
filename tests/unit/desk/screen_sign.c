/* What organisers write on a station: its name, and the team's message on its screen. */
#include "desk/screen_sign.h"

#include "unit/access/replica.h"

static void test_message (void)
{
  static const struct {
    const char *first, *second, *volunteer;
    DeskVerdict verdict;
    const char *now_first, *now_second;
  } STEPS[] = {
    { "Porte fermée", "此门关闭", "Li Na", DESK_NOTED, "Porte fermée", "此门关闭" },
    { "Porte fermée", "此门关闭", "Li Na", DESK_ALREADY, "Porte fermée", "此门关闭" },
    { "  deux\nlignes ", "", "Li Na", DESK_NOTED, "deux lignes", "" },
    { "Autre", "", " ", DESK_NO_VOLUNTEER, "deux lignes", "" },
    { "", "", "Li Na", DESK_NOTED, "", "" },
    { "", "", "Li Na", DESK_ALREADY, "", "" },
  };
  Replica replica;
  replica_open (&replica, "hub");

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_auto (OwnedPair) now = { 0 };
    DeskResult result;
    hand_ms++;
    g_assert_true (screen_sign_message (replica.journal, "est-1",
                                        (Pair){ STEPS[i].first, STEPS[i].second },
                                        STEPS[i].volunteer, &result, NULL));
    g_assert_cmpint (result.verdict, ==, STEPS[i].verdict);
    g_assert_true (screen_sign_read_message (replica.journal, "est-1", &now, NULL));
    g_assert_cmpstr (now.first, ==, STEPS[i].now_first);
    g_assert_cmpstr (now.second, ==, STEPS[i].now_second);
  }
  replica_close (&replica);
}

/* Of one station alone, cut to what a screen has room for. */
static void test_long (void)
{
  g_autofree char *text = g_strnfill (SCREEN_SIGN_MESSAGE_MAX + 50, 'x');
  g_auto (OwnedPair) here = { 0 }, elsewhere = { 0 };
  DeskResult result;
  Replica replica;
  replica_open (&replica, "hub");

  g_assert_true (
      screen_sign_message (replica.journal, "est-1", (Pair){ text, "" }, "Li", &result, NULL));
  g_assert_true (screen_sign_read_message (replica.journal, "est-1", &here, NULL));
  g_assert_true (screen_sign_read_message (replica.journal, "est-2", &elsewhere, NULL));
  g_assert_cmpuint (strlen (here.first), ==, SCREEN_SIGN_MESSAGE_MAX);
  g_assert_cmpstr (elsewhere.first, ==, "");
  g_assert_true (
      screen_sign_message (replica.journal, "Bad Name!", (Pair){ "a", "b" }, "Li", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_UNKNOWN);
  replica_close (&replica);
}

static void test_names (void)
{
  DeskResult result;
  Replica replica;
  replica_open (&replica, "hub");

  g_assert_true (screen_sign_name (replica.journal, "est-1", (Pair){ "Porte Est", "东门" }, "Li",
                                   &result, NULL));
  g_assert_true (
      screen_sign_name (replica.journal, "est-2", (Pair){ "Autre", "" }, "Li", &result, NULL));
  hand_ms++;
  g_assert_true (
      screen_sign_name (replica.journal, "est-2", (Pair){ "", "" }, "Li", &result, NULL));
  g_autoptr (GHashTable) names = screen_sign_names (replica.journal, NULL);
  g_assert_cmpuint (g_hash_table_size (names), ==, 1);
  const OwnedPair *name = g_hash_table_lookup (names, "est-1");
  g_assert_cmpstr (name->first, ==, "Porte Est");
  g_assert_cmpstr (name->second, ==, "东门");
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen_sign/message", test_message);
  g_test_add_func ("/screen_sign/long", test_long);
  g_test_add_func ("/screen_sign/names", test_names);
  return g_test_run ();
}
