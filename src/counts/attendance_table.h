/* attendance_table.h: the rows of attendance.h as a table to take away: which columns
 * there are, which are usual, and what stands in them.
 *
 * Events, days, sessions and the like are ids or labels joined by commas, a category is
 * its id for machines and its words for people. A guest marked for protocol is listed as
 * everybody is, unless the reader may not see such guests: then her row says nothing by
 * which she is known.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/programme.h"
#include "counts/attendance.h"
#include "export/table_writer.h"

#define ATTENDANCE_TABLE_ERROR attendance_table_error_quark ()
GQuark attendance_table_error_quark (void);
typedef enum {
  ATTENDANCE_TABLE_ERROR_COLUMN, /* a name that is no column; the message says which there are */
} AttendanceTableError;

typedef struct _AttendanceTable AttendanceTable;

/* @columns: keys with commas between, NULL for the usual ones. @machine: values for
 * programs, not for people. @programme must outlive it. */
AttendanceTable *attendance_table_new (const char *columns, const Programme *programme,
                                       gboolean machine, GError **error);
void attendance_table_free (AttendanceTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttendanceTable, attendance_table_free)

/* All columns that there are, the usual ones as bits of *@usual. */
const TableColumn *attendance_table_all (guint *count, guint64 *usual);
/* Whether the reader may see guests marked for protocol; usually so. */
void attendance_table_show_protocol (AttendanceTable *table, gboolean shown);
const TableColumn *attendance_table_columns (const AttendanceTable *table, guint *count);
/* The values of a row, one a column; they live until the next call. */
const TableValue *attendance_table_values (AttendanceTable *table, const AttendanceRow *row);
