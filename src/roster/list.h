/* list.h: a file of separated values with headings: its encoding, separator and heading
 * row found without asking, then its rows.
 *
 * - Encodings: UTF-8, UTF-16, GB18030, Windows-1252, with or without byte order mark
 *   (encoding.h).
 * - Separators: comma, semicolon or tab; the one with which the heading row holds most
 *   known headings. A first line `sep=;` (Excel's) is passed over.
 * - The heading row is the first of the LIST_HEADING_ROWS first rows that holds the most
 *   known headings, two at least: a title above the table does no harm.
 *
 * Who opens the list says which headings are known. Messages of errors begin with the
 * file's name.
 * Threads: a List is used by one thread at a time. Blocks on disk while it is opened; the
 * file is then held in memory.  */
#pragma once

#include "roster/csv.h"

#define LIST_HEADING_ROWS 10

typedef struct _List List;

/* TRUE if @heading is one that the caller knows. */
typedef gboolean (*ListKnows) (const char *heading, gpointer data);

/* IMPORT_ERROR_FILE, _ENCODING or _FORMAT. @hint: headings that messages name where none
 * is found. */
List *list_open (const char *path, ListKnows knows, gpointer data, const char *hint,
                 GError **error);
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
/* "Windows-1252, semicolons", in the organiser's language. Free with g_free(). */
char *list_description (const List *list);
guint64 list_position (const List *list);
guint64 list_size (const List *list);
