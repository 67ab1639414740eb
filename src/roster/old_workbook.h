/* old_workbook.h: a workbook of Excel 97 to 2003 (.xls, [MS-XLS], BIFF8), read as a
 * whole: its sheets, as Excel shows them.
 *
 * As worksheet.h: numbers and dates by their format (0007 keeps its zeros); formulas are
 * the value that was saved with them, and a formula that was saved without one is "=…",
 * for spoiled.h to find; errors stay as they are written (#REF!).
 *
 * The container is read by libgsf.
 * Threads: reentrant. Nothing here blocks but on reading mapped pages. */
#pragma once

#include "roster/grid.h"

/* TRUE if @bytes are an OLE container, as an old workbook is. */
gboolean old_workbook_is (const guint8 *bytes, gsize length);

/* The sheets, sealed: Grid; free with g_ptr_array_unref(). IMPORT_ERROR_FORMAT: no
 * workbook, behind a password, older than Excel 97, damaged, over a limit; said which,
 * and what to do. */
GPtrArray *old_workbook_read (const guint8 *bytes, gsize length, GError **error);
