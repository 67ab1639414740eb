#include "print/printer_job.h"

G_DEFINE_QUARK (printer - error - quark, printer_error)

void printer_job_free (PrinterJob *job)
{
  if (job == NULL)
    return;
  g_free (job->name);
  g_free (job->reasons);
  g_free (job);
}

void printer_status_free (PrinterStatus *status)
{
  if (status == NULL)
    return;
  g_strfreev (status->reasons);
  g_free (status->uri);
  g_free (status);
}

void printer_status_judge (PrinterStatus *status, const char *message)
{
  TroubleSet sets[]
      = { [PRINTER_REASON_NOTE] = 0, [PRINTER_REASON_WARNING] = 0, [PRINTER_REASON_ERROR] = 0 };

  for (guint i = 0; status->reasons[i] != NULL; i++) {
    PrinterReason trouble;
    PrinterReasonSeverity severity;
    if (printer_reason_of_printer_reason (status->reasons[i], &trouble, &severity))
      sets[severity] |= PRINTER_REASON_BIT (trouble);
  }
  if (message != NULL && (status->busy || status->stopped))
    sets[PRINTER_REASON_ERROR] |= printer_reason_of_message (message);
  status->errors = sets[PRINTER_REASON_ERROR]
                   | (status->stopped ? PRINTER_REASON_BIT (PRINTER_REASON_STOPPED) : 0)
                   | (status->accepting ? 0 : PRINTER_REASON_BIT (PRINTER_REASON_REJECTING));
  status->warnings = sets[PRINTER_REASON_WARNING] & ~status->errors;
  status->notes = sets[PRINTER_REASON_NOTE];
}

PrinterReason printer_error_trouble (const GError *error)
{
  static const PrinterReason TROUBLES[] = {
    [PRINTER_ERROR_SERVER] = PRINTER_REASON_NO_SPOOLER,
    [PRINTER_ERROR_SILENT] = PRINTER_REASON_NO_SPOOLER,
    [PRINTER_ERROR_NO_QUEUE] = PRINTER_REASON_NO_QUEUE,
    [PRINTER_ERROR_FULL] = PRINTER_REASON_SPOOL,
    [PRINTER_ERROR_REJECTED] = PRINTER_REASON_REJECTING,
    [PRINTER_ERROR_JOB] = PRINTER_REASON_UNKNOWN,
    [PRINTER_ERROR_DEVICE] = PRINTER_REASON_OFF,
    [PRINTER_ERROR_MEDIA] = PRINTER_REASON_OTHER_PAPER,
    [PRINTER_ERROR_DOCUMENT] = PRINTER_REASON_FILTER,
    [PRINTER_ERROR_PASSWORD] = PRINTER_REASON_AUTHENTICATION,
    [PRINTER_ERROR_BLIND] = PRINTER_REASON_UNKNOWN,
  };

  return error->domain == PRINTER_ERROR && (guint) error->code < G_N_ELEMENTS (TROUBLES)
             ? TROUBLES[error->code]
             : PRINTER_REASON_UNKNOWN;
}
