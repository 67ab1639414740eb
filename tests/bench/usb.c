/* How long from the end of a transfer to the code in the listener's hands: real libusb on
 * mocked scanners (tests/devices/usb_mock.h). Counted from the moment at which the mocked
 * kernel gives the last report of a code back, so that umockdev's own way to libusb is in
 * it, to the listener's call. One line a kind: name, median and p99 in milliseconds.  */
#include "devices/typing.h"
#include "devices/usb_mock.h"
#include "usb/usb.h"

#define CODES 400
#define PAUSE_US 22000 /* no more than CHANNEL_CODES_PER_S */

static const char CODE[]
    = "AC:%69 VD92EK1PSCFHC.NFO5YO8G*H-+3$A0Z/TT:B1NOL%30JRK3V8QPI0*S9+O7AXM/M4$W:1N BJ7L0IU/RH5G9";

typedef struct {
  Mock *mock;
  gint64 reaped_us; /* under the mock's lock */
  guint count;      /* under the mock's lock */
  gboolean ready;   /* under the mock's lock */
  double took_ms[CODES];
} Bench;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  gint64 now_us = g_get_monotonic_time ();
  Bench *bench = data;

  g_assert_cmpstr (text, ==, CODE);
  lock_take (&bench->mock->lock);
  bench->took_ms[bench->count++] = (double) (now_us - bench->reaped_us) / 1000;
  lock_give (&bench->mock->lock);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  Bench *bench = data;

  lock_take (&bench->mock->lock);
  bench->ready = state == READER_READY;
  lock_give (&bench->mock->lock);
}

static void send_code (Mock *mock, ScannerModel model)
{
  g_autofree char *line = g_strconcat (CODE, "\r", NULL);

  if (model == ZEBRA_SERIAL)
    for (gsize at = 0; at < strlen (line); at += 64)
      mock_send (mock, line + at, MIN (64, strlen (line) - at));
  else if (model == HONEYWELL_POS)
    for (gsize at = 0; at < strlen (line); at += 56) {
      guint8 report[64];
      scanner_pos_report (report, model, line + at, MIN (56, strlen (line) - at),
                          at + 56 < strlen (line));
      mock_send (mock, report, sizeof report);
    }
  else {
    g_autoptr (GByteArray) reports = typing_reports (KEYMAP_FR, line);
    for (guint i = 0; i < reports->len; i += 8)
      mock_send (mock, reports->data + i, 8);
  }
}

static int by_size (const void *a, const void *b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static void measure (UMockdevTestbed *bed, ScannerModel model, const char *name)
{
  g_autofree Bench *bench = g_new0 (Bench, 1);
  g_autofree char *id
      = g_strdup_printf ("%04x:%04x", SCANNER[model].vendor, SCANNER[model].product);
  ReaderListener listener = { .code = on_code, .state = on_state, .data = bench };
  g_autoptr (GError) error = NULL;
  UsbReaders *readers;
  DeviceMatch format;

  bench->mock = mock_plug (bed, model, 2);
  bench->mock->sent_us = &bench->reaped_us;
  device_match_set (&format, "bench", id, "fr", NULL);
  readers = usb_readers_new (&format, 1, &listener, NULL, &error);
  g_assert_no_error (error);
#define READ(field)                                                                                \
  ({                                                                                               \
    lock_take (&bench->mock->lock);                                                                \
    guint value = (guint) bench->field;                                                            \
    lock_give (&bench->mock->lock);                                                                \
    value;                                                                                         \
  })
  mock_wait (READ (ready));
  for (guint i = 0; i < CODES; i++) {
    send_code (bench->mock, model);
    mock_wait (READ (count) == i + 1);
    g_usleep (PAUSE_US);
  }
  usb_readers_free (readers);
  qsort (bench->took_ms, CODES, sizeof (double), by_size);
  printf ("%s %.3f %.3f\n", name, bench->took_ms[CODES / 2], bench->took_ms[CODES * 99 / 100]);
  mock_pull (bench->mock);
  mock_free (bench->mock);
}

int main (int argc, char **argv)
{
  UMockdevTestbed *bed;

  mock_enter (argv);
  bed = umockdev_testbed_new ();
  measure (bed, HONEYWELL_POS, "hid-pos");
  measure (bed, DATALOGIC_KEYBOARD, "keyboard");
  measure (bed, ZEBRA_SERIAL, "serial");
  g_object_unref (bed);
  return 0;
}
