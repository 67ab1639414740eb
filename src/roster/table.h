/* table.h: the rows of one table of a file, whatever kind of file it is: separated
 * values, a sheet of a workbook, a table of a page.
 *
 * Must not know: what rows and headings mean.
 * Threads: a Table is used by one thread at a time. Blocks on reading mapped pages.  */
#pragma once

#include "roster/csv.h"
#include "roster/grid.h"
#include "roster/workbook.h"

typedef struct _Table Table;

/* Separated values. @bytes must outlive it. */
Table *table_of_text (const guint8 *bytes, gsize length, Encoding encoding, char separator);
/* One sheet. The Workbook must outlive it. IMPORT_ERROR_FORMAT. */
Table *table_of_sheet (const Workbook *workbook, guint sheet, GError **error);
/* What is in memory already. @has_cells: table_has_cells(). The Grid must outlive it. */
Table *table_of_grid (Grid *grid, gboolean has_cells);
void table_free (Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)

/* As csv_next(). */
gboolean table_next (Table *table, CsvRow *row, GError **error);
/* Back to the first row. */
gboolean table_rewind (Table *table, GError **error);

/* TRUE if its columns have letters and its lines are Excel's rows: a cell is “B7”. */
gboolean table_has_cells (const Table *table);
/* Rows of a sheet that are hidden, and read all the same. */
guint table_hidden_rows (const Table *table);
/* How much has been read, of table_size(). */
guint64 table_position (const Table *table);
guint64 table_size (const Table *table);
