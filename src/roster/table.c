#include "roster/table.h"

#include "roster/worksheet.h"

struct _Table {
  /* separated values */
  const guint8 *bytes;
  gsize length;
  Encoding encoding;
  char separator;
  Csv *csv;
  /* a sheet */
  Worksheet *worksheet;
  /* a table in memory */
  Grid *grid;
  gboolean has_cells;
};

static Csv *new_csv (const Table *table)
{
  return csv_new (decoder_new (table->bytes, table->length, table->encoding), table->separator);
}

Table *table_of_text (const guint8 *bytes, gsize length, Encoding encoding, char separator)
{
  Table *table = g_new0 (Table, 1);
  table->bytes = bytes;
  table->length = length;
  table->encoding = encoding;
  table->separator = separator;
  table->csv = new_csv (table);
  return table;
}

Table *table_of_sheet (const Workbook *workbook, guint sheet, GError **error)
{
  Worksheet *worksheet = worksheet_open (workbook, sheet, error);
  if (worksheet == NULL)
    return NULL;
  Table *table = g_new0 (Table, 1);
  table->worksheet = worksheet;
  table->has_cells = TRUE;
  return table;
}

Table *table_of_grid (Grid *grid, gboolean has_cells)
{
  Table *table = g_new0 (Table, 1);
  table->grid = grid;
  table->has_cells = has_cells;
  grid_rewind (grid);
  return table;
}

void table_free (Table *table)
{
  if (table == NULL)
    return;
  csv_free (table->csv);
  worksheet_free (table->worksheet);
  g_free (table);
}

gboolean table_next (Table *table, CsvRow *row, GError **error)
{
  if (table->grid != NULL)
    return grid_next (table->grid, row);
  return table->csv != NULL ? csv_next (table->csv, row, error)
                            : worksheet_next (table->worksheet, row, error);
}

gboolean table_rewind (Table *table, GError **error)
{
  if (table->worksheet != NULL)
    return worksheet_rewind (table->worksheet, error);
  if (table->grid != NULL) {
    grid_rewind (table->grid);
    return TRUE;
  }
  csv_free (table->csv);
  table->csv = new_csv (table);
  return TRUE;
}

guint table_hidden_rows (const Table *table)
{
  return table->grid != NULL        ? grid_hidden_rows (table->grid)
         : table->worksheet != NULL ? worksheet_hidden_rows (table->worksheet)
                                    : 0;
}

gboolean table_has_cells (const Table *table)
{
  return table->has_cells;
}

guint64 table_position (const Table *table)
{
  return table->grid != NULL  ? grid_position (table->grid)
         : table->csv != NULL ? csv_position (table->csv)
                              : worksheet_position (table->worksheet);
}

guint64 table_size (const Table *table)
{
  return table->grid != NULL  ? grid_size (table->grid)
         : table->csv != NULL ? table->length
                              : worksheet_size (table->worksheet);
}
