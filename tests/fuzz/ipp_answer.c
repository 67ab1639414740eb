/* Any bytes as the answer of a printer or of CUPS: every question comes to an end,
 * with an answer that can be used or with an error. The first byte says whether the
 * rest is the whole of HTTP or only the IPP in it. */
#include "print/ipp.h"
#include "print/query_capabilities.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define QUESTION_MAX 8192
#define PATIENCE_MS 300

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The printer: a thread that answers every connection with the same bytes. */
static struct {
  GSocketListener *listener;
  char *path;
  GMutex lock;
  GBytes *answer;
} printer;

/* Up to the end of the question: the IPP attributes' end tag. */
static void read_question (GInputStream *in)
{
  char question[QUESTION_MAX];
  gsize length = 0;
  gssize got;
  do {
    got = g_input_stream_read (in, question + length, sizeof question - length, NULL, NULL);
    length += got > 0 ? (gsize) got : 0;
  } while (got > 0 && length < sizeof question && question[length - 1] != IPP_TAG_END
           && g_strstr_len (question, (gssize) length, "GET ") != question);
}

static gpointer answer_all (gpointer data)
{
  for (;;) {
    g_autoptr (GSocketConnection) connection
        = g_socket_listener_accept (printer.listener, NULL, NULL, NULL);
    if (connection == NULL)
      return NULL;
    read_question (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    g_mutex_lock (&printer.lock);
    g_autoptr (GBytes) answer = g_bytes_ref (printer.answer);
    g_mutex_unlock (&printer.lock);
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                               g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL,
                               NULL, NULL);
  }
}

static void start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-fuzz-XXXXXX", NULL);
  printer.path = g_build_filename (folder, "printer", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (printer.path);
  g_autoptr (GError) error = NULL;
  printer.listener = g_socket_listener_new ();
  g_socket_listener_add_address (printer.listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_thread_unref (g_thread_new ("printer", answer_all, NULL));
}

static void set_answer (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  if (size > 0 && data[0] % 2 == 0) {
    g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
                                             "Content-Length: %zu\r\n\r\n",
                                             size - 1);
    g_byte_array_append (answer, (const guint8 *) head, (guint) strlen (head));
  }
  if (size > 1)
    g_byte_array_append (answer, data + 1, (guint) size - 1);
  g_mutex_lock (&printer.lock);
  g_clear_pointer (&printer.answer, g_bytes_unref);
  printer.answer = g_byte_array_free_to_bytes (g_steal_pointer (&answer));
  g_mutex_unlock (&printer.lock);
}

static void ask_status (const IppServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterStatus) status = ipp_status (server, &error);
  g_assert_true ((status == NULL) == (error != NULL));
  if (status != NULL)
    g_assert_nonnull (status->reasons);
}

static void ask_jobs (const IppServer *server)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) printer_job_free);
  g_autoptr (GError) error = NULL;
  gboolean good = ipp_jobs_named (server, "completed", "badge", jobs, &error);
  g_assert_true (good == (error == NULL));
  for (guint i = 0; i < jobs->len; i++) {
    const PrinterJob *job = g_ptr_array_index (jobs, i);
    g_assert_cmpint (job->id, >, 0);
    g_assert_cmpstr (job->name, ==, "badge");
    g_assert_nonnull (job->reasons);
  }
}

static void ask_capabilities (const IppServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Capabilities) traits = NULL;
  g_autoptr (Driver) driver = NULL;
  gboolean good = query_capabilities (server, server, &traits, &driver, &error);
  g_assert_true (good == (error == NULL));
  for (guint i = 0; good && i < traits->media->len; i++) {
    const Medium *medium = &g_array_index (traits->media, Medium, i);
    g_assert_cmpfloat (medium->width_mm, >, 0);
    g_assert_cmpfloat (medium->height_mm, >, 0);
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (printer.listener == NULL)
    start ();
  set_answer (data, size);
  IppServer server = { .host = printer.path,
                       .port = 631,
                       .encryption = HTTP_ENCRYPTION_IF_REQUESTED,
                       .uri = (char *) (guintptr) "ipp://localhost/printers/badge",
                       .resource = (char *) (guintptr) "/printers/badge",
                       .title = (char *) (guintptr) "the printer",
                       .connect_ms = PATIENCE_MS,
                       .answer_ms = PATIENCE_MS,
                       .absent = PRINTER_ERROR_DEVICE };
  ask_status (&server);
  ask_jobs (&server);
  ask_capabilities (&server);
  return 0;
}
