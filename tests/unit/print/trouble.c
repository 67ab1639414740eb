#include "print/trouble.h"

#include <string.h>

/* Every keyword of printer-state-reasons in RFC 8011, 5.4.12; TROUBLE_COUNT: none. As an error, a warning and a report. */
static const struct {
  const char *reason;
  Trouble trouble;
} RFC_8011[] = {
  { "connecting-to-device", TROUBLE_COUNT },
  { "cover-open", TROUBLE_COVER },
  { "developer-empty", TROUBLE_PART },
  { "developer-low", TROUBLE_COUNT },
  { "door-open", TROUBLE_COVER },
  { "fuser-over-temp", TROUBLE_HEAT },
  { "fuser-under-temp", TROUBLE_HEAT },
  { "input-tray-missing", TROUBLE_TRAY },
  { "interlock-open", TROUBLE_COVER },
  { "interpreter-resource-unavailable", TROUBLE_MEMORY },
  { "marker-supply-empty", TROUBLE_RIBBON },
  { "marker-supply-low", TROUBLE_RIBBON_LOW },
  { "marker-waste-almost-full", TROUBLE_WASTE_HIGH },
  { "marker-waste-full", TROUBLE_WASTE },
  { "media-empty", TROUBLE_PAPER },
  { "media-jam", TROUBLE_JAM },
  { "media-low", TROUBLE_PAPER_LOW },
  { "media-needed", TROUBLE_OTHER_PAPER },
  { "moving-to-paused", TROUBLE_COUNT },
  { "none", TROUBLE_COUNT },
  { "opc-life-over", TROUBLE_PART },
  { "opc-near-eol", TROUBLE_COUNT },
  { "other", TROUBLE_UNKNOWN },
  { "output-area-almost-full", TROUBLE_OUTPUT_HIGH },
  { "output-area-full", TROUBLE_OUTPUT },
  { "output-tray-missing", TROUBLE_OUTPUT },
  { "paused", TROUBLE_PAUSED },
  { "shutdown", TROUBLE_OFF },
  { "spool-area-full", TROUBLE_MEMORY },
  { "stopped-partly", TROUBLE_COUNT },
  { "stopping", TROUBLE_COUNT },
  { "timed-out", TROUBLE_SLOW },
  { "toner-empty", TROUBLE_TONER },
  { "toner-low", TROUBLE_TONER_LOW },
};

/* PWG 5100.9, table 3: the Printer MIB's alerts as keywords; of each part that badges meet what it can say. */
static const struct {
  const char *reason;
  Trouble trouble;
} PWG_5100_9[] = {
  { "cover-closed", TROUBLE_COUNT },
  { "door-closed", TROUBLE_COUNT },
  { "interlock-closed", TROUBLE_COUNT },
  { "console-light-off", TROUBLE_UNKNOWN },
  { "input-cannot-feed-size-selected", TROUBLE_OTHER_PAPER },
  { "input-interlock-error", TROUBLE_UNKNOWN },
  { "input-manual-input-request", TROUBLE_OTHER_PAPER },
  { "input-media-color-change", TROUBLE_OTHER_PAPER },
  { "input-media-form-parts-change", TROUBLE_OTHER_PAPER },
  { "input-media-size-change", TROUBLE_OTHER_PAPER },
  { "input-media-type-change", TROUBLE_OTHER_PAPER },
  { "input-media-weight-change", TROUBLE_OTHER_PAPER },
  { "input-media-tray-failure", TROUBLE_PART },
  { "input-media-tray-feed-error", TROUBLE_JAM },
  { "input-media-tray-jam", TROUBLE_JAM },
  { "input-media-tray-missing", TROUBLE_TRAY },
  { "input-media-supply-low", TROUBLE_PAPER_LOW },
  { "input-media-supply-empty", TROUBLE_PAPER },
  { "input-pick-error", TROUBLE_UNKNOWN },
  { "interpreter-memory-increased", TROUBLE_MEMORY },
  { "interpreter-memory-decreased", TROUBLE_MEMORY },
  { "interpreter-cartridge-added", TROUBLE_COUNT },
  { "marker-developer-almost-empty", TROUBLE_COUNT },
  { "marker-developer-empty", TROUBLE_PART },
  { "marker-fuser-thermistor-failure", TROUBLE_PART },
  { "marker-ink-almost-empty", TROUBLE_RIBBON_LOW },
  { "marker-ink-empty", TROUBLE_RIBBON },
  { "marker-opc-life-almost-over", TROUBLE_COUNT },
  { "marker-opc-life-over", TROUBLE_PART },
  { "marker-print-ribbon-almost-empty", TROUBLE_RIBBON_LOW },
  { "marker-print-ribbon-empty", TROUBLE_RIBBON },
  { "marker-supply-missing", TROUBLE_RIBBON },
  { "marker-toner-cartridge-missing", TROUBLE_TONER },
  { "marker-waste-ink-receptacle-almost-full", TROUBLE_WASTE_HIGH },
  { "marker-waste-ink-receptacle-full", TROUBLE_WASTE },
  { "marker-waste-toner-receptacle-full", TROUBLE_WASTE },
  { "media-path-jam", TROUBLE_JAM },
  { "media-path-media-tray-missing", TROUBLE_UNKNOWN },
  { "media-path-cannot-duplex-media-selected", TROUBLE_UNKNOWN },
  { "output-media-tray-almost-full", TROUBLE_OUTPUT_HIGH },
  { "output-media-tray-feed-error", TROUBLE_JAM },
  { "output-media-tray-full", TROUBLE_OUTPUT },
  { "output-media-tray-missing", TROUBLE_OUTPUT },
  { "cutter-cover-open", TROUBLE_COVER },
  { "cutter-jam", TROUBLE_JAM },
  { "cutter-life-over", TROUBLE_PART },
  { "cutter-motor-failure", TROUBLE_PART },
  { "cutter-over-temperature", TROUBLE_HEAT },
  { "cutter-warming-up", TROUBLE_COUNT },
  { "stacker-almost-full", TROUBLE_COUNT },
  { "stacker-opened", TROUBLE_COVER },
  { "stacker-power-saver", TROUBLE_COUNT },
  { "subunit-memory-exhausted", TROUBLE_MEMORY },
  { "subunit-turned-on", TROUBLE_COUNT },
};

/* CUPS's and drivers' own words, and what means nothing. */
static const struct {
  const char *reason;
  Trouble trouble;
  TroubleSeverity severity;
} OTHERS[] = {
  { "offline-report", TROUBLE_OFFLINE, TROUBLE_ERROR },          /* CUPS's usb backend */
  { "cups-missing-filter-warning", TROUBLE_FILTER, TROUBLE_ERROR },
  { "cups-insecure-filter-warning", TROUBLE_FILTER, TROUBLE_ERROR },
  { "cups-waiting-for-job-completed", TROUBLE_COUNT, 0 },
  { "cups-ipp-wrong-http-version", TROUBLE_COUNT, 0 },
  { "auth-required-error", TROUBLE_AUTHENTICATION, TROUBLE_ERROR },
  { "com.dymo.out-of-paper-error", TROUBLE_PAPER, TROUBLE_ERROR },
  { "com.dymo.paper-size-error", TROUBLE_OTHER_PAPER, TROUBLE_ERROR },
  { "com.dymo.ready", TROUBLE_COUNT, 0 },
  { "com.example.tired-error", TROUBLE_COUNT, 0 },
  { "media-low", TROUBLE_PAPER_LOW, TROUBLE_NOTE },
  { "media-low-error", TROUBLE_PAPER_LOW, TROUBLE_NOTE },
  { "toner-low-report", TROUBLE_TONER_LOW, TROUBLE_NOTE },
  { "-error", TROUBLE_COUNT, 0 },
  { "", TROUBLE_COUNT, 0 },
  { "on-fire", TROUBLE_UNKNOWN, TROUBLE_ERROR },
};

static void check (const char *reason, Trouble trouble, TroubleSeverity severity)
{
  Trouble found;
  TroubleSeverity grave;
  gboolean is = trouble_of_printer_reason (reason, &found, &grave);

  g_test_message ("%s", reason);
  g_assert_cmpint (is, ==, trouble != TROUBLE_COUNT);
  if (!is)
    return;
  g_assert_cmpstr (trouble_keyword (found), ==, trouble_keyword (trouble));
  g_assert_cmpint (grave, ==, severity);
}

/* @reason without a severity, and with each. */
static void check_severities (const char *reason, Trouble trouble)
{
  gboolean note = trouble >= TROUBLE_PAPER_LOW && trouble < TROUBLE_COUNT;
  g_autofree char *error = g_strconcat (reason, "-error", NULL), *warning = g_strconcat (reason, "-warning", NULL), *report = g_strconcat (reason, "-report", NULL);

  check (reason, trouble, note ? TROUBLE_NOTE : TROUBLE_ERROR);
  check (warning, trouble, note ? TROUBLE_NOTE : TROUBLE_WARNING);
  check (report, note ? trouble : TROUBLE_COUNT, TROUBLE_NOTE);
  if (!g_str_has_suffix (reason, "-error"))
    check (error, trouble, note ? TROUBLE_NOTE : TROUBLE_ERROR);
}

static void test_printer_reasons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (RFC_8011); i++)
    check_severities (RFC_8011[i].reason, RFC_8011[i].trouble);
  for (guint i = 0; i < G_N_ELEMENTS (PWG_5100_9); i++)
    if (g_str_has_suffix (PWG_5100_9[i].reason, "-error"))
      check (PWG_5100_9[i].reason, PWG_5100_9[i].trouble, TROUBLE_ERROR);
    else
      check_severities (PWG_5100_9[i].reason, PWG_5100_9[i].trouble);
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    check (OTHERS[i].reason, OTHERS[i].trouble, OTHERS[i].severity);
}

static void test_job_reasons (void)
{
  static const struct {
    const char *reason;
    Trouble trouble;
  } ROWS[] = {
    { "cups-held-for-authentication", TROUBLE_AUTHENTICATION }, { "account-authorization-failed", TROUBLE_AUTHENTICATION }, { "cups-filter-crashed", TROUBLE_FILTER },
    { "document-format-error", TROUBLE_FILTER },                { "printer-stopped", TROUBLE_STOPPED },                     { "job-printing", TROUBLE_COUNT },
    { "job-hold-until-specified", TROUBLE_COUNT },              { "none", TROUBLE_COUNT },                                  { "", TROUBLE_COUNT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Trouble trouble = TROUBLE_COUNT;
    g_assert_cmpint (trouble_of_job_reason (ROWS[i].reason, &trouble), ==, ROWS[i].trouble != TROUBLE_COUNT);
    g_assert_cmpint (trouble, ==, ROWS[i].trouble);
  }
}

static void test_messages (void)
{
  g_assert_cmpuint (trouble_of_message ("The printer may not exist or is unavailable at this time."), ==, TROUBLE_BIT (TROUBLE_OFF));
  g_assert_cmpuint (trouble_of_message ("The printer is not responding."), ==, TROUBLE_BIT (TROUBLE_OFF));
  g_assert_cmpuint (trouble_of_message ("Filter failed"), ==, TROUBLE_BIT (TROUBLE_FILTER));
  g_assert_cmpuint (trouble_of_message ("Sending data to printer."), ==, 0);
  g_assert_cmpuint (trouble_of_message (""), ==, 0);
}

/* Keywords stand in the journal: each is one trouble's, and is found again. */
static void test_keywords (void)
{
  for (guint i = 0; i < TROUBLE_COUNT; i++)
    g_assert_cmpint (trouble_of_keyword (trouble_keyword ((Trouble) i)), ==, i);
  g_assert_cmpint (trouble_of_keyword ("sideways"), ==, TROUBLE_UNKNOWN);
}

static void test_sets (void)
{
  g_autofree char *none = trouble_join (0), *two = trouble_join (TROUBLE_BIT (TROUBLE_PAPER) | TROUBLE_BIT (TROUBLE_COVER));

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (two, ==, "cover-open,media-empty");
  g_assert_cmpint (trouble_first (TROUBLE_BIT (TROUBLE_PAPER) | TROUBLE_BIT (TROUBLE_COVER)), ==, TROUBLE_COVER);
  g_assert_cmpint (trouble_first (0), ==, TROUBLE_COUNT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/trouble/printer-reasons", test_printer_reasons);
  g_test_add_func ("/print/trouble/job-reasons", test_job_reasons);
  g_test_add_func ("/print/trouble/messages", test_messages);
  g_test_add_func ("/print/trouble/keywords", test_keywords);
  g_test_add_func ("/print/trouble/sets", test_sets);
  return g_test_run ();
}
