/* Cells in any order, rows in theirs; limits. */
#include "roster/grid.h"

#include "roster/import_fault.h"

static void put (Grid *grid, guint line, guint column, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (grid_put (grid, line, column, text, &error));
  g_assert_no_error (error);
}

static char *rows_of (Grid *grid)
{
  GString *all = g_string_new (NULL);
  CsvRow row;
  while (grid_next (grid, &row)) {
    g_autofree char *fields = g_strjoinv ("|", (char **) (guintptr) row.fields);
    g_string_append_printf (all, "%s%u:%s", all->len > 0 ? "\t" : "", row.line, fields);
  }
  return g_string_free (all, FALSE);
}

static void test_rows (void)
{
  g_autoptr (Grid) grid = grid_new ("Liste", TRUE);
  g_assert_cmpstr (grid_name (grid), ==, "Liste");
  g_assert_true (grid_is_hidden (grid));
  put (grid, 5, 1, "E");
  put (grid, 2, 2, "C");
  put (grid, 2, 0, "x");
  put (grid, 2, 0, "A"); /* the last counts */
  put (grid, 3, 0, "");
  put (grid, 4, 0, "D");
  g_assert_true (grid_merge (grid, 2, 2, 4, NULL));
  g_assert_true (grid_merge (grid, 5, 1, 5, NULL));
  g_assert_true (grid_merge (grid, 4, 9, 6, NULL)); /* beside all that holds anything */
  grid_seal (grid);
  for (guint pass = 0; pass < 2; pass++) {
    g_autofree char *rows = rows_of (grid);
    g_assert_cmpstr (rows, ==, "2:A||C\t4:D||C\t5:|E|");
    g_assert_cmpuint (grid_position (grid), ==, grid_size (grid));
    grid_rewind (grid);
  }
}

static void test_limits (void)
{
  g_autoptr (Grid) grid = grid_new ("", FALSE);
  g_autofree char *longest = g_strnfill (IMPORT_FIELD_BYTES_MAX + 1, 'x');
  g_autoptr (GError) wide = NULL, large = NULL, many = NULL, merged = NULL;
  g_assert_false (grid_put (grid, 7, IMPORT_COLUMNS_MAX, "x", &wide));
  g_assert_error (wide, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_nonnull (strstr (wide->message, "row 7"));
  g_assert_false (grid_put (grid, 7, 1, longest, &large));
  g_assert_error (large, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_nonnull (strstr (large->message, "column 2 is longer than 64 KiB"));
  for (guint i = 0; i < IMPORT_CELLS_MAX; i++)
    g_assert_true (grid_put (grid, 1 + i / 100, i % 100, "x", NULL));
  g_assert_false (grid_put (grid, 1, 1, "x", &many));
  g_assert_error (many, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  g_assert_nonnull (strstr (many->message, "more than 2500000 filled cells"));
  for (guint i = 0; i < GRID_MERGES_MAX; i++)
    g_assert_true (grid_merge (grid, i + 1, 0, i + 2, NULL));
  g_assert_false (grid_merge (grid, 1, 0, 2, &merged));
  g_assert_error (merged, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/grid/rows", test_rows);
  g_test_add_func ("/roster/grid/limits", test_limits);
  return g_test_run ();
}
