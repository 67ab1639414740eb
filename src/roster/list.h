/* list.h: a file with a table of people or words: what kind of file it is, its encoding,
 * separator or sheet, and its heading row found without asking, then its rows.
 *
 * - Separated values: UTF-8, UTF-16, GB18030, Windows-1252 and others (encoding.h);
 *   comma, semicolon or tab, the one with which the heading row holds most known
 *   headings. A first line `sep=;` (Excel's) is passed over.
 * - Workbooks (.xlsx, workbook.h; .xls, old_workbook.h): the sheet that is named, else the
 *   first that is not hidden and has a heading row.
 * - Pages of HTML that call themselves .xls (html_table.h): a table is a sheet, its number its
 *   name.
 * - The kind is seen in the file, not in its name.
 * - The heading row is the first of the LIST_HEADING_ROWS first rows that holds the most
 *   known headings, two at least: a title above the table does no harm. Two rows are the
 *   headings together where that gives more: “Organisme” over “français” and “chinois”.
 *
 * Who opens the list says which headings are known. Messages of errors begin with the
 * file's name.
 * Threads: a List is used by one thread at a time. Blocks on disk while it is opened;
 * the file is then held in memory. */
#pragma once

#include "roster/csv.h"

#define LIST_HEADING_ROWS 10

typedef struct _List List;

/* TRUE if @heading is one that the caller knows. */
typedef gboolean (*ListKnows) (const char *heading, gpointer data);

typedef struct {
  ListKnows knows;
  gpointer data;
  const char *hint;   /* headings that messages name where none is found */
  const char *advice; /* what more they say then; or NULL */
  const char *sheet;  /* of a workbook; NULL: found */
  /* Where no row holds known headings, the fullest of the first ones is taken for
   * them. */
  gboolean guess;
} ListOptions;

/* IMPORT_ERROR_FILE, _ENCODING or _FORMAT. */
List *list_open (const char *path, const ListOptions *options, GError **error);
void list_free (List *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (List, list_free)

/* The next row after the headings whose fields are not all empty. FALSE at the end, or
 * with IMPORT_ERROR_ENCODING or _FORMAT. */
gboolean list_next (List *list, CsvRow *row, GError **error);
/* Back to the first row after the headings. */
gboolean list_rewind (List *list, GError **error);

const char *list_path (const List *list);
/* The headings as written, cleaned and as fault_shown(); NULL-terminated. */
const char *const *list_headings (const List *list);
guint list_heading_line (const List *list);
/* "Windows-1252, semicolons" or "Excel, sheet “Inscrits”", in the organiser's language.
 * Free with g_free(). */
char *list_description (const List *list);
/* The sheets (tables of a page) that hold known headings as well and are not read:
 * "“France”, “Suisse”"; "" if there are none, or a sheet was named. */
const char *list_other_sheets (const List *list);
/* Rows that Excel does not show, by a filter perhaps; they are read like the others. */
guint list_hidden_rows (const List *list);
/* "B7" where the columns have letters, else "". Free with g_free(). */
char *list_cell (const List *list, guint column, guint line);
/* How much has been read, of list_size(); the unit is the file's own. */
guint64 list_position (const List *list);
guint64 list_size (const List *list);
