#include "print/job.h"

G_DEFINE_QUARK (printer-error-quark, printer_error)

void print_job_free (PrintJob *job)
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
  TroubleSet sets[] = { [TROUBLE_NOTE] = 0, [TROUBLE_WARNING] = 0, [TROUBLE_ERROR] = 0 };

  for (guint i = 0; status->reasons[i] != NULL; i++) {
    Trouble trouble;
    TroubleSeverity severity;
    if (trouble_of_printer_reason (status->reasons[i], &trouble, &severity))
      sets[severity] |= TROUBLE_BIT (trouble);
  }
  if (message != NULL && (status->busy || status->stopped))
    sets[TROUBLE_ERROR] |= trouble_of_message (message);
  status->errors = sets[TROUBLE_ERROR] | (status->stopped ? TROUBLE_BIT (TROUBLE_STOPPED) : 0) | (status->accepting ? 0 : TROUBLE_BIT (TROUBLE_REJECTING));
  status->warnings = sets[TROUBLE_WARNING] & ~status->errors;
  status->notes = sets[TROUBLE_NOTE];
}

Trouble printer_error_trouble (const GError *error)
{
  static const Trouble TROUBLES[] = {
    [PRINTER_ERROR_SERVER] = TROUBLE_NO_SPOOLER,   [PRINTER_ERROR_SILENT] = TROUBLE_NO_SPOOLER,     [PRINTER_ERROR_NO_QUEUE] = TROUBLE_NO_QUEUE, [PRINTER_ERROR_FULL] = TROUBLE_SPOOL, [PRINTER_ERROR_REJECTED] = TROUBLE_REJECTING,
    [PRINTER_ERROR_JOB] = TROUBLE_UNKNOWN,         [PRINTER_ERROR_DEVICE] = TROUBLE_OFF,            [PRINTER_ERROR_MEDIA] = TROUBLE_OTHER_PAPER, [PRINTER_ERROR_DOCUMENT] = TROUBLE_FILTER,
    [PRINTER_ERROR_PASSWORD] = TROUBLE_AUTHENTICATION, [PRINTER_ERROR_BLIND] = TROUBLE_UNKNOWN,
  };

  return error->domain == PRINTER_ERROR && (guint) error->code < G_N_ELEMENTS (TROUBLES) ? TROUBLES[error->code] : TROUBLE_UNKNOWN;
}
