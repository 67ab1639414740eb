/* Headings in both languages, and a column of the second language named after it. */
#include "export/table_column.h"
#include "words_here.h"

static void test_heading (void)
{
  static const struct {
    const char *first, *second, *heading, *expected;
  } CASES[] = {
    { "fr", "zh", "Category", "Catégorie · 类别" },
    { "fr", "zh", "Function ({language})", "Fonction (chinois) · 职务" },
    { "fr", "en", "Function ({language})", "Fonction (anglais) · Function (English)" },
    { "fr", "zh", "in no catalogue", "in no catalogue" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_assert_true (words_choose (CASES[i].first, CASES[i].second, NULL));
    g_autofree char *heading
        = table_column_heading (&(TableColumn){ "key", CASES[i].heading, TABLE_TEXT, 0 });
    g_assert_cmpstr (heading, ==, CASES[i].expected);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/table_column/heading", test_heading);
  return g_test_run ();
}
