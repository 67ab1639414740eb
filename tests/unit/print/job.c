#include "print/job.h"

/* What keeps a printer from printing? */
static void test_reasons (void)
{
  static const struct {
    const char *reason, *plain;
    gboolean surely;
  } ROWS[] = {
    { "media-empty-error", "media-empty", TRUE }, { "media-empty", "media-empty", TRUE }, { "media-empty-warning", "media-empty", FALSE }, { "media-empty-report", NULL, FALSE },
    { "cover-open-error", "cover-open", TRUE }, { "cover-open-warning", "cover-open", FALSE }, { "offline-error", "offline", TRUE }, { "shutdown", "shutdown", TRUE },
    { "media-low-warning", NULL, FALSE }, { "media-low", NULL, FALSE }, { "toner-low-error", NULL, FALSE }, { "marker-waste-almost-full-warning", NULL, FALSE },
    { "hibernate-warning", NULL, FALSE }, { "none", NULL, FALSE }, { "paused", NULL, FALSE }, { "connecting-to-device", NULL, FALSE },
    { "cups-waiting-for-job-completed", NULL, FALSE }, { "com.example.tired-error", NULL, FALSE }, { "-error", NULL, FALSE }, { "", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gboolean surely;
    g_autofree char *plain = printer_reason_that_stops (ROWS[i].reason, &surely);
    g_test_message ("%s", ROWS[i].reason);
    g_assert_cmpstr (plain, ==, ROWS[i].plain);
    if (plain != NULL)
      g_assert_cmpint (surely, ==, ROWS[i].surely);
  }
}

static void test_free (void)
{
  print_job_free (NULL);
  printer_status_free (NULL);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/job/reasons", test_reasons);
  g_test_add_func ("/print/job/free", test_free);
  return g_test_run ();
}
