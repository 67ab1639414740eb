/* workbook.h: an Excel workbook (.xlsx, ECMA-376 / ISO 29500, transitional and strict):
 * its sheets, texts and number formats. The rows of a sheet are worksheet.h's.
 *
 * Memory: the texts (WORKBOOK_TEXT_BYTES_MAX). The limits of import_fault.h, zip_part.h
 * and xml_stream.h hold too.
 * Threads: a Workbook is used by one thread at a time. Blocks on reading mapped
 * pages.  */
#pragma once

#include "roster/number_format.h"
#include "roster/zip_part.h"

#define WORKBOOK_SHEETS_MAX 255
#define WORKBOOK_TEXT_BYTES_MAX (128 * 1024 * 1024)

typedef struct _Workbook Workbook;

/* TRUE if @bytes are a ZIP archive, as a workbook is. */
gboolean workbook_is_zip (const guint8 *bytes, gsize length);

/* @bytes must outlive it. IMPORT_ERROR_FORMAT: another kind of file (said which, and what
 * to do), encrypted, damaged, over a limit. */
Workbook *workbook_open (const guint8 *bytes, gsize length, GError **error);
void workbook_free (Workbook *workbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Workbook, workbook_free)

guint workbook_sheets (const Workbook *workbook);
const char *workbook_sheet_name (const Workbook *workbook, guint sheet);
/* TRUE if nobody who opens the workbook sees that sheet. */
gboolean workbook_sheet_is_hidden (const Workbook *workbook, guint sheet);
/* The XML of a sheet, from its beginning. */
ZipPart *workbook_sheet_part (const Workbook *workbook, guint sheet, GError **error);

/* A text by its number in a cell, NULL if there is none. */
const char *workbook_text (const Workbook *workbook, guint64 number);
/* How a cell with that style shows numbers. */
const NumberFormat *workbook_format (const Workbook *workbook, guint64 style);
/* Days are counted from 1904, as old Macintosh files do. */
gboolean workbook_is_1904 (const Workbook *workbook);

/* Appends to @text what a text element says, cut at IMPORT_FIELD_BYTES_MAX + 1; @start is
 * where the cell's text begins. */
void workbook_append (GString *text, gsize start, const char *piece, gsize length);
/* Replaces, from @start, what Excel writes for characters that XML cannot hold: _x000D_.
 * A zero becomes U+0001, for the check of control characters to find. */
void workbook_unescape (GString *text, gsize start);
