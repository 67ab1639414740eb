#include "print/device.h"

#include <string.h>

typedef struct {
  const char *uri;
  const char *asked; /* printer-uri of the questions; NULL: cannot be asked */
  const char *resource;
  gboolean waits;
} Row;

static const Row ROWS[] = {
  { "ipp://printer/ipp/print", "ipp://printer:631/ipp/print", "/ipp/print", TRUE },
  { "ipp://printer:8631/ipp/print?waitjob=false&waitprinter=false", "ipp://printer:8631/ipp/print",
    "/ipp/print", FALSE },
  { "ipps://10.0.0.5/ipp/print?waitprinter=false", "ipps://10.0.0.5:631/ipp/print", "/ipp/print",
    TRUE },
  { "ipp://[fd00::5]:631/ipp?waitjob=no", "ipp://[fd00::5]:631/ipp", "/ipp", FALSE },
  { "http://printer:80/ipp?waitjob=true", "ipp://printer:80/ipp", "/ipp", TRUE },
  { "ipp://user:secret@printer/ipp", "ipp://printer:631/ipp", "/ipp", TRUE },
  { "ipp://printer", "ipp://printer:631/", "/", TRUE },
  { "ipp://Badge%20Printer._ipp._tcp.local/?waitjob=off", NULL, NULL, FALSE },
  { "dnssd://Badge._ipps._tcp.local/?uuid=1", NULL, NULL, TRUE },
  { "usb://Evolis/Primacy?serial=1", NULL, NULL, TRUE },
  { "socket://printer:9100", NULL, NULL, TRUE },
  { "file:///dev/null", NULL, NULL, TRUE },
  { "ipp://", NULL, NULL, TRUE },
  { "", NULL, NULL, TRUE },
};

static void test_uri (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (IppServer) device = device_of_uri (ROWS[i].uri);
    g_test_message ("%s", ROWS[i].uri);
    g_assert_cmpstr (device != NULL ? device->uri : NULL, ==, ROWS[i].asked);
    g_assert_cmpstr (device != NULL ? device->resource : NULL, ==, ROWS[i].resource);
    g_assert_cmpint (device_uri_waits (ROWS[i].uri), ==, ROWS[i].waits);
    if (device != NULL)
      g_assert_null (strstr (device->title, "secret"));
  }
}

/* Of jobs under one name, in the order in which the printer got them, which counts? */
static void test_counts (void)
{
  static const struct {
    PrinterJobState states[3];
    guint count;
    guint expected;
  } CASES[] = {
    { { PRINT_JOB_PENDING }, 1, 0 },
    { { PRINT_JOB_COMPLETED, PRINT_JOB_PROCESSING }, 2, 0 },
    { { PRINT_JOB_ABORTED, PRINT_JOB_COMPLETED, PRINT_JOB_CANCELED }, 3, 1 },
    { { PRINT_JOB_ABORTED, PRINT_JOB_PROCESSING }, 2, 1 },
    { { PRINT_JOB_ABORTED, PRINT_JOB_CANCELED }, 2, 1 },
    { { PRINT_JOB_STOPPED, PRINT_JOB_ABORTED }, 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_job_free);
    for (guint j = 0; j < CASES[i].count; j++) {
      PrinterJob *job = g_new0 (PrinterJob, 1);
      job->id = (gint) j + 1;
      job->state = CASES[i].states[j];
      g_ptr_array_add (jobs, job);
    }
    g_assert_true (device_job_that_counts (jobs) == g_ptr_array_index (jobs, CASES[i].expected));
  }
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_assert_null (device_job_that_counts (none));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/device/uri", test_uri);
  g_test_add_func ("/print/device/counts", test_counts);
  return g_test_run ();
}
