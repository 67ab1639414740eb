/* report_run.h: one table being written: what its makers share. A part of report.h.
 * Threads: as the Journal. */
#pragma once

#include "congress/programme.h"
#include "counts/as_of.h"
#include "counts/attendance_table.h"
#include "counts/report_query.h"
#include "journal/journal.h"

typedef struct {
  Journal *journal;
  const ReportQuery *query;
  const Programme *programme;
  AttendanceFilter filter; /* what the query's words mean */
  TableWriter *writer;
  AttendanceTable *people; /* of the table of people; else NULL */
  GArray *chosen;          /* guint: places among the table's columns */
  TableValue *picked;      /* one for each of them */
  ReportProgress progress;
  gpointer data;
  gint64 most; /* for it */
} ReportRun;

/* Tells whoever watches; REPORT_ERROR_STOPPED where she wants no more of it. */
gboolean report_run_tell (ReportRun *run, guint rows, GError **error);

/* A row as it is. */
gboolean report_run_put_row (ReportRun *run, const TableValue *row, GError **error);
/* A row: a value for every column of the table, of which the chosen ones are written. */
gboolean report_run_put (ReportRun *run, const TableValue *values, GError **error);

#define REPORT_COLUMNS_MAX 40

/* Values of a row. */
#define REPORT_TEXT(value)                                                                         \
  {                                                                                                \
    .text = (value)                                                                                \
  }
#define REPORT_NUMBER(value)                                                                       \
  {                                                                                                \
    .number = (value)                                                                              \
  }

/* A table: its columns, and the function that puts its rows. */
typedef struct {
  const char *name, *title;   /* title: NC_("report", …) */
  const TableColumn *columns; /* `people` has its own */
  guint count;
  guint64 usual; /* bits */
  gboolean (*rows) (ReportRun *run, GError **error);
} ReportTable;
