/* spreadsheet.h: the sheet of an XLSX file, through libxlsxwriter, whose rows it writes
 * to a temporary file as they come. A part of table_writer.h.
 *
 * Threads: a Spreadsheet is used by one thread at a time. Blocks on disk. */
#pragma once

#include "export/table_column.h"

#define SPREADSHEET_ROWS_MAX 1048575 /* of 1,048,576, without the headings */
#define SPREADSHEET_TEXT_MAX 32767   /* characters of a cell; longer ones are cut */

typedef struct _Spreadsheet Spreadsheet;

Spreadsheet *spreadsheet_new (const char *path, const char *title, const TableColumn *columns,
                              guint count, GTimeZone *zone);
/* FALSE if it cannot be written. */
gboolean spreadsheet_row (Spreadsheet *sheet, const TableValue *values);
/* A second sheet: label and text by turns, @count in all. */
void spreadsheet_notes (Spreadsheet *sheet, const char *const *notes, guint count);
/* Writes the file and frees @sheet. FALSE if it cannot be written. */
gboolean spreadsheet_close (Spreadsheet *sheet);
/* Frees it without a file. NULL-safe. */
void spreadsheet_abandon (Spreadsheet *sheet);
