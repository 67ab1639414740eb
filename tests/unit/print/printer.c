/* Against a real cupsd and real virtual IPP printers. */
#include "print/printer.h"

#include "patience.h"
#include "unit/print/venue.h"

#include <cups/cups.h>
#include <gio/gio.h>
#include <netinet/tcp.h>
#include <string.h>

#define WIDTH_MM 105
#define HEIGHT_MM 148

/* One page of 105 × 148 mm with a square on it. */
static GBytes *page (void)
{
  static const char BODY[] = "<</Length 26>>stream\n0 0 1 rg 10 10 50 50 re f\n\nendstream";
  const char *objects[]
      = { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 297.638 419.528]/Contents 4 0 R/Resources<<>>>>",
          BODY };
  GString *pdf = g_string_new ("%PDF-1.4\n"), *table = g_string_new ("0000000000 65535 f \n");

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    g_string_append_printf (table, "%010u 00000 n \n", (guint) pdf->len);
    g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
  }
  g_string_append_printf (pdf,
                          "xref\n0 5\n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%u\n%%%%EOF\n",
                          table->str, (guint) pdf->len);
  g_string_free (table, TRUE);
  return g_string_free_to_bytes (pdf);
}

static Printer *opened (const char *queue)
{
  g_autoptr (GError) error = NULL;
  Printer *printer = printer_open (queue, &error);

  g_assert_no_error (error);
  return printer;
}

static gint submitted (Printer *printer, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = page ();
  g_autoptr (PrintFormat) format = printer_format (printer, WIDTH_MM, HEIGHT_MM, &error);
  gint id;

  g_assert_no_error (error);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_PDF);
  g_assert_cmpstr (format->media, ==, "iso_a6_105x148mm");
  id = printer_send (printer, name, format, pdf, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* The job's state, -1 if nobody knows it. */
static int state_of (Printer *printer, const char *name, gint id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterJob) job = printer_find (printer, name, id, &error);

  g_assert_no_error (error);
  if (job != NULL)
    g_assert_cmpstr (job->name, ==, name);
  return job != NULL ? (int) job->state : -1;
}

/* Whether the printer says so, as an error or a warning. */
static gboolean has_trouble (Printer *printer, PrinterReason trouble)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterStatus) status = printer_status (printer, &error);

  g_assert_no_error (error);
  return ((status->errors | status->warnings) & PRINTER_REASON_BIT (trouble)) != 0;
}

static void test_queues (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) queues = printer_queues (&error);
  g_autoptr (Printer) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (queues), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) queues, "badge"));
  none = printer_open ("nowhere", &error);
  g_assert_null (none);
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE);
  g_assert_nonnull (strstr (error->message, "patient"));
}

static void test_printed (gconstpointer data)
{
  const char *queue = data;
  g_autoptr (Printer) printer = opened (queue);
  g_autofree char *name = g_strdup_printf ("accueil-test-%s/1-1", queue);
  guint before = venue_sheets (queue);
  gint id;

  g_assert_cmpint (state_of (printer, name, 0), ==, -1);
  id = submitted (printer, name);
  venue_wait (state_of (printer, name, id) == PRINT_JOB_COMPLETED);
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
  g_assert_cmpint (state_of (printer, name, 0), ==, PRINT_JOB_COMPLETED);
  /* An id that is another's now says nothing of ours, but the printer still does. */
  g_assert_cmpint (state_of (printer, name, id + 1000), ==, PRINT_JOB_COMPLETED);
}

static void test_fault (gconstpointer data)
{
  const char *queue = data;
  g_autoptr (Printer) printer = opened (queue);
  g_autofree char *name = g_strdup_printf ("accueil-test-%s-fault", queue);
  g_autoptr (PrinterJob) job = NULL;
  guint before = venue_sheets (queue);
  gint id;

  venue_set (queue, "fault", "media-empty-error");
  id = submitted (printer, name);
  venue_wait (has_trouble (printer, PRINTER_REASON_PAPER));
  g_assert_cmpint (state_of (printer, name, id), ==, PRINT_JOB_PROCESSING);
  job = printer_find (printer, name, 0, NULL);
  g_assert_true (job->at_printer);
  g_assert_cmpuint (venue_sheets (queue), ==, before);
  venue_set (queue, "fault", NULL);
  venue_wait (state_of (printer, name, id) == PRINT_JOB_COMPLETED);
  venue_wait (!has_trouble (printer, PRINTER_REASON_PAPER));
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
}

static void test_aborted (void)
{
  g_autoptr (Printer) printer = opened ("badge");
  gint id;

  venue_set ("badge", "abort", "");
  id = submitted (printer, "accueil-test-abort");
  venue_wait (state_of (printer, "accueil-test-abort", id) == PRINT_JOB_ABORTED);
  venue_set ("badge", "abort", NULL);
}

static void test_canceled (void)
{
  g_autoptr (Printer) printer = opened ("patient");
  g_autoptr (GError) error = NULL;
  gint id;

  venue_set ("patient", "fault", "cover-open-error");
  id = submitted (printer, "accueil-test-cancel");
  venue_wait (state_of (printer, "accueil-test-cancel", id) == PRINT_JOB_PROCESSING);
  g_assert_true (printer_cancel (printer, id, &error));
  g_assert_no_error (error);
  venue_set ("patient", "fault", NULL);
  venue_wait (state_of (printer, "accueil-test-cancel", id) >= PRINT_JOB_CANCELED);
  g_assert_false (printer_cancel (printer, 99999, &error));
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_JOB);
}

static void test_rejected (void)
{
  g_autoptr (Printer) printer = opened ("badge");
  g_autoptr (PrintFormat) format = NULL;
  g_autoptr (GBytes) pdf = page ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterStatus) status = NULL;

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsreject", "badge", NULL }), ==, 0);
  status = printer_status (printer, &error);
  g_assert_no_error (error);
  g_assert_false (status->accepting);
  format = printer_format (printer, WIDTH_MM, HEIGHT_MM, &error);
  g_assert_no_error (error);
  g_assert_true ((status->errors & PRINTER_REASON_BIT (PRINTER_REASON_REJECTING)) != 0);
  g_assert_cmpint (printer_send (printer, "accueil-test-reject", format, pdf, 1, &error), ==, 0);
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_REJECTED);
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsaccept", "badge", NULL }), ==, 0);
}

static void test_paused (void)
{
  g_autoptr (Printer) printer = opened ("badge");
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterStatus) status = NULL;
  gint id;

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsdisable", "badge", NULL }), ==, 0);
  status = printer_status (printer, &error);
  g_assert_true (status->stopped && status->accepting);
  id = submitted (printer, "accueil-test-paused");
  g_assert_cmpint (state_of (printer, "accueil-test-paused", id), ==, PRINT_JOB_PENDING);
  g_assert_true (printer_resume (printer, &error));
  g_assert_no_error (error);
  venue_wait (state_of (printer, "accueil-test-paused", id) == PRINT_JOB_COMPLETED);
}

/* Once its end is a fact, CUPS knows it no more; but the printer does. */
static void test_forgotten (void)
{
  g_autoptr (Printer) printer = opened ("badge");
  g_autoptr (GError) error = NULL;
  gint id = submitted (printer, "accueil-test-forgotten");
  g_autoptr (PrinterJob) job = NULL;

  venue_wait (state_of (printer, "accueil-test-forgotten", id) == PRINT_JOB_COMPLETED);
  g_assert_true (printer_forget (printer, id, &error));
  g_assert_no_error (error);
  g_assert_true (printer_forget (printer, id, &error));
  job = printer_find (printer, "accueil-test-forgotten", id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job->id, ==, 0);
  g_assert_true (job->at_printer && job->state == PRINT_JOB_COMPLETED);
}

static void test_traits (void)
{
  g_autoptr (Printer) printer = opened ("badge");
  g_autoptr (GError) error = NULL;
  const Capabilities *traits = printer_traits (printer, &error);
  g_autoptr (PrintFormat) none = NULL;

  g_assert_no_error (error);
  g_assert_true (traits->colour && !traits->raw && !traits->two_sided
                 && printer_can_be_asked (printer));
  g_assert_cmpuint (traits->dpi, ==, 300);
  none = printer_format (printer, 1000, 1000, &error);
  g_assert_null (none);
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA);
}

static void test_blind (void)
{
  g_autoptr (Printer) printer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (
      venue_run ((const char *const[]){ "lpadmin", "-p", "blind", "-E", "-v",
                                        "ipp://Badge._ipp._tcp.local/?waitjob=false", NULL }),
      ==, 0);
  printer = printer_open ("blind", &error);
  g_assert_null (printer);
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_BLIND);
  g_assert_cmpint (venue_run ((const char *const[]){ "lpadmin", "-x", "blind", NULL }), ==, 0);
}

/* Servers that are not CUPS ---------------------------------------------------------- */

typedef enum { SAYS_NOTHING, SAYS_WITHOUT_END, SAYS_BIT_BY_BIT, SAYS_HALF, SAYS_NO_IPP } Manner;

typedef struct {
  GSocketListener *listener;
  GCancellable *end;
  Manner manner;
} BadServer;

#define HEAD                                                                                       \
  "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nTransfer-Encoding: chunked\r\n\r\n"
/* An answer with one queue, "lone". */
static const char ANSWER[] = "\2\0\0\0\0\0\0\1\1\x47\0\x12"
                             "attributes-charset"
                             "\0\5"
                             "utf-8"
                             "\x48\0\x1b"
                             "attributes-natural-language"
                             "\0\2"
                             "en"
                             "\4\x42\0\x0c"
                             "printer-name"
                             "\0\4"
                             "lone"
                             "\3";

static gboolean say (GOutputStream *out, const char *text, gsize length)
{
  return g_output_stream_write_all (out, text, length, NULL, NULL, NULL)
         && g_output_stream_flush (out, NULL, NULL);
}

static void answer_badly (GOutputStream *out, Manner manner)
{
  static const char MORE[] = "14\r\n\x21\0\x0bprinterjobs\0\4\0\0\0\1\r\n";
  gsize length = sizeof ANSWER - 1;

  say (out, HEAD, sizeof HEAD - 1);
  if (manner == SAYS_NO_IPP)
    say (out, "8\r\n<html>\r\n\r\n0\r\n\r\n", 18);
  if (manner == SAYS_WITHOUT_END) {
    say (out, "9\r\n\2\0\0\0\0\0\0\1\4\r\n", 14);
    while (say (out, MORE, sizeof MORE - 1))
      ;
  }
  if (manner == SAYS_BIT_BY_BIT || manner == SAYS_HALF) {
    for (gsize i = 0; i < (manner == SAYS_HALF ? length / 2 : length); i++) {
      char chunk[] = { '1', '\r', '\n', ANSWER[i], '\r', '\n' };
      say (out, chunk, sizeof chunk);
    }
    say (out, "0\r\n\r\n", 5);
  }
}

/* Reads a request to its end, as a decent server does. FALSE if it has none. */
static gboolean take_request (GIOStream *connection, GCancellable *end)
{
  GInputStream *in = g_io_stream_get_input_stream (connection);
  g_autoptr (GString) request = g_string_new (NULL);
  const char *head_end = NULL, *length;
  char buffer[4096];

  for (gssize got; (got = g_input_stream_read (in, buffer, sizeof buffer, end, NULL)) > 0;) {
    gboolean first = head_end == NULL;
    g_string_append_len (request, buffer, got);
    head_end = strstr (request->str, "\r\n\r\n");
    if (first && head_end != NULL)
      say (g_io_stream_get_output_stream (connection), "HTTP/1.1 100 Continue\r\n\r\n", 25);
    length = head_end != NULL ? strcasestr (request->str, "Content-Length: ") : NULL;
    if (length != NULL
        && request->len >= (gsize) (head_end + 4 - request->str)
                               + (gsize) g_ascii_strtoull (length + 16, NULL, 10))
      return TRUE;
  }
  return FALSE;
}

static gpointer serve_badly (gpointer data)
{
  BadServer *server = data;
  g_autoptr (GSocketConnection) connection = NULL;

  while ((connection = g_socket_listener_accept (server->listener, NULL, server->end, NULL))
         != NULL) {
    GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
    char buffer[4096];
    g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                         NULL);
    if (server->manner != SAYS_NOTHING && take_request (G_IO_STREAM (connection), server->end))
      answer_badly (g_io_stream_get_output_stream (G_IO_STREAM (connection)), server->manner);
    while (g_input_stream_read (in, buffer, sizeof buffer, server->end, NULL) > 0)
      ;
    g_clear_object (&connection);
  }
  return NULL;
}

static void test_bad_server (gconstpointer data)
{
  BadServer server
      = { g_socket_listener_new (), g_cancellable_new (), (Manner) GPOINTER_TO_INT (data) };
  guint16 port = g_socket_listener_add_any_inet_port (server.listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port),
                  *usual = g_strdup_printf ("%s:%d", cupsServer (), ippPort ());
  g_auto (GStrv) queues = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("server", serve_badly, &server);
  gint64 start = g_get_monotonic_time ();

  cupsSetServer (address);
  queues = printer_queues (&error);
  cupsSetServer (usual);
  if (server.manner == SAYS_BIT_BY_BIT) {
    g_assert_no_error (error);
    g_assert_cmpstr (queues[0], ==, "lone");
    g_assert_null (queues[1]);
  } else {
    g_assert_null (queues);
    g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_SERVER);
  }
  g_assert_cmpint (patience_since_us (start), <, 3 * PRINTER_TIMEOUT_MS * 1000);
  g_cancellable_cancel (server.end);
  g_thread_join (thread);
  g_object_unref (server.end);
  g_object_unref (server.listener);
}

static void test_absent (void)
{
  g_autofree char *usual = g_strdup_printf ("%s:%d", cupsServer (), ippPort ());
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) queues = NULL;

  cupsSetServer ("127.0.0.1:1");
  queues = printer_queues (&error);
  cupsSetServer (usual);
  g_assert_null (queues);
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_SERVER);
  g_assert_nonnull (strstr (error->message, "127.0.0.1:1"));
}

int main (int argc, char **argv)
{
  int status = 0;

  if (!venue_enter (&status))
    return status;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/printer/queues", test_queues);
  g_test_add_data_func ("/print/printer/printed", "badge", test_printed);
  g_test_add_data_func ("/print/printer/printed-waiting", "patient", test_printed);
  g_test_add_data_func ("/print/printer/fault", "badge", test_fault);
  g_test_add_data_func ("/print/printer/fault-waiting", "patient", test_fault);
  g_test_add_func ("/print/printer/aborted", test_aborted);
  g_test_add_func ("/print/printer/canceled", test_canceled);
  g_test_add_func ("/print/printer/rejected", test_rejected);
  g_test_add_func ("/print/printer/paused", test_paused);
  g_test_add_func ("/print/printer/forgotten", test_forgotten);
  g_test_add_func ("/print/printer/traits", test_traits);
  g_test_add_func ("/print/printer/blind", test_blind);
  g_test_add_data_func ("/print/printer/says-nothing", GINT_TO_POINTER (SAYS_NOTHING),
                        test_bad_server);
  g_test_add_data_func ("/print/printer/says-without-end", GINT_TO_POINTER (SAYS_WITHOUT_END),
                        test_bad_server);
  g_test_add_data_func ("/print/printer/says-bit-by-bit", GINT_TO_POINTER (SAYS_BIT_BY_BIT),
                        test_bad_server);
  g_test_add_data_func ("/print/printer/says-half", GINT_TO_POINTER (SAYS_HALF), test_bad_server);
  g_test_add_data_func ("/print/printer/says-no-ipp", GINT_TO_POINTER (SAYS_NO_IPP),
                        test_bad_server);
  g_test_add_func ("/print/printer/absent", test_absent);
  return g_test_run ();
}
