#include "print/printer_job.h"

#include <string.h>

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

/* @passed: a reason that says no more than that there is work; NULL for none. */
static void judge (PrinterStatus *status, const char *message, const char *passed)
{
  TroubleSet sets[]
      = { [PRINTER_REASON_NOTE] = 0, [PRINTER_REASON_WARNING] = 0, [PRINTER_REASON_ERROR] = 0 };

  for (guint i = 0; status->reasons[i] != NULL; i++) {
    PrinterReason trouble;
    PrinterReasonSeverity severity;
    if ((passed == NULL || !g_str_has_prefix (status->reasons[i], passed))
        && printer_reason_of_printer_reason (status->reasons[i], &trouble, &severity))
      sets[severity] |= PRINTER_REASON_BIT (trouble);
  }
  if (message != NULL && (status->busy || status->stopped))
    sets[PRINTER_REASON_ERROR] |= printer_reason_of_message (message);
  status->errors = sets[PRINTER_REASON_ERROR];
  status->warnings = sets[PRINTER_REASON_WARNING] & ~status->errors;
  status->notes = sets[PRINTER_REASON_NOTE] & ~(status->errors | status->warnings);
}

static gboolean is_resting (const PrinterStatus *status, const char *message)
{
  if (g_strcmp0 (message, "Paused") == 0)
    return TRUE;
  return status->waiting == 0 && (status->errors | status->warnings) == 0
         && (message == NULL || strstr (message, "due to") == NULL);
}

void printer_status_judge (PrinterStatus *status, const char *message)
{
  judge (status, message, NULL);
  if (status->stopped) {
    /* Of any queue that is stopped CUPS says that it is paused. */
    status->errors &= ~PRINTER_REASON_BIT (PRINTER_REASON_PAUSED);
    status->errors |= PRINTER_REASON_BIT (is_resting (status, message) ? PRINTER_REASON_RESTING
                                                                       : PRINTER_REASON_STOPPED);
  }
  if (!status->accepting)
    status->errors |= PRINTER_REASON_BIT (PRINTER_REASON_REJECTING);
}

void printer_status_judge_own (PrinterStatus *status, const char *message)
{
  judge (status, message, status->busy && !status->accepting ? "spool-area-full" : NULL);
  if (!status->accepting && !status->busy)
    status->errors |= PRINTER_REASON_BIT (PRINTER_REASON_REJECTING);
  if (status->stopped)
    status->errors |= PRINTER_REASON_BIT (PRINTER_REASON_STOPPED);
}

gboolean printer_error_is_silence (const GError *error)
{
  return g_error_matches (error, PRINTER_ERROR, PRINTER_ERROR_DEVICE)
         || g_error_matches (error, PRINTER_ERROR, PRINTER_ERROR_GARBLED);
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
    [PRINTER_ERROR_GARBLED] = PRINTER_REASON_GARBLED,
    [PRINTER_ERROR_MEDIA] = PRINTER_REASON_OTHER_PAPER,
    [PRINTER_ERROR_DOCUMENT] = PRINTER_REASON_FILTER,
    [PRINTER_ERROR_PASSWORD] = PRINTER_REASON_AUTHENTICATION,
    [PRINTER_ERROR_BLIND] = PRINTER_REASON_UNKNOWN,
  };

  return error->domain == PRINTER_ERROR && (guint) error->code < G_N_ELEMENTS (TROUBLES)
             ? TROUBLES[error->code]
             : PRINTER_REASON_UNKNOWN;
}
