/* A word is found where it stands, and nothing else is found. */
#include "vocabulary/name_table.h"

static const char *const NAMES[] = { "", "one", "two" };

static void test_name (void)
{
  g_assert_cmpstr (name_table_name (NAMES, 3, 1), ==, "one");
  g_assert_cmpstr (name_table_name (NAMES, 3, 3), ==, "");
  g_assert_cmpstr (name_table_name (NAMES, 3, G_MAXUINT), ==, "");
}

static void test_find (void)
{
  static const struct {
    const char *name;
    guint index; /* 9: none */
  } CASES[] = { { "", 0 },     { "one", 1 }, { "two", 2 }, { "tw", 9 },
                { "two ", 9 }, { "ONE", 9 }, { NULL, 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    guint index = 9;
    g_assert_cmpint (name_table_find (NAMES, 3, CASES[i].name, &index), ==, CASES[i].index != 9);
    g_assert_cmpuint (index, ==, CASES[i].index);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name_table/name", test_name);
  g_test_add_func ("/name_table/find", test_find);
  return g_test_run ();
}
