/* What a station tells of itself: when it is due, and what of its printers. */
#include "station/state_report.h"

#include "core/installation.h"
#include "core/json.h"
#include "spool/printer_state.h"
#include "unit/access/replica.h"

static void write_printer (Replica *replica, const char *troubles, gint64 heard_ms)
{
  char queue[] = "badges", notes[] = "media-low", job[] = "", rests[] = "";
  g_autofree char *own = g_strdup (troubles);
  const PrinterState printer
      = { queue,    1,     troubles[0] != '\0' ? PRINTER_STATE_TROUBLE : PRINTER_STATE_READY,
          own,      notes, heard_ms,
          heard_ms, job,   rests };
  g_assert_true (journal_begin (replica->journal, NULL));
  g_assert_true (printer_state_write (replica->journal, &printer, NULL));
  g_assert_true (journal_commit (replica->journal, NULL));
}

/* As if a second had gone by. */
static char *due (StateReport *report, Replica *replica)
{
  g_autoptr (GError) error = NULL;
  report->looked_us -= 2 * G_USEC_PER_SEC;
  char *json = state_report_due (report, replica->journal, &error);
  g_assert_no_error (error);
  return json;
}

static void test_due (void)
{
  g_auto (StateReport) report = { 0 };
  Replica replica;
  replica_open (&replica, "est-1");

  g_autofree char *first = due (&report, &replica);
  g_assert_nonnull (first);
  g_autoptr (JsonIn) in = json_in_parse (first, -1, NULL);
  g_assert_cmpstr (json_in_string (json_in_root (in), "version"), ==, installation_version ());
  g_assert_cmpint (json_in_int (json_in_root (in), "clock_ms"), ==,
                   journal_machine_ms (replica.journal));
  state_report_sent (&report);
  g_assert_null (due (&report, &replica));
  report.at_us -= (STATE_REPORT_EVERY_MS + 1) * G_TIME_SPAN_MILLISECOND;
  g_autofree char *again = due (&report, &replica);
  g_assert_nonnull (again);
  replica_close (&replica);
}

static void test_printers (void)
{
  g_auto (StateReport) report = { 0 };
  Replica replica;
  replica_open (&replica, "est-1");
  g_autofree char *none = due (&report, &replica);
  state_report_sent (&report);

  write_printer (&replica, "media-empty", hand_ms);
  g_autofree char *trouble = due (&report, &replica);
  g_assert_nonnull (strstr (trouble, "\"state\":\"trouble\",\"troubles\":\"media-empty\",\"notes\":"
                                     "\"media-low\""));
  state_report_sent (&report);
  g_assert_null (due (&report, &replica));
  hand_ms += PRINTER_STATE_STALE_MS + 1; /* its agent has ended */
  g_autofree char *stale = due (&report, &replica);
  g_assert_nonnull (strstr (stale, "\"state\":\"unknown\",\"troubles\":\"\""));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state_report/due", test_due);
  g_test_add_func ("/state_report/printers", test_printers);
  return g_test_run ();
}
