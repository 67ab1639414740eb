/* html_table.h: the tables of a page of HTML, as platforms write them under a name that
 * ends in .xls: each a sheet.
 *
 * Cells that span columns say their value in the first, those that span rows in each
 * (grid.h). Text in a cell is its letters: what is in bold or in a link as it reads, a
 * line break as a blank.
 *
 * Threads: reentrant. Nothing here blocks but on reading mapped pages. */
#pragma once

#include "roster/decoder.h"
#include "roster/grid.h"

#define HTML_TABLES_MAX 255

/* TRUE if @bytes are a page: what begins with a tag, and is no XML of Excel's. */
gboolean html_table_is (const guint8 *bytes, gsize length);

/* The tables that hold anything, sealed, named by their numbers: Grid; free with
 * g_ptr_array_unref(). IMPORT_ERROR_FORMAT: none, or over a limit;
 * IMPORT_ERROR_ENCODING. */
GPtrArray *html_table_read (Decoder *decoder, GError **error);
