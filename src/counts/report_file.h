/* report_file.h: a table of report.h as a file without a name, to be sent to whoever
 * asked: memory stays flat however long it is, the answer has a length, and nothing is
 * left on the disk.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/report.h"

/* "people.csv", ".xlsx" or ".json": the table's name (free with g_free()), the format
 * and the media type (constant). FALSE with REPORT_ERROR_TABLE for another ending;
 * whether there is such a table, report_file_write() tells. */
gboolean report_file_parse (const char *file, char **table, TableFormat *format, const char **type,
                            GError **error);
/* The file @path, to be read: its descriptor, the caller's, and its size; -1 with
 * @error. */
int report_file_open (const char *path, guint64 *size, GError **error);
/* A descriptor at the beginning of @size bytes, the caller's; -1 with @error. @progress
 * may be NULL. */
int report_file_write (Journal *journal, const ReportQuery *query, TableFormat format,
                       char separator, ReportProgress progress, gpointer data, guint64 *size,
                       GError **error);
