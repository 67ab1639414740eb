/* table_writer.h: a table written row by row, as CSV, XLSX or JSON: what people take
 * away to a spreadsheet or a program.
 *
 * - CSV: RFC 4180, UTF-8 with a byte order mark, commas, CRLF; a text that a spreadsheet
 *   would take for a formula is led by an apostrophe. Excel takes what its machine's region
 *   has as the separator: in France the semicolon, in China the comma.
 * - XLSX: one sheet; texts are texts and never formulas, numbers and times are real ones,
 *   the headings stay in view and can be filtered by. Rows go to a temporary file as they
 *   come: memory does not grow with them.
 * - JSON: an array of objects, one a line; times are ISO 8601 with the zone, keys as the
 *   columns give them.
 *
 * What is to be known of the table as a whole (as of when, which filter, how many rows)
 * are notes: beneath a CSV after an empty line, on a workbook's second sheet, not in
 * JSON.
 *
 * Headings are in both languages of the congress. A file gets its name at the end, so
 * that nobody reads half of one.
 *
 * Threads: a TableWriter is used by one thread at a time. Blocks on disk. */
#pragma once

#include "core/words.h"
#include "export/table_column.h"

#include <gio/gio.h>

#define TABLE_WRITER_ERROR table_writer_error_quark ()
GQuark table_writer_error_quark (void);
typedef enum {
  TABLE_WRITER_ERROR_OUTPUT, /* the file cannot be written */
  TABLE_WRITER_ERROR_ROWS,   /* more rows than a sheet can have */
} TableWriterError;

typedef enum { TABLE_CSV, TABLE_XLSX, TABLE_JSON } TableFormat;

/* By the end of the file's name: .csv, .xlsx, .json. FALSE for any other. */
gboolean table_writer_format_from_path (const char *path, TableFormat *format);

typedef struct _TableWriter TableWriter;

/* @path: NULL for standard output (CSV and JSON). @columns and @zone, in which times are
 * said, must outlive it. @title: the sheet's. */
TableWriter *table_writer_open (TableFormat format, const char *path, const char *title,
                                const TableColumn *columns, guint count, GTimeZone *zone,
                                GError **error);
/* Before the first row: what stands between the fields of a CSV, ',' or ';'. */
void table_writer_separate (TableWriter *writer, char separator);
/* Before the end: a note; @label is French and Chinese. */
void table_writer_note (TableWriter *writer, Pair label, const char *text);
/* Rows so far. */
guint table_writer_rows (const TableWriter *writer);
/* A value for each column. */
gboolean table_writer_row (TableWriter *writer, const TableValue *values, GError **error);
/* Gives the file its name. Frees @writer in any case. */
gboolean table_writer_close (TableWriter *writer, GError **error);
/* Without a file. NULL-safe. */
void table_writer_abandon (TableWriter *writer);
