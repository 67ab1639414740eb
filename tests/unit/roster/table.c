/* Rows of any kind of file, twice. */
#include "roster/table.h"

#include "unit/roster/workbook_maker.h"

static void check (Table *table, const char *first, gboolean cells)
{
  CsvRow row;
  g_autoptr (GError) error = NULL;
  for (guint pass = 0; pass < 2; pass++) {
    g_assert_true (table_next (table, &row, &error));
    g_assert_cmpstr (row.fields[0], ==, first);
    g_assert_false (table_next (table, &row, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (table_position (table), ==, table_size (table));
    g_assert_true (table_rewind (table, &error));
  }
  g_assert_cmpint (table_has_cells (table), ==, cells);
}

static void test_tables (void)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (Table) text = table_of_text ((const guint8 *) "a;b\n", 4, ENCODING_UTF8, ';');
  check (text, "a", FALSE);
  g_autofree guint8 *bytes
      = maker_workbook ("", "<sst/>", "<styleSheet/>",
                        "<worksheet><row r='1'><c r='A1'><v>5</v></c></row></worksheet>", &length);
  g_autoptr (Workbook) workbook = workbook_open (bytes, length, &error);
  g_assert_no_error (error);
  g_autoptr (Table) sheet = table_of_sheet (workbook, 1, &error);
  g_assert_no_error (error);
  check (sheet, "5", TRUE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/tables", test_tables);
  return g_test_run ();
}
