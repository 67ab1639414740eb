#include "vocabulary/printer_reason.h"

#include <string.h>

/* Every keyword of printer-state-reasons in RFC 8011, 5.4.12; PRINTER_REASON_COUNT: none.
 * As an error, a warning and a report. */
static const struct {
  const char *reason;
  PrinterReason trouble;
} RFC_8011[] = {
  { "connecting-to-device", PRINTER_REASON_COUNT },
  { "cover-open", PRINTER_REASON_COVER },
  { "developer-empty", PRINTER_REASON_PART },
  { "developer-low", PRINTER_REASON_COUNT },
  { "door-open", PRINTER_REASON_COVER },
  { "fuser-over-temp", PRINTER_REASON_HEAT },
  { "fuser-under-temp", PRINTER_REASON_HEAT },
  { "input-tray-missing", PRINTER_REASON_TRAY },
  { "interlock-open", PRINTER_REASON_COVER },
  { "interpreter-resource-unavailable", PRINTER_REASON_MEMORY },
  { "marker-supply-empty", PRINTER_REASON_RIBBON },
  { "marker-supply-low", PRINTER_REASON_RIBBON_LOW },
  { "marker-waste-almost-full", PRINTER_REASON_WASTE_HIGH },
  { "marker-waste-full", PRINTER_REASON_WASTE },
  { "media-empty", PRINTER_REASON_PAPER },
  { "media-jam", PRINTER_REASON_JAM },
  { "media-low", PRINTER_REASON_PAPER_LOW },
  { "media-needed", PRINTER_REASON_OTHER_PAPER },
  { "moving-to-paused", PRINTER_REASON_COUNT },
  { "none", PRINTER_REASON_COUNT },
  { "opc-life-over", PRINTER_REASON_PART },
  { "opc-near-eol", PRINTER_REASON_COUNT },
  { "other", PRINTER_REASON_UNKNOWN },
  { "output-area-almost-full", PRINTER_REASON_OUTPUT_HIGH },
  { "output-area-full", PRINTER_REASON_OUTPUT },
  { "output-tray-missing", PRINTER_REASON_OUTPUT },
  { "paused", PRINTER_REASON_PAUSED },
  { "shutdown", PRINTER_REASON_OFF },
  { "spool-area-full", PRINTER_REASON_MEMORY },
  { "stopped-partly", PRINTER_REASON_COUNT },
  { "stopping", PRINTER_REASON_COUNT },
  { "timed-out", PRINTER_REASON_SLOW },
  { "toner-empty", PRINTER_REASON_TONER },
  { "toner-low", PRINTER_REASON_TONER_LOW },
};

/* PWG 5100.9, table 3: the Printer MIB's alerts as keywords; of each part that badges
 * meet what it can say. */
static const struct {
  const char *reason;
  PrinterReason trouble;
} PWG_5100_9[] = {
  { "cover-closed", PRINTER_REASON_COUNT },
  { "door-closed", PRINTER_REASON_COUNT },
  { "interlock-closed", PRINTER_REASON_COUNT },
  { "console-light-off", PRINTER_REASON_UNKNOWN },
  { "input-cannot-feed-size-selected", PRINTER_REASON_OTHER_PAPER },
  { "input-interlock-error", PRINTER_REASON_UNKNOWN },
  { "input-manual-input-request", PRINTER_REASON_OTHER_PAPER },
  { "input-media-color-change", PRINTER_REASON_OTHER_PAPER },
  { "input-media-form-parts-change", PRINTER_REASON_OTHER_PAPER },
  { "input-media-size-change", PRINTER_REASON_OTHER_PAPER },
  { "input-media-type-change", PRINTER_REASON_OTHER_PAPER },
  { "input-media-weight-change", PRINTER_REASON_OTHER_PAPER },
  { "input-media-tray-failure", PRINTER_REASON_PART },
  { "input-media-tray-feed-error", PRINTER_REASON_JAM },
  { "input-media-tray-jam", PRINTER_REASON_JAM },
  { "input-media-tray-missing", PRINTER_REASON_TRAY },
  { "input-media-supply-low", PRINTER_REASON_PAPER_LOW },
  { "input-media-supply-empty", PRINTER_REASON_PAPER },
  { "input-pick-error", PRINTER_REASON_UNKNOWN },
  { "interpreter-memory-increased", PRINTER_REASON_MEMORY },
  { "interpreter-memory-decreased", PRINTER_REASON_MEMORY },
  { "interpreter-cartridge-added", PRINTER_REASON_COUNT },
  { "marker-developer-almost-empty", PRINTER_REASON_COUNT },
  { "marker-developer-empty", PRINTER_REASON_PART },
  { "marker-fuser-thermistor-failure", PRINTER_REASON_PART },
  { "marker-ink-almost-empty", PRINTER_REASON_RIBBON_LOW },
  { "marker-ink-empty", PRINTER_REASON_RIBBON },
  { "marker-opc-life-almost-over", PRINTER_REASON_COUNT },
  { "marker-opc-life-over", PRINTER_REASON_PART },
  { "marker-print-ribbon-almost-empty", PRINTER_REASON_RIBBON_LOW },
  { "marker-print-ribbon-empty", PRINTER_REASON_RIBBON },
  { "marker-supply-missing", PRINTER_REASON_RIBBON },
  { "marker-toner-cartridge-missing", PRINTER_REASON_TONER },
  { "marker-waste-ink-receptacle-almost-full", PRINTER_REASON_WASTE_HIGH },
  { "marker-waste-ink-receptacle-full", PRINTER_REASON_WASTE },
  { "marker-waste-toner-receptacle-full", PRINTER_REASON_WASTE },
  { "media-path-jam", PRINTER_REASON_JAM },
  { "media-path-media-tray-missing", PRINTER_REASON_UNKNOWN },
  { "media-path-cannot-duplex-media-selected", PRINTER_REASON_UNKNOWN },
  { "output-media-tray-almost-full", PRINTER_REASON_OUTPUT_HIGH },
  { "output-media-tray-feed-error", PRINTER_REASON_JAM },
  { "output-media-tray-full", PRINTER_REASON_OUTPUT },
  { "output-media-tray-missing", PRINTER_REASON_OUTPUT },
  { "cutter-cover-open", PRINTER_REASON_COVER },
  { "cutter-jam", PRINTER_REASON_JAM },
  { "cutter-life-over", PRINTER_REASON_PART },
  { "cutter-motor-failure", PRINTER_REASON_PART },
  { "cutter-over-temperature", PRINTER_REASON_HEAT },
  { "cutter-warming-up", PRINTER_REASON_COUNT },
  { "stacker-almost-full", PRINTER_REASON_COUNT },
  { "stacker-opened", PRINTER_REASON_COVER },
  { "stacker-power-saver", PRINTER_REASON_COUNT },
  { "subunit-memory-exhausted", PRINTER_REASON_MEMORY },
  { "subunit-turned-on", PRINTER_REASON_COUNT },
};

/* CUPS's and drivers' own words, and what means nothing. */
static const struct {
  const char *reason;
  PrinterReason trouble;
  PrinterReasonSeverity severity;
} OTHERS[] = {
  { "offline-report", PRINTER_REASON_OFFLINE, PRINTER_REASON_ERROR }, /* CUPS's usb backend */
  { "cups-missing-filter-warning", PRINTER_REASON_FILTER, PRINTER_REASON_ERROR },
  { "cups-insecure-filter-warning", PRINTER_REASON_FILTER, PRINTER_REASON_ERROR },
  { "cups-waiting-for-job-completed", PRINTER_REASON_COUNT, 0 },
  { "cups-ipp-wrong-http-version", PRINTER_REASON_COUNT, 0 },
  { "auth-required-error", PRINTER_REASON_AUTHENTICATION, PRINTER_REASON_ERROR },
  { "com.dymo.out-of-paper-error", PRINTER_REASON_PAPER, PRINTER_REASON_ERROR },
  { "com.dymo.paper-size-error", PRINTER_REASON_OTHER_PAPER, PRINTER_REASON_ERROR },
  { "com.dymo.ready", PRINTER_REASON_COUNT, 0 },
  { "com.example.tired-error", PRINTER_REASON_COUNT, 0 },
  { "media-low", PRINTER_REASON_PAPER_LOW, PRINTER_REASON_NOTE },
  { "media-low-error", PRINTER_REASON_PAPER_LOW, PRINTER_REASON_NOTE },
  { "toner-low-report", PRINTER_REASON_TONER_LOW, PRINTER_REASON_NOTE },
  { "-error", PRINTER_REASON_COUNT, 0 },
  { "", PRINTER_REASON_COUNT, 0 },
  { "on-fire", PRINTER_REASON_UNKNOWN, PRINTER_REASON_ERROR },
};

static void check (const char *reason, PrinterReason trouble, PrinterReasonSeverity severity)
{
  PrinterReason found;
  PrinterReasonSeverity grave;
  gboolean is = printer_reason_of_printer_reason (reason, &found, &grave);

  g_test_message ("%s", reason);
  g_assert_cmpint (is, ==, trouble != PRINTER_REASON_COUNT);
  if (!is)
    return;
  g_assert_cmpstr (printer_reason_keyword (found), ==, printer_reason_keyword (trouble));
  g_assert_cmpint (grave, ==, severity);
}

/* @reason without a severity, and with each. */
static void check_severities (const char *reason, PrinterReason trouble)
{
  gboolean note = trouble >= PRINTER_REASON_PAPER_LOW && trouble < PRINTER_REASON_COUNT,
           /* Of these a printer without work only reports. */
      seen_to = trouble >= PRINTER_REASON_JAM && trouble <= PRINTER_REASON_OUTPUT;
  g_autofree char *error = g_strconcat (reason, "-error", NULL),
                  *warning = g_strconcat (reason, "-warning", NULL),
                  *report = g_strconcat (reason, "-report", NULL);

  check (reason, trouble, note ? PRINTER_REASON_NOTE : PRINTER_REASON_ERROR);
  check (warning, trouble, note ? PRINTER_REASON_NOTE : PRINTER_REASON_WARNING);
  check (report, note || seen_to ? trouble : PRINTER_REASON_COUNT, PRINTER_REASON_NOTE);
  if (!g_str_has_suffix (reason, "-error"))
    check (error, trouble, note ? PRINTER_REASON_NOTE : PRINTER_REASON_ERROR);
}

static void test_printer_reasons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (RFC_8011); i++)
    check_severities (RFC_8011[i].reason, RFC_8011[i].trouble);
  for (guint i = 0; i < G_N_ELEMENTS (PWG_5100_9); i++)
    if (g_str_has_suffix (PWG_5100_9[i].reason, "-error"))
      check (PWG_5100_9[i].reason, PWG_5100_9[i].trouble, PRINTER_REASON_ERROR);
    else
      check_severities (PWG_5100_9[i].reason, PWG_5100_9[i].trouble);
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    check (OTHERS[i].reason, OTHERS[i].trouble, OTHERS[i].severity);
}

static void test_job_reasons (void)
{
  static const struct {
    const char *reason;
    PrinterReason trouble;
  } ROWS[] = {
    { "cups-held-for-authentication", PRINTER_REASON_AUTHENTICATION },
    { "account-authorization-failed", PRINTER_REASON_AUTHENTICATION },
    { "cups-filter-crashed", PRINTER_REASON_FILTER },
    { "document-format-error", PRINTER_REASON_FILTER },
    { "printer-stopped", PRINTER_REASON_STOPPED },
    { "job-printing", PRINTER_REASON_COUNT },
    { "job-hold-until-specified", PRINTER_REASON_COUNT },
    { "none", PRINTER_REASON_COUNT },
    { "", PRINTER_REASON_COUNT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PrinterReason trouble = PRINTER_REASON_COUNT;
    g_assert_cmpint (printer_reason_of_job_reason (ROWS[i].reason, &trouble), ==,
                     ROWS[i].trouble != PRINTER_REASON_COUNT);
    g_assert_cmpint (trouble, ==, ROWS[i].trouble);
  }
}

/* What came out of a job that is called completed: by RFC 8011, 5.3.8, and PWG 5100.x. */
static void test_outcomes (void)
{
  static const struct {
    const char *reasons;
    guint impressions;
    PrinterOutcome outcome;
    const char *why;
  } ROWS[] = {
    { "", 0, PRINTER_OUTCOME_GOOD, "" },
    { "none", 1, PRINTER_OUTCOME_GOOD, "" },
    { "job-completed-successfully", 1, PRINTER_OUTCOME_GOOD, "" },
    { "job-completed-with-warnings,warnings-detected", 0, PRINTER_OUTCOME_GOOD, "" },
    { "job-printed-successfully", 1, PRINTER_OUTCOME_GOOD, "" },
    { "queued-in-device,job-restartable", 0, PRINTER_OUTCOME_GOOD, "" },
    { "printer-stopped,media-empty", 1, PRINTER_OUTCOME_GOOD, "" },
    { "job-completed-with-errors", 1, PRINTER_OUTCOME_UNSURE, "job-completed-with-errors" },
    { "job-completed-with-errors", 0, PRINTER_OUTCOME_UNSURE, "job-completed-with-errors" },
    { "errors-detected", 0, PRINTER_OUTCOME_UNSURE, "errors-detected" },
    { "job-printed-with-errors", 0, PRINTER_OUTCOME_UNSURE, "job-printed-with-errors" },
    { "aborted-by-system", 0, PRINTER_OUTCOME_UNSURE, "aborted-by-system" },
    /* So CUPS ends a good one, too. */
    { "processing-to-stop-point", 0, PRINTER_OUTCOME_GOOD, "" },
    { "job-canceled-at-device", 0, PRINTER_OUTCOME_UNSURE, "job-canceled-at-device" },
    { "document-format-error", 0, PRINTER_OUTCOME_NONE, "document-format-error" },
    { "document-unprintable-error", 0, PRINTER_OUTCOME_NONE, "document-unprintable-error" },
    { "unsupported-document-format", 0, PRINTER_OUTCOME_NONE, "unsupported-document-format" },
    { "compression-error", 0, PRINTER_OUTCOME_NONE, "compression-error" },
    { "document-access-error", 0, PRINTER_OUTCOME_NONE, "document-access-error" },
    { "account-limit-reached", 0, PRINTER_OUTCOME_NONE, "account-limit-reached" },
    /* The worst decides; a side that has come out is a side. */
    { "job-completed-with-errors,document-format-error", 0, PRINTER_OUTCOME_NONE,
      "document-format-error" },
    { "document-format-error", 1, PRINTER_OUTCOME_UNSURE, "document-format-error" },
    { "document-format-errors", 0, PRINTER_OUTCOME_GOOD, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *why = NULL;
    g_test_message ("%s", ROWS[i].reasons);
    g_assert_cmpint (printer_reason_outcome (ROWS[i].reasons, ROWS[i].impressions, &why), ==,
                     ROWS[i].outcome);
    g_assert_cmpstr (why, ==, ROWS[i].why);
  }
}

static void test_messages (void)
{
  g_assert_cmpuint (
      printer_reason_of_message ("The printer may not exist or is unavailable at this time."), ==,
      PRINTER_REASON_BIT (PRINTER_REASON_OFF));
  g_assert_cmpuint (printer_reason_of_message ("The printer is not responding."), ==,
                    PRINTER_REASON_BIT (PRINTER_REASON_OFF));
  g_assert_cmpuint (printer_reason_of_message ("Filter failed"), ==,
                    PRINTER_REASON_BIT (PRINTER_REASON_FILTER));
  g_assert_cmpuint (printer_reason_of_message ("Sending data to printer."), ==, 0);
  g_assert_cmpuint (printer_reason_of_message (""), ==, 0);
}

/* Keywords stand in the journal: each is one trouble's, and is found again. */
static void test_keywords (void)
{
  for (guint i = 0; i < PRINTER_REASON_COUNT; i++)
    g_assert_cmpint (printer_reason_of_keyword (printer_reason_keyword ((PrinterReason) i)), ==, i);
  g_assert_cmpint (printer_reason_of_keyword ("sideways"), ==, PRINTER_REASON_UNKNOWN);
}

static void test_sets (void)
{
  g_autofree char *none = printer_reason_join (0),
                  *two = printer_reason_join (PRINTER_REASON_BIT (PRINTER_REASON_PAPER)
                                              | PRINTER_REASON_BIT (PRINTER_REASON_COVER));

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (two, ==, "cover-open,media-empty");
  g_assert_cmpint (printer_reason_first (PRINTER_REASON_BIT (PRINTER_REASON_PAPER)
                                         | PRINTER_REASON_BIT (PRINTER_REASON_COVER)),
                   ==, PRINTER_REASON_COVER);
  g_assert_cmpint (printer_reason_first (0), ==, PRINTER_REASON_COUNT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/trouble/printer-reasons", test_printer_reasons);
  g_test_add_func ("/print/trouble/job-reasons", test_job_reasons);
  g_test_add_func ("/print/trouble/outcomes", test_outcomes);
  g_test_add_func ("/print/trouble/messages", test_messages);
  g_test_add_func ("/print/trouble/keywords", test_keywords);
  g_test_add_func ("/print/trouble/sets", test_sets);
  return g_test_run ();
}
