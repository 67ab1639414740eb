/* What a cell's text is once it is cleaned. */
#include "roster/cell_text.h"

static void test_clean (void)
{
  static const struct {
    const char *raw;
    Field field;
    const char *clean;
  } ROWS[] = {
    { "", FIELD_FAMILY, "" },
    { "  Jean\t Paul ", FIELD_GIVEN, "Jean Paul" },
    { "=\"0012\"", FIELD_REFERENCE, "0012" },
    { "=\"0012\"", FIELD_HOTEL, "0012" },
    { "=\"a\"b\"", FIELD_HOTEL, "=\"a\"b\"" },
    { "'0012", FIELD_REFERENCE, "0012" },
    { "'0012", FIELD_TELEPHONE, "0012" },
    { "'t Hooft", FIELD_FAMILY, "'t Hooft" },
    { "1 234 567", FIELD_REFERENCE, "1234567" },
    { "12 34", FIELD_REFERENCE, "12 34" },
    { "1 234", FIELD_HOTEL, "1 234" },
    { "FR-１２", FIELD_REFERENCE, "FR-12" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *clean = cell_text_clean (ROWS[i].raw, ROWS[i].field);
    g_assert_cmpstr (clean, ==, ROWS[i].clean);
  }
}

static void test_kinds (void)
{
  static const struct {
    Field field;
    gboolean name, code, free;
  } ROWS[] = {
    { FIELD_FAMILY, TRUE, FALSE, TRUE },     { FIELD_NAME_ZH, TRUE, FALSE, TRUE },
    { FIELD_REFERENCE, FALSE, TRUE, FALSE }, { FIELD_EMAIL, FALSE, TRUE, TRUE },
    { FIELD_HOTEL, FALSE, FALSE, TRUE },     { FIELD_MEALS, FALSE, FALSE, FALSE },
    { FIELD_NONE, FALSE, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_assert_cmpint (cell_text_is_name (ROWS[i].field), ==, ROWS[i].name);
    g_assert_cmpint (cell_text_is_code (ROWS[i].field), ==, ROWS[i].code);
    g_assert_cmpint (cell_text_is_free (ROWS[i].field), ==, ROWS[i].free);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell_text/clean", test_clean);
  g_test_add_func ("/cell_text/kinds", test_kinds);
  return g_test_run ();
}
