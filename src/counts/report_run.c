#include "counts/report_run.h"

G_DEFINE_QUARK (report - error - quark, report_error)

/* How often somebody is told how far it is. */
#define PROGRESS_ROWS 1000

gboolean report_run_put_row (ReportRun *run, const TableValue *values, GError **error)
{
  if (!table_writer_row (run->writer, values, error))
    return FALSE;
  guint rows = table_writer_rows (run->writer);
  if (run->progress != NULL && rows % PROGRESS_ROWS == 0)
    run->progress (rows, run->data);
  return TRUE;
}

gboolean report_run_put (ReportRun *run, const TableValue *values, GError **error)
{
  for (guint i = 0; i < run->chosen->len; i++)
    run->picked[i] = values[g_array_index (run->chosen, guint, i)];
  return report_run_put_row (run, run->picked, error);
}
