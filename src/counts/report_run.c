#include "counts/report_run.h"

#include "core/words.h"

G_DEFINE_QUARK (report - error - quark, report_error)

/* How often somebody is told how far it is. */
#define PROGRESS_ROWS 1000

gboolean report_run_tell (ReportRun *run, guint rows, GError **error)
{
  if (run->progress == NULL || run->progress (rows, run->most, run->data))
    return TRUE;
  g_set_error_literal (error, REPORT_ERROR, REPORT_ERROR_STOPPED, _ ("it was stopped"));
  return FALSE;
}

gboolean report_run_put_row (ReportRun *run, const TableValue *values, GError **error)
{
  if (!table_writer_row (run->writer, values, error))
    return FALSE;
  guint rows = table_writer_rows (run->writer);
  return rows % PROGRESS_ROWS != 0 || report_run_tell (run, rows, error);
}

gboolean report_run_put (ReportRun *run, const TableValue *values, GError **error)
{
  for (guint i = 0; i < run->chosen->len; i++)
    run->picked[i] = values[g_array_index (run->chosen, guint, i)];
  return report_run_put_row (run, run->picked, error);
}
