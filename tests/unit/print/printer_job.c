#include "print/printer_job.h"

/* A status comes to what its reasons, its state and, while there is work, its message
 * say. */
static void test_judged (void)
{
  static const struct {
    gboolean stopped, accepting, busy;
    const char *reasons, *message;
    const char *errors, *warnings, *notes;
  } ROWS[] = {
    { FALSE, TRUE, FALSE, "", NULL, "", "", "" },
    { FALSE, TRUE, FALSE, "media-empty-error,cover-open-warning,media-low-report", "",
      "media-empty", "cover-open", "media-low" },
    { FALSE, TRUE, FALSE, "media-empty-error,media-empty-warning", NULL, "media-empty", "", "" },
    { TRUE, FALSE, FALSE, "cups-missing-filter-warning", NULL,
      "filter-failed,not-accepting,stopped", "", "" },
    /* A person's pause, with the job of a fault or without one. */
    { TRUE, TRUE, FALSE, "paused", "Paused", "resting", "", "" },
    { TRUE, TRUE, FALSE, "paused", "Lunch", "resting", "", "" },
    { TRUE, TRUE, FALSE, "paused,offline-report", "Waiting for printer to become available.",
      "off,offline,stopped", "", "" },
    { TRUE, TRUE, FALSE, "paused", "Printer stopped due to backend errors.", "stopped", "", "" },
    { FALSE, TRUE, FALSE, "paused", NULL, "paused", "", "" },
    { FALSE, FALSE, TRUE, "spool-area-full", NULL, "not-accepting,memory", "", "" },
    { FALSE, TRUE, FALSE, "media-empty-report,toner-low-report", NULL, "", "",
      "media-empty,toner-low" },
    { FALSE, TRUE, TRUE, "connecting-to-device", "The printer is not responding.", "off", "", "" },
    /* What was said of the last job is no news. */
    { FALSE, TRUE, FALSE, "", "The printer is not responding.", "", "", "" },
    { FALSE, TRUE, TRUE, "cups-waiting-for-job-completed", "Printing page 1, 40% complete.", "", "",
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PrinterStatus status
        = { .stopped = ROWS[i].stopped, .accepting = ROWS[i].accepting, .busy = ROWS[i].busy };
    g_auto (GStrv) reasons = g_strsplit (ROWS[i].reasons, ",", -1);
    g_autofree char *errors = NULL, *warnings = NULL, *notes = NULL;
    status.reasons = reasons;
    printer_status_judge (&status, ROWS[i].message);
    errors = printer_reason_join (status.errors);
    warnings = printer_reason_join (status.warnings);
    notes = printer_reason_join (status.notes);
    g_test_message ("%s", ROWS[i].reasons);
    g_assert_cmpstr (errors, ==, ROWS[i].errors);
    g_assert_cmpstr (warnings, ==, ROWS[i].warnings);
    g_assert_cmpstr (notes, ==, ROWS[i].notes);
  }
}

/* A printer's own word: one that has a job in hand takes no other, and is well. */
static void test_judged_own (void)
{
  static const struct {
    gboolean stopped, accepting, busy;
    const char *reasons, *errors, *warnings;
  } ROWS[] = {
    { FALSE, FALSE, TRUE, "spool-area-full", "", "" },
    { FALSE, FALSE, TRUE, "spool-area-full-warning", "", "" },
    { FALSE, TRUE, TRUE, "spool-area-full-report,none", "", "" },
    { FALSE, FALSE, FALSE, "spool-area-full", "not-accepting,memory", "" },
    { FALSE, FALSE, TRUE, "spool-area-full,media-empty", "media-empty", "" },
    { TRUE, FALSE, FALSE, "media-empty-error,spool-area-full",
      "media-empty,not-accepting,memory,stopped", "" },
    { FALSE, FALSE, FALSE, "none", "not-accepting", "" },
    /* It would take another, and has no room for it. */
    { FALSE, TRUE, TRUE, "spool-area-full", "memory", "" },
    { TRUE, TRUE, FALSE, "paused", "paused,stopped", "" },
    { FALSE, TRUE, TRUE, "cover-open-warning", "", "cover-open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PrinterStatus status
        = { .stopped = ROWS[i].stopped, .accepting = ROWS[i].accepting, .busy = ROWS[i].busy };
    g_auto (GStrv) reasons = g_strsplit (ROWS[i].reasons, ",", -1);
    g_autofree char *errors = NULL, *warnings = NULL;
    status.reasons = reasons;
    printer_status_judge_own (&status, NULL);
    errors = printer_reason_join (status.errors);
    warnings = printer_reason_join (status.warnings);
    g_test_message ("%s", ROWS[i].reasons);
    g_assert_cmpstr (errors, ==, ROWS[i].errors);
    g_assert_cmpstr (warnings, ==, ROWS[i].warnings);
  }
}

/* Jobs that wait tell a fault of CUPS's from a person, where the message does not. */
static void test_stopped (void)
{
  static const struct {
    guint waiting;
    const char *message;
    PrinterReason trouble;
  } ROWS[] = { { 0, NULL, PRINTER_REASON_RESTING },
               { 0, "", PRINTER_REASON_RESTING },
               { 1, "Paused", PRINTER_REASON_RESTING },
               { 1, "", PRINTER_REASON_STOPPED },
               { 1, "Rendering completed", PRINTER_REASON_STOPPED } };
  char *none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PrinterStatus status
        = { .stopped = TRUE, .accepting = TRUE, .waiting = ROWS[i].waiting, .reasons = none };
    printer_status_judge (&status, ROWS[i].message);
    g_assert_cmphex (status.errors, ==, PRINTER_REASON_BIT (ROWS[i].trouble));
  }
}

static void test_errors (void)
{
  static const struct {
    PrinterError code;
    PrinterReason trouble;
  } ROWS[] = { { PRINTER_ERROR_SERVER, PRINTER_REASON_NO_SPOOLER },
               { PRINTER_ERROR_NO_QUEUE, PRINTER_REASON_NO_QUEUE },
               { PRINTER_ERROR_REJECTED, PRINTER_REASON_REJECTING },
               { PRINTER_ERROR_DEVICE, PRINTER_REASON_OFF },
               { PRINTER_ERROR_GARBLED, PRINTER_REASON_GARBLED },
               { PRINTER_ERROR_MEDIA, PRINTER_REASON_OTHER_PAPER },
               { PRINTER_ERROR_PASSWORD, PRINTER_REASON_AUTHENTICATION },
               { PRINTER_ERROR_JOB, PRINTER_REASON_UNKNOWN } };
  g_autoptr (GError) other = g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "disk");

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = g_error_new (PRINTER_ERROR, (int) ROWS[i].code, "x");
    g_assert_cmpint (printer_error_trouble (error), ==, ROWS[i].trouble);
    g_assert_cmpint (printer_error_is_silence (error), ==,
                     ROWS[i].code == PRINTER_ERROR_DEVICE || ROWS[i].code == PRINTER_ERROR_GARBLED);
  }
  g_assert_cmpint (printer_error_trouble (other), ==, PRINTER_REASON_UNKNOWN);
}

static void test_free (void)
{
  printer_job_free (NULL);
  printer_status_free (NULL);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/job/judged", test_judged);
  g_test_add_func ("/print/job/judged-own", test_judged_own);
  g_test_add_func ("/print/job/stopped", test_stopped);
  g_test_add_func ("/print/job/errors", test_errors);
  g_test_add_func ("/print/job/free", test_free);
  return g_test_run ();
}
