/* cells.h: the cells of the rows of a list of delegates, by their columns
 * (list_columns.h), as cleaned texts (cell_text.h); what is wrong with one becomes a
 * fault, spoiled text among it (spoiled.h). And which rows are nobody's: sums,
 * remarks, headings once more.
 *
 * Must not know: what a value means for a delegate (row.h). Threads: a Cells is used
 * by one thread at a time. Nothing here blocks. */
#pragma once

#include "roster/delegate.h"
#include "roster/list_columns.h"

#define CELL_CHARACTERS_MAX DELEGATE_TEXT_MAX

typedef struct _Cells Cells;

/* Of @list, whose columns are list_columns_find()'s. */
Cells *cells_new (const List *list, const ListColumnsKnown *known, GPtrArray *notes,
                  GError **error);
void cells_free (Cells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cells, cells_free)

gboolean cells_has (const Cells *cells, Field field);
/* The heading of a column as written, "" if the list does not have it. */
const char *cells_heading (const Cells *cells, Field field);
/* "FR" if most headings are French, "CN" if Chinese, else "". */
const char *cells_country (const Cells *cells);

/* The reference of @row, cleaned, without a check; "" if there is none. Free with
 * g_free(). */
char *cells_reference (const Cells *cells, const CsvRow *row);

/* TRUE if @row is a sum below the list (TOTAL, 合计), and nobody's. */
gboolean cells_is_total (const Cells *cells, const CsvRow *row);

/* What a row holds that has one text alone, which is nobody's: “Délégation de Lille”,
 * “Fait à Lyon le …”, 制表人：张三; NULL for other rows. Free with g_free(). */
char *cells_remark (const Cells *cells, const CsvRow *row);

/* TRUE if @row is the headings once more, as where pages were put one below the other, or
 * in another language right below them. */
gboolean cells_is_headings (const Cells *cells, const CsvRow *row);

/* From here on it is about @row, and ImportFaults are added to @faults. FALSE, with a
 * fault, if the row has fewer or more columns than there are headings. */
gboolean cells_start (Cells *cells, const CsvRow *row, GPtrArray *faults);
/* The cleaned text of a column; "" if the list does not have it, or, with a fault, if it
 * is too long, spoiled or holds a control character. Free with g_free(). */
char *cells_text (Cells *cells, Field field);
/* Empty is no; a fault if it is neither. */
gboolean cells_yes_no (Cells *cells, Field field);
/* The columns that are called by an event's name, one after the other: its id and the
 * answer. FALSE if there are no more. */
gboolean cells_event (Cells *cells, guint index, const char **id, gboolean *answer);
/* The same of columns that are called by a day (26/10, Présence 27/10): its label, which
 * the programme has. */
gboolean cells_day (Cells *cells, guint index, const char **label, gboolean *answer);
/* The list has a column for it, or columns called by events or days. */
gboolean cells_speaks (const Cells *cells, Field field);
/* TRUE if a column is called by the name of the event @id. */
gboolean cells_has_event (const Cells *cells, const char *id);
/* Adds to @notes what stood in columns without a heading, in the rows so far. */
void cells_note_nameless (const Cells *cells, GPtrArray *notes);
/* How many faults the row has had so far. */
guint cells_faults (const Cells *cells);
void cells_fault (Cells *cells, Field field, const char *value, const char *reason);
