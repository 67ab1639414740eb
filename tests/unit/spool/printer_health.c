#include "spool/printer_health.h"

#define PAPER PRINTER_REASON_BIT (PRINTER_REASON_PAPER)
#define COVER PRINTER_REASON_BIT (PRINTER_REASON_COVER)

static PrinterStatus warns (TroubleSet warnings)
{
  return (PrinterStatus){ .accepting = TRUE, .warnings = warnings };
}

static void test_steady (void)
{
  PrinterHealth health = { 0 };

  g_assert_true (printer_health_see (&health, 0, 1000));
  g_assert_cmpint (health.well_ms, ==, 1000);
  g_assert_false (printer_health_see (&health, COVER, 2000));
  g_assert_cmpint (health.well_ms, ==, 0);
  g_assert_false (printer_health_see (&health, COVER, 2000 + PRINTER_HEALTH_STEADY_MS - 1));
  g_assert_true (printer_health_see (&health, COVER, 2000 + PRINTER_HEALTH_STEADY_MS));
  /* Another trouble begins anew; the printer has been stuck all the while. */
  g_assert_false (printer_health_see (&health, COVER | PAPER, 3000));
  g_assert_cmpint (health.stuck_ms, ==, 2000);
  /* That it is over is believed at once. */
  g_assert_true (printer_health_see (&health, 0, 3001));
  g_assert_cmpint (health.stuck_ms, ==, 0);
}

static void test_warnings (void)
{
  PrinterHealth health = { 0 };
  PrinterStatus status = warns (PAPER);

  /* While nothing waits it says nothing; nor for a badge that has just been sent. */
  g_assert_cmphex (printer_health_hear (&health, &status, 0), ==, 0);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_WARNING_MS), ==, 0);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_WARNING_MS + 1), ==,
                   PAPER);
  /* An error always does. */
  status.errors = COVER;
  g_assert_cmphex (printer_health_hear (&health, &status, 0), ==, COVER);
}

static void test_known_warnings (void)
{
  PrinterHealth health = { 0 };
  PrinterStatus status = warns (PAPER), none = warns (0);

  /* It came after the badge was sent, and went before that came out: it may well have
   * been the reason. */
  printer_health_begin (&health, 1000);
  printer_health_hear (&health, &none, 0);
  printer_health_send (&health);
  printer_health_hear (&health, &status, 500);
  printer_health_print (&health, 2000);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_WARNING_MS + 1), ==,
                   PAPER);
  /* It was there all the while, and the badge came out. */
  printer_health_begin (&health, 3000);
  printer_health_send (&health);
  printer_health_hear (&health, &status, 500);
  printer_health_print (&health, 4000);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_WARNING_MS + 1), ==, 0);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_KNOWN_WARNING_MS + 1), ==,
                   PAPER);
}

/* How long a badge has waited counts from when it began to wait. */
static void test_stuck (void)
{
  PrinterHealth health = { 0 };

  printer_health_see (&health, COVER, 1000);
  printer_health_begin (&health, 9000);
  g_assert_cmpint (health.stuck_ms, ==, 9000);
  printer_health_print (&health, 9500);
  printer_health_begin (&health, 9600);
  g_assert_cmpint (health.stuck_ms, ==, 0);
}

/* A badge that does not come out with nobody saying why. */
static void test_quiet (void)
{
  static const struct {
    gint64 quiet_s;
    gboolean idle, before;
    PrinterQuiet quiet;
  } ROWS[] = {
    { 0, FALSE, FALSE, PRINTER_QUIET_YET },      { 44, FALSE, FALSE, PRINTER_QUIET_YET },
    { 46, FALSE, FALSE, PRINTER_QUIET_STALLED }, { 19, TRUE, FALSE, PRINTER_QUIET_YET },
    { 21, TRUE, FALSE, PRINTER_QUIET_STALLED },  { 4, FALSE, TRUE, PRINTER_QUIET_YET },
    { 6, FALSE, TRUE, PRINTER_QUIET_STALLED },   { 6, TRUE, TRUE, PRINTER_QUIET_STALLED },
    { 89, FALSE, FALSE, PRINTER_QUIET_STALLED }, { 91, FALSE, FALSE, PRINTER_QUIET_ASK },
    { 91, TRUE, TRUE, PRINTER_QUIET_ASK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (printer_health_quiet (ROWS[i].quiet_s * 1000, ROWS[i].idle, ROWS[i].before),
                     ==, ROWS[i].quiet);
}

/* What is only reported counts where a badge waits for long, and a person can see to
 * it. */
static void test_reports (void)
{
  PrinterHealth health = { 0 };
  PrinterStatus status = { .notes = PAPER | PRINTER_REASON_BIT (PRINTER_REASON_TONER_LOW) };

  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_WARNING_MS + 1), ==, 0);
  g_assert_cmphex (printer_health_hear (&health, &status, PRINTER_HEALTH_KNOWN_WARNING_MS + 1), ==,
                   PAPER);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/outlook/steady", test_steady);
  g_test_add_func ("/station/outlook/warnings", test_warnings);
  g_test_add_func ("/station/outlook/known-warnings", test_known_warnings);
  g_test_add_func ("/station/outlook/stuck", test_stuck);
  g_test_add_func ("/station/outlook/quiet", test_quiet);
  g_test_add_func ("/station/outlook/reports", test_reports);
  return g_test_run ();
}
