/* 1,000 times plugged in, read and pulled out, every other time within a code: nothing is
 * lost, nothing is left over. The reader is a process of its own, so that its memory,
 * descriptors and threads can be counted without umockdev's. */
#include "devices/heard.h"
#include "devices/typing.h"
#include "devices/usb_mock.h"

#include <malloc.h>
#include <sys/wait.h>

#define CYCLES 1000
#define WARM 100           /* so many are needed before memory is what it will be */
#define GROWTH_BYTES 65536 /* less than 73 bytes a cycle */

/* The reader's process: says on @out what it hears, one line each, and answers "m" from
 * @in with the bytes of memory in use. */
static int out_fd;

static void say (const char *line)
{
  gsize length = strlen (line);

  g_assert_cmpint (write (out_fd, line, length), ==, (gssize) length);
}

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("code %s\n", text);

  say (line);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("state %s %s\n", reader_state_name (state), detail);

  say (line);
}

static int read_scanners (int in)
{
  ReaderListener listener = { .code = on_code, .state = on_state };
  g_autoptr (GError) error = NULL;
  UsbReaders *readers;
  DeviceMatch matches[3];
  char command;

  device_match_set (&matches[0], "pos", "hid-pos", NULL, NULL);
  device_match_set (&matches[1], "keys", "keyboard", "fr", NULL);
  device_match_set (&matches[2], "line", "serial", NULL, NULL);
  readers = usb_readers_new (matches, 3, &listener, NULL, &error);
  g_assert_no_error (error);
  while (read (in, &command, 1) == 1 && command == 'm') {
    g_autofree char *line = g_strdup_printf ("memory %zu\n", mallinfo2 ().uordblks);
    say (line);
  }
  usb_readers_free (readers);
  return 0;
}

/* The test's side -------------------------------------------------------------------- */

typedef struct {
  pid_t pid;
  int in;
  FILE *out;
} Reader;

/* Reads what the reader says until a line begins with @begin; the line. Free with
 * g_free(). */
static char *hear (Reader *reader, const char *begin)
{
  char line[2048];

  while (fgets (line, sizeof line, reader->out) != NULL)
    if (g_str_has_prefix (line, begin))
      return g_strchomp (g_strdup (line));
  g_error ("the reader ended; waited for “%s”", begin);
}

static void expect (Reader *reader, const char *begin, const char *part)
{
  g_autofree char *line = NULL;

  do {
    g_free (line);
    line = hear (reader, begin);
  } while (strstr (line, part) == NULL);
}

static guint entries (const Reader *reader, const char *folder)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", reader->pid, folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static gsize memory (Reader *reader)
{
  g_autofree char *line = NULL;

  g_assert_cmpint (write (reader->in, "m", 1), ==, 1);
  line = hear (reader, "memory ");
  return g_ascii_strtoull (line + 7, NULL, 10);
}

static void send_code (Mock *mock, ScannerModel model, const char *code)
{
  if (model == HONEYWELL_POS) {
    guint8 report[64];
    scanner_pos_report (report, model, code, strlen (code), !g_str_has_suffix (code, "\r"));
    mock_send (mock, report, sizeof report);
  } else if (model == ZEBRA_SERIAL)
    mock_send (mock, code, strlen (code));
  else {
    g_autoptr (GByteArray) reports = typing_reports (KEYMAP_FR, code);
    for (guint i = 0; i < reports->len; i += 8)
      mock_send (mock, reports->data + i, 8);
  }
}

static void cycle (Reader *reader, UMockdevTestbed *bed, guint number)
{
  static const ScannerModel MODELS[] = { HONEYWELL_POS, ZEBRA_KEYBOARD, ZEBRA_SERIAL };
  ScannerModel model = MODELS[number % G_N_ELEMENTS (MODELS)];
  g_autofree char *code = g_strdup_printf ("AC:%u\r", number),
                  *heard = g_strdup_printf ("code AC:%u", number), *line = NULL;
  gboolean within = number % 2 == 1;
  Mock *mock = mock_plug (bed, model, 2 + number % 100);

  expect (reader, "state ready", "");
  send_code (mock, model, code);
  line = hear (reader, "code ");
  g_assert_cmpstr (line, ==, heard);
  if (within) {
    guint before = mock_read (mock, reaped);
    send_code (mock, model, "AC:HALF");
    mock_wait (mock_read (mock, reaped) > before && mock_read (mock, to_send->length) == 0
               && mock_read (mock, done->length) == 0);
  }
  mock_pull (mock);
  expect (reader, "state unplugged", within ? "within a code" : "");
  mock_free (mock);
}

static Reader start_reader (int *go)
{
  int in[2], out[2], start[2];
  Reader reader;

  g_assert_cmpint (pipe2 (in, O_CLOEXEC) | pipe2 (out, O_CLOEXEC) | pipe2 (start, O_CLOEXEC), ==,
                   0);
  reader.pid = fork ();
  g_assert_cmpint (reader.pid, >=, 0);
  if (reader.pid == 0) {
    char root[512] = "";
    close (in[1]);
    close (out[0]);
    close (start[1]);
    out_fd = out[1];
    g_assert_cmpint (read (start[0], root, sizeof root - 1), >,
                     0); /* where the testbed is, once it is there */
    g_setenv ("UMOCKDEV_DIR", root, TRUE);
    exit (read_scanners (in[0]));
  }
  close (in[0]);
  close (out[1]);
  close (start[0]);
  reader.in = in[1];
  reader.out = fdopen (out[0], "r");
  *go = start[1];
  return reader;
}

static void test_cycles (void)
{
  int go, status;
  Reader reader = start_reader (&go);
  UMockdevTestbed *bed = umockdev_testbed_new ();
  g_autofree char *root = umockdev_testbed_get_root_dir (bed),
                  *nodes = g_build_filename (root, "dev/bus/usb/001", NULL);
  gsize bytes = 0;
  guint descriptors = 0, threads = 0;
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpint (write (go, root, strlen (root)), ==, (gssize) strlen (root));
  expect (&reader, "state unplugged", "");
  for (guint i = 0; i < CYCLES; i++) {
    cycle (&reader, bed, i);
    if (i + 1 != WARM)
      continue;
    bytes = memory (&reader);
    descriptors = entries (&reader, "fd");
    threads = entries (&reader, "task");
  }
  g_test_message ("%.1f ms a cycle; memory in use %zu bytes after %d cycles, %zu after %d; %u "
                  "descriptors, %u threads",
                  (double) (g_get_monotonic_time () - start_us) / 1000 / CYCLES, bytes, WARM,
                  memory (&reader), CYCLES, entries (&reader, "fd"), entries (&reader, "task"));
  g_assert_cmpuint (memory (&reader), <, bytes + GROWTH_BYTES);
  g_assert_cmpuint (entries (&reader, "fd"), ==, descriptors);
  g_assert_cmpuint (entries (&reader, "task"), ==, threads);
  close (reader.in); /* it ends, and with a sanitizer says what it has not freed */
  g_assert_cmpint (waitpid (reader.pid, &status, 0), ==, reader.pid);
  g_assert_cmpint (status, ==, 0);
  fclose (reader.out);
  close (go);
  g_object_unref (bed);
}

int main (int argc, char **argv)
{
  mock_enter (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usb/cycles", test_cycles);
  return g_test_run ();
}
