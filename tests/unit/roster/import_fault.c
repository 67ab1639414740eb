/* Values as messages show them. */
#include "roster/import_fault.h"

#include <string.h>

static void test_shown (void)
{
  static const char *const ROWS[][2] = { { "", "" },
                                         { "Émile 王", "Émile 王" },
                                         { "a\nb\x1B[31m\x7F", "a\\x0Ab\\x1B[31m\\x7F" },
                                         { "a\xC2\x9B"
                                           "b",
                                           "a\\x9Bb" } };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *shown = import_fault_shown (ROWS[i][0]);
    g_assert_cmpstr (shown, ==, ROWS[i][1]);
  }
  g_autofree char *fits = g_strnfill (FAULT_VALUE_MAX, 'x'),
                  *over = g_strnfill (FAULT_VALUE_MAX + 1, 'x');
  g_autofree char *whole = import_fault_shown (fits), *cut = import_fault_shown (over);
  g_assert_cmpstr (whole, ==, fits);
  g_assert_true (g_str_has_suffix (cut, "x…"));
  g_assert_cmpuint (strlen (cut), ==, FAULT_VALUE_MAX + 3);
}

static void test_fault (void)
{
  ImportFault *fault = import_fault_new ("list.csv", 7, "Jours", "30\n", "is no day");
  g_assert_cmpstr (fault->file, ==, "list.csv");
  g_assert_cmpuint (fault->line, ==, 7);
  g_assert_cmpstr (fault->column, ==, "Jours");
  g_assert_cmpstr (fault->value, ==, "30\\x0A");
  g_assert_cmpstr (fault->reason, ==, "is no day");
  import_fault_free (fault);
  import_fault_free (NULL);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/shown", test_shown);
  g_test_add_func ("/fault/fields", test_fault);
  return g_test_run ();
}
