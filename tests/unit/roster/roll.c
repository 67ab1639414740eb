/* References that are written alike. */
#include "roster/roll.h"

static void test_key (void)
{
  static const struct {
    const char *reference, *key;
  } ROWS[] = {
    { "FR-01", "fr-1" },     { "fr-1", "fr-1" },       { "0012", "12" },  { "12", "12" },
    { "12.0", "12" },        { "012.0", "12" },        { "12.00", "12" }, { "0", "0" },
    { "000", "0" },          { "FR-0.0", "fr-0.0" },   { "1.5", "1.5" },  { "10.0", "10" },
    { "A1.0", "a1.0" },      { "CN-0041b", "cn-41b" }, { "", "" },        { "100", "100" },
    { "2016-01", "2016-1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *key = roll_key (ROWS[i].reference);
    g_assert_cmpstr (key, ==, ROWS[i].key);
  }
}

static void test_add (void)
{
  g_autoptr (Roll) roll = roll_new ();
  g_assert_null (roll_add (roll, "FR-01", 0, 2));
  g_assert_null (roll_add (roll, "FR-10", 1, 3));
  g_assert_null (roll_find (roll, "FR-2"));
  const RollEntry *same = roll_add (roll, "FR-01", 1, 4);
  g_assert_cmpstr (same->reference, ==, "FR-01");
  g_assert_cmpuint (same->line, ==, 2);
  g_assert_false (same->several);
  const RollEntry *alike = roll_add (roll, "fr-1", 1, 5);
  g_assert_cmpstr (alike->reference, ==, "FR-01");
  g_assert_true (alike->several);
  g_assert_true (roll_find (roll, "Fr-001")->several);
  g_assert_cmpuint (roll_find (roll, "fr-10")->file, ==, 1);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roll/key", test_key);
  g_test_add_func ("/roll/add", test_add);
  return g_test_run ();
}
