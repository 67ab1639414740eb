/* References that are written alike. */
#include "roster/roll.h"

static void test_alike (void)
{
  static const struct {
    const char *reference, *other;
    gboolean alike;
  } ROWS[] = {
    { "FR-01", "fr-1", TRUE },
    { "0012", "12", TRUE },
    { "12.0", "12", TRUE },
    { "012.0", "12", TRUE },
    { "12.00", "12", TRUE },
    { "000", "0", TRUE },
    { "10.0", "10", TRUE },
    { "CN-0041b", "cn-41B", TRUE },
    { "2016-01", "2016-1", TRUE },
    { "FR-0.0", "fr-00.0", TRUE },
    { "", "", TRUE },
    { "FR-0.0", "FR-0", FALSE },
    { "1.5", "15", FALSE },
    { "1.5", "1", FALSE },
    { "A1.0", "A1", FALSE },
    { "100", "10", FALSE },
    { "1", "10", FALSE },
    { "FR-1", "FR1", FALSE },
    { "0", "", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (guint turned = 0; turned < 2; turned++) {
      g_autoptr (Roll) roll = roll_new ();
      g_test_message ("“%s” and “%s”", ROWS[i].reference, ROWS[i].other);
      roll_add (roll, turned ? ROWS[i].other : ROWS[i].reference, 0, 1);
      g_assert_cmpint (roll_find (roll, turned ? ROWS[i].reference : ROWS[i].other) != NULL, ==,
                       ROWS[i].alike);
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
  g_test_add_func ("/roll/alike", test_alike);
  g_test_add_func ("/roll/add", test_add);
  return g_test_run ();
}
