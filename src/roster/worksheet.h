/* worksheet.h: the rows of one sheet of a workbook, as Excel shows them, read piece by
 * piece: a sheet of any size takes no more memory than a piece.
 *
 * - Numbers and dates: number_format.h. Yes and no are TRUE and FALSE. Errors stay as
 *   they are written (#REF!), for spoiled.h to find. Formulas are the value that was
 *   saved with them; where none was, the formula itself with its =, which is found in the
 *   same way.
 * - Rich text is its letters; readings above hanzi (furigana, pinyin) are left out.
 * - A cell that is merged downwards says its value in each of its rows that hold anything
 *   else; one that is merged across only in its first column.
 * - Rows and columns that a filter or somebody has hidden are read like any other; how many
 *   rows those are is known.
 *
 * Threads: a Worksheet is used by one thread at a time. Blocks on reading mapped
 * pages.  */
#pragma once

#include "roster/csv.h"
#include "roster/workbook.h"

#define WORKSHEET_MERGES_MAX 100000

typedef struct _Worksheet Worksheet;

/* Reads the sheet once, for its limits and its merged cells. The Workbook must outlive
 * it. IMPORT_ERROR_FORMAT: damaged, or over a limit. */
Worksheet *worksheet_open (const Workbook *workbook, guint sheet, GError **error);
void worksheet_free (Worksheet *worksheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Worksheet, worksheet_free)

/* As csv_next(); `line` is the number that Excel shows beside the row. A row is at least
 * as wide as those before it. */
gboolean worksheet_next (Worksheet *worksheet, CsvRow *row, GError **error);
/* Back to the first row. */
gboolean worksheet_rewind (Worksheet *worksheet, GError **error);

/* Rows that hold anything and are hidden. */
guint worksheet_hidden_rows (const Worksheet *worksheet);

/* How much has been read, of worksheet_size(). */
guint64 worksheet_position (const Worksheet *worksheet);
guint64 worksheet_size (const Worksheet *worksheet);
