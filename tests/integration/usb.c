/* USB readers through the real libusb on mocked devices (tests/devices/usb_mock.h): every
 * family attached, read, pulled out within a code and plugged in again; who is taken and
 * who is not; devices that refuse, lie or go mad. */
#include "devices/heard.h"
#include "devices/typing.h"
#include "devices/usb_mock.h"
#include "patience.h"

#include <sys/fsuid.h>

static UMockdevTestbed *bed;

/* One reader that matches for @device. */
static UsbReaders *readers_for (Heard *heard, const char *device, const char *layout)
{
  g_autoptr (GError) error = NULL;
  ReaderListener listener = heard_listener (heard);
  UsbTap tap = { .raw = heard_on_raw, .data = heard };
  UsbReaders *readers;
  DeviceMatch match;

  device_match_set (&match, "desk", device, layout, &error);
  g_assert_no_error (error);
  readers = usb_readers_new (&match, 1, &listener, &tap, &error);
  g_assert_no_error (error);
  return readers;
}

static void send_typed (Mock *mock, KeysLayout keys, const char *text)
{
  g_autoptr (GByteArray) reports = typing_reports (keys, text);

  for (guint i = 0; i < reports->len; i += 8)
    mock_send (mock, reports->data + i, 8);
}

static void send_pos (Mock *mock, ScannerModel model, const char *text)
{
  gsize length = strlen (text);

  for (gsize at = 0; at < length; at += 56) {
    guint8 report[64];
    scanner_pos_report (report, model, text + at, MIN (56, length - at), at + 56 < length);
    mock_send (mock, report, sizeof report);
  }
}

/* The model's own way of sending a code. */
static void scan (Mock *mock, ScannerModel model, KeysLayout keys, const char *code)
{
  g_autofree char *line = g_strconcat (code, "\r", NULL);

  if (model == TERA_KEYBOARD)
    for (const char *c = line; *c != '\0'; c++) {
      guint8 down[4] = { 3 }, up[4] = { 3 };
      g_assert_true (typing_key (keys, (gunichar) *c, &down[3], &down[1]));
      mock_send (mock, down, sizeof down);
      mock_send (mock, up, sizeof up);
    }
  else if (SCANNER[model].interfaces[0].class_ == 2)
    mock_send (mock, line, strlen (line));
  else if (SCANNER[model].interfaces[0].protocol == 0)
    send_pos (mock, model, code);
  else
    send_typed (mock, keys, line);
}

static const char CODE[] = "AC:%69 VD92EK1PSCFHC.NFO5YO8G*H-+3$A0Z/TT:B1NOL%30JRK3V8QPI0*S9+O7";

static void test_families (void)
{
  static const struct {
    ScannerModel model;
    const char *device, *layout;
    KeysLayout keys;
  } ROWS[] = {
    { HONEYWELL_POS, "", "us", KEYMAP_US },
    { ZEBRA_POS, "hid-pos", "us", KEYMAP_US },
    { NEWLAND_POS, "1eab:0d10", "us", KEYMAP_US },
    { ZEBRA_KEYBOARD, "05e0:1200", "us", KEYMAP_US },
    { DATALOGIC_KEYBOARD, "keyboard", "fr", KEYMAP_FR },
    { TERA_KEYBOARD, "keyboard", "de", KEYMAP_DE },
    { NETUM_KEYBOARD, "0218:0210", "us", KEYMAP_US },
    { VENDOR_KEYBOARD, "1111:1111", "us", KEYMAP_US }, /* by the boot protocol */
    { ZEBRA_SERIAL, "serial", "us", KEYMAP_US },
    { NEWLAND_SERIAL, "", "us", KEYMAP_US },
    { DATALOGIC_SERIAL, "05f9:4204", "us", KEYMAP_US },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Heard) heard = heard_new ();
    Mock *mock = mock_plug (bed, ROWS[i].model, 2);
    UsbReaders *readers = readers_for (heard, ROWS[i].device, ROWS[i].layout);
    g_autofree char *want = g_strdup_printf ("desk:%s|desk:AC:2|", CODE), *got = NULL;
    mock_wait (heard_is (heard, "desk", "ready", ""));
    scan (mock, ROWS[i].model, ROWS[i].keys, CODE);
    scan (mock, ROWS[i].model, ROWS[i].keys, "AC:2");
    mock_wait (heard_count (heard) == 2);
    got = heard_codes (heard);
    g_assert_cmpstr (got, ==, want);
    g_assert_cmpuint (heard->keys + heard->bytes, >, 0);
    usb_readers_free (readers);
    /* Given back: as many interfaces as were taken, and their kernel drivers attached
     * again. */
    g_assert_cmpuint (mock_read (mock, claims), >, 0);
    g_assert_cmpuint (mock_read (mock, releases), ==, mock_read (mock, claims));
    g_assert_cmpuint (mock_read (mock, attached), ==, mock_read (mock, claims));
    mock_pull (mock);
    mock_free (mock);
  }
}

/* Set up as HID 1.11 and PSTN 1.2 ask for. */
static void test_set_up (void)
{
  static const struct {
    ScannerModel model;
    guint32 seen;
  } ROWS[] = { { ZEBRA_KEYBOARD, 1u << 0x0A | 1u << 0x09 },
               { VENDOR_KEYBOARD, 1u << 0x0A | 1u << 0x0B }, /* SET_PROTOCOL */
               { HONEYWELL_POS, 1u << 0x0A },
               { ZEBRA_SERIAL, 1u << (0x20 & 31) | 1u << (0x22 & 31) } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Heard) heard = heard_new ();
    g_autofree char *id = g_strdup_printf ("%04x:%04x", SCANNER[ROWS[i].model].vendor,
                                           SCANNER[ROWS[i].model].product);
    Mock *mock = mock_plug (bed, ROWS[i].model, 2);
    UsbReaders *readers = readers_for (heard, id, "us");
    mock_wait (heard_is (heard, "desk", "ready", ""));
    g_assert_cmphex (mock_read (mock, requests_seen), ==, ROWS[i].seen);
    usb_readers_free (readers);
    mock_pull (mock);
    mock_free (mock);
  }
}

/* Keyboard, HID POS and a service interface in one device: all that scans is claimed and
 * read, the rest left alone. */
static void test_composite (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, HONEYWELL_BOTH, 2);
  UsbReaders *readers = readers_for (heard, "0c2e:0b81", "us");
  g_autoptr (GByteArray) reports = typing_reports (KEYMAP_US, "AC:TYPED\r");
  g_autofree char *codes = NULL;
  guint8 report[64];

  mock_wait (heard_is (heard, "desk", "ready", "Honeywell Voyager 1400g (0c2e:0b81)"));
  g_assert_cmpuint (mock_read (mock, claims), ==, 2);
  for (guint i = 0; i < reports->len; i += 8)
    mock_send_on (mock, 0x84, reports->data + i, 8);
  mock_wait (heard_count (heard) == 1);
  scanner_pos_report (report, HONEYWELL_POS, "AC:POS", 6, FALSE);
  mock_send_on (mock, 0x82, report, sizeof report);
  mock_wait (heard_count (heard) == 2);
  codes = heard_codes (heard);
  g_assert_cmpstr (codes, ==, "desk:AC:TYPED|desk:AC:POS|");
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

static void test_unplugged_within_code (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, ZEBRA_KEYBOARD, 2);
  UsbReaders *readers = readers_for (heard, "05e0:1200", "us");
  gint64 plugged_us;

  mock_wait (heard_is (heard, "desk", "ready", ""));
  send_typed (mock, KEYMAP_US, "AC:HALF");
  mock_wait (mock_read (mock, reaped) >= 14);
  mock_pull (mock);
  mock_wait (heard_is (heard, "desk", "unplugged", "within a code"));
  mock_free (mock);
  g_assert_cmpuint (heard_count (heard), ==, 0);

  plugged_us = g_get_monotonic_time ();
  mock = mock_plug (bed, ZEBRA_KEYBOARD, 3); /* the kernel gives it a new number */
  mock_wait (heard_is (heard, "desk", "ready", ""));
  send_typed (mock, KEYMAP_US, "AC:WHOLE\r");
  mock_wait (heard_count (heard) == 1);
  g_test_message ("usable %.0f ms after it was plugged in",
                  (double) (g_get_monotonic_time () - plugged_us) / 1000);
  g_assert_cmpint (patience_since_us (plugged_us), <, G_USEC_PER_SEC);
  g_autofree char *codes = heard_codes (heard);
  g_assert_cmpstr (codes, ==, "desk:AC:WHOLE|");
  g_assert_true (heard_is (heard, "desk", "ready", "Symbol Bar Code Scanner (05e0:1200)"));
  g_assert_false (heard_is (heard, "desk", "ready", "within a code"));
  mock_pull (mock);
  mock_wait (heard_is (heard, "desk", "unplugged", ""));
  usb_readers_free (readers);
  mock_free (mock);
}

/* The plug is half out: transfers break while the device is still there. It is taken
 * again, and nothing is said. */
static void test_broken_transfers (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, HONEYWELL_POS, 2);
  UsbReaders *readers = readers_for (heard, "hid-pos", "us");

  mock_wait (heard_is (heard, "desk", "ready", ""));
  lock_take (&mock->lock);
  mock->status = -EPROTO;
  mock_pump (mock);
  mock->status = 0;
  lock_give (&mock->lock);
  mock_wait (mock_read (mock, claims) == 2);
  send_pos (mock, HONEYWELL_POS, "AC:1");
  mock_wait (heard_count (heard) == 1);
  g_assert_true (heard_is (heard, "desk", "ready", ""));
  /* Again and again: then it is said. */
  lock_take (&mock->lock);
  mock->status = -EPROTO;
  mock_pump (mock);
  lock_give (&mock->lock);
  mock_wait (heard_is (heard, "desk", "failed", "breaks off"));
  lock_take (&mock->lock);
  mock->status = 0;
  lock_give (&mock->lock);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

/* A guess never takes the only keyboard; another one frees the scanner; nobody's keyboard
 * is touched. */
static void test_only_keyboard (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *scanner = mock_plug (bed, ZEBRA_KEYBOARD, 2), *keyboard;
  UsbReaders *readers = readers_for (heard, "", "us");

  mock_wait (heard_is (heard, "desk", "unplugged", "device=05e0:1200"));
  g_assert_cmpuint (mock_read (scanner, claims), ==, 0);
  keyboard = mock_plug (bed, PERSONS_KEYBOARD, 3);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  send_typed (scanner, KEYMAP_US, "AC:1\r");
  mock_wait (heard_count (heard) == 1);
  g_assert_cmpuint (mock_read (keyboard, claims), ==, 0);
  g_assert_cmpuint (mock_read (keyboard, requests), ==, 0);
  usb_readers_free (readers);
  mock_pull (scanner);
  mock_pull (keyboard);
  mock_free (scanner);
  mock_free (keyboard);
}

/* The same with a keyboard that is built in, as the input layer tells. */
static void test_built_in_keyboard (void)
{
  static const char KEYBOARD[] = "P: /devices/platform/i8042/serio0/input/input3\nE: "
                                 "SUBSYSTEM=input\nA: capabilities/key=402000000 3803078f800d001 "
                                 "feffffdfffefffff fffffffffffffffe\nA: id/bustype=0011\n\n";
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (GError) error = NULL;
  Mock *scanner;
  UsbReaders *readers;

  umockdev_testbed_add_from_string (bed, KEYBOARD, &error);
  g_assert_no_error (error);
  scanner = mock_plug (bed, ZEBRA_KEYBOARD, 2);
  readers = readers_for (heard, "", "us");
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (scanner);
  mock_free (scanner);
  umockdev_testbed_remove_device (bed, "/sys/devices/platform/i8042/serio0/input/input3");
}

/* Two readers: each gets its own device, whatever was plugged in first; two of one kind
 * are read by one reader. */
static void test_two_readers (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (GError) error = NULL;
  ReaderListener listener = heard_listener (heard);
  Mock *mocks[3];
  DeviceMatch matches[2];
  UsbReaders *readers;

  device_match_set (&matches[0], "any", "", NULL, NULL);
  device_match_set (&matches[1], "door", "1eab:0d10", NULL, NULL);
  mocks[0] = mock_plug (bed, NEWLAND_POS, 2);
  mocks[1] = mock_plug (bed, HONEYWELL_POS, 3);
  readers = usb_readers_new (matches, 2, &listener, NULL, &error);
  g_assert_no_error (error);
  mock_wait (heard_is (heard, "any", "ready", "1602g")
             && heard_is (heard, "door", "ready", "NLS-FM420"));
  mocks[2] = mock_plug (bed, ZEBRA_POS, 4);
  mock_wait (heard_is (heard, "any", "ready", "DS2208"));
  send_pos (mocks[0], NEWLAND_POS, "AC:1");
  mock_wait (heard_count (heard) == 1);
  send_pos (mocks[1], HONEYWELL_POS, "AC:2");
  mock_wait (heard_count (heard) == 2);
  send_pos (mocks[2], ZEBRA_POS, "AC:3");
  mock_wait (heard_count (heard) == 3);
  g_autofree char *codes = heard_codes (heard);
  g_assert_cmpstr (codes, ==, "door:AC:1|any:AC:2|any:AC:3|");
  mock_pull (mocks[1]);
  mock_wait (!heard_is (heard, "any", "ready", "1602g"));
  g_assert_true (heard_is (heard, "any", "ready", "DS2208"));
  usb_readers_free (readers);
  for (guint i = 0; i < 3; i++) {
    if (i != 1)
      mock_pull (mocks[i]);
    mock_free (mocks[i]);
  }
}

static void test_busy (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, HONEYWELL_POS, 2);
  UsbReaders *readers;

  mock->busy = TRUE;
  readers = readers_for (heard, "hid-pos", "us");
  mock_wait (heard_is (heard, "desk", "denied", "another program holds Honeywell 1602g"));
  lock_take (&mock->lock);
  mock->busy = FALSE;
  lock_give (&mock->lock);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

/* Without the udev rule: named, with the remedy; taken by itself once it may be opened.
 * Root may open everything, so the reader's threads (which inherit it) use files as
 * nobody. */
static void test_denied (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autofree char *root = umockdev_testbed_get_root_dir (bed), *node = NULL, *ioctls = NULL;
  Mock *mock = mock_plug (bed, HONEYWELL_POS, 2);
  UsbReaders *readers;
  uid_t before = (uid_t) setfsuid ((uid_t) -1);

  node = g_build_filename (root, mock->node, NULL);
  ioctls = g_build_filename (root, "ioctl", mock->node,
                             NULL); /* umockdev's own, not a part of what is tested */
  g_assert_cmpint (chmod (root, 0777), ==, 0);
  g_assert_cmpint (chmod (node, 0), ==, 0);
  g_assert_cmpint (chmod (ioctls, 0777), ==, 0);
  if (before == 0)
    setfsuid (65534);
  readers = readers_for (heard, "hid-pos", "us");
  setfsuid (before);
  mock_wait (heard_is (heard, "desk", "denied", "60-accueil-scanners.rules"));
  g_assert_cmpint (chmod (node, 0666), ==, 0);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (mock);
  mock->forgotten = G_MAXUINT;
  mock_free (mock);
}

/* It does not give its report descriptor: a keyboard is read by the boot protocol,
 * anything else fails and says so. */
static void test_stubborn (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, ZEBRA_KEYBOARD, 2);
  UsbReaders *readers;

  mock->stubborn = TRUE;
  readers = readers_for (heard, "05e0:1200", "us");
  mock_wait (heard_is (heard, "desk", "ready", ""));
  g_assert_cmpuint (mock_read (mock, requests_seen) & 1u << 0x0B, !=, 0); /* SET_PROTOCOL */
  send_typed (mock, KEYMAP_US, "AC:1\r");
  mock_wait (heard_count (heard) == 1);
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);

  mock = mock_plug (bed, HONEYWELL_POS, 3);
  mock->stubborn = TRUE;
  readers = readers_for (heard, "hid-pos", "us");
  mock_wait (heard_is (heard, "desk", "failed", "report descriptor"));
  lock_take (&mock->lock);
  mock->stubborn = FALSE;
  lock_give (&mock->lock);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

/* It answers nothing at all: said, tried again, and let go within a moment when the
 * program ends, whatever it was being asked. */
static void test_mute (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *pos = mock_plug (bed, HONEYWELL_POS, 2), *keyboard;
  UsbReaders *readers;
  gint64 begun_us;

  pos->mute = TRUE;
  readers = readers_for (heard, "hid-pos", "us");
  mock_wait (heard_is (heard, "desk", "failed",
                       "asking for its report descriptor: Operation timed out: unplug it"));
  lock_take (&pos->lock);
  pos->mute = FALSE;
  lock_give (&pos->lock);
  mock_wait (heard_is (heard, "desk", "ready", ""));
  usb_readers_free (readers);
  mock_pull (pos);
  mock_free (pos);

  keyboard = mock_plug (bed, ZEBRA_KEYBOARD, 3); /* is asked three times, half a second each */
  keyboard->mute = TRUE;
  readers = readers_for (heard, "05e0:1200", "us");
  mock_wait (mock_read (keyboard, waiting->length) == 1);
  begun_us = g_get_monotonic_time ();
  usb_readers_free (readers);
  g_assert_cmpint (patience_since_us (begun_us), <, G_USEC_PER_SEC);
  g_assert_cmpuint (mock_read (keyboard, waiting->length), ==, 0);
  g_assert_cmpuint (mock_read (keyboard, claims), ==, mock_read (keyboard, releases));
  mock_pull (keyboard);
  mock_free (keyboard);
}

/* Its descriptor is cut off, or of another kind than the kernel was told. */
static void test_lying_descriptor (void)
{
  static const ScannerBytes CUT = SCANNER_BYTES (0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x26),
                            MOUSE = SCANNER_MOUSE;
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, HONEYWELL_POS, 2);
  UsbReaders *readers;

  mock->descriptor = &CUT;
  readers = readers_for (heard, "hid-pos", "us");
  mock_wait (heard_is (heard, "desk", "failed", "ends within an item"));
  lock_take (&mock->lock);
  mock->descriptor = &MOUSE;
  lock_give (&mock->lock);
  mock_wait (heard_is (heard, "desk", "failed", "nothing that could be read"));
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

/* Reports that are longer than the descriptor says, codes without end, 10,000 codes as
 * fast as they can be sent (100,000: unit/usb/channel.c): bounded, said, and over with
 * the next good code. */
static void test_bad_input (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, HONEYWELL_POS, 2);
  UsbReaders *readers = readers_for (heard, "hid-pos", "us");
  g_autofree char *endless = g_strnfill (10000, 'x');
  g_autofree guint8 *big = g_malloc0 (4096);

  mock_wait (heard_is (heard, "desk", "ready", ""));
  mock_send (mock, big, 4096);
  mock_wait (heard_is (heard, "desk", "ready", "not as its own descriptor says"));
  send_pos (mock, HONEYWELL_POS, endless);
  mock_wait (heard_is (heard, "desk", "ready", "longer than 1,024 bytes"));
  send_pos (mock, HONEYWELL_POS, "A\033[2JC");
  mock_wait (heard_is (heard, "desk", "ready", "control characters"));
  g_assert_cmpuint (heard_count (heard), ==, 1);
  for (guint i = 0; i < 10000; i++)
    send_pos (mock, HONEYWELL_POS, "AC:FLOOD");
  mock_wait (heard_is (heard, "desk", "ready", "than any hand can show"));
  mock_wait (mock_read (mock, to_send->length) == 0 && mock_read (mock, done->length) == 0);
  g_test_message ("%u of 10,000 codes came through", heard_count (heard));
  g_assert_cmpuint (heard_count (heard), <, 2000);
  mock_wait (g_get_monotonic_time () > heard_last_us (heard) + G_USEC_PER_SEC);
  send_pos (mock, HONEYWELL_POS, "AC:GOOD");
  mock_wait (heard_ends (heard, "AC:GOOD|"));
  mock_wait (!heard_is (heard, "desk", "ready", "than any hand"));
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

/* A code without Enter ends by a pause. */
static void test_pause (void)
{
  g_autoptr (Heard) heard = heard_new ();
  Mock *mock = mock_plug (bed, ZEBRA_KEYBOARD, 2);
  UsbReaders *readers = readers_for (heard, "05e0:1200", "us");

  mock_wait (heard_is (heard, "desk", "ready", ""));
  send_typed (mock, KEYMAP_US, "AC:NO ENTER");
  mock_wait (heard_count (heard) == 1);
  g_assert_cmpint (heard->heard_us - heard->code_at_us, >=, CHANNEL_PAUSE_MS * 1000);
  /* By the pause, and by nothing that comes a second later. */
  g_assert_cmpfloat ((double) (heard->heard_us - heard->code_at_us) / patience_load (), <,
                     10 * CHANNEL_PAUSE_MS * 1000);
  usb_readers_free (readers);
  mock_pull (mock);
  mock_free (mock);
}

static const UsbDevice *listed (GPtrArray *list, guint16 vendor)
{
  for (guint i = 0; i < list->len; i++)
    if (((UsbDevice *) g_ptr_array_index (list, i))->vendor == vendor)
      return g_ptr_array_index (list, i);
  g_error ("%04x is not listed", vendor);
}

static void test_list (void)
{
  static const ScannerModel MODELS[]
      = { PERSONS_KEYBOARD, ZEBRA_KEYBOARD, HONEYWELL_POS, DARK_KEYBOARD, PHONE, NEWLAND_SERIAL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL, wished = NULL;
  Mock *mocks[G_N_ELEMENTS (MODELS)];
  DeviceMatch match;

  for (guint i = 0; i < G_N_ELEMENTS (MODELS); i++)
    mocks[i] = mock_plug (bed, MODELS[i], 2 + i);
  list = usb_devices_list (NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (MODELS));
  g_assert_cmpstr (listed (list, 0x046D)->kind, ==, "keyboard");
  g_assert_cmpstr (listed (list, 0x046D)->reader, ==, "");
  g_assert_nonnull (strstr (listed (list, 0x046D)->why, "046d:c31c"));
  g_assert_cmpstr (listed (list, 0x05E0)->reader, ==, "usb");
  g_assert_cmpstr (listed (list, 0x0C2E)->kind, ==, "hid-pos");
  g_assert_cmpstr (listed (list, 0x0C2E)->name, ==, "Honeywell 1602g");
  g_assert_true (listed (list, 0x0C2E)->allowed);
  g_assert_cmpstr (listed (list, 0x1234)->reader, ==, "");
  g_assert_cmpstr (listed (list, 0x18D1)->reader, ==, "");
  g_assert_cmpstr (listed (list, 0x1EAB)->kind, ==, "serial");
  device_match_set (&match, "desk", "1234:5678", NULL, NULL);
  wished = usb_devices_list (&match, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listed (wished, 0x1234)->reader, ==, "desk");
  g_assert_cmpstr (listed (wished, 0x0C2E)->reader, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (MODELS); i++) {
    g_assert_cmpuint (mock_read (mocks[i], requests) + mock_read (mocks[i], claims), ==,
                      0); /* looked at, not touched */
    mock_pull (mocks[i]);
    mock_free (mocks[i]);
  }
}

/* sanitizer/lsan_interface.h, where there is a LeakSanitizer. */
extern void __lsan_disable (void) __attribute__ ((weak));
extern void __lsan_enable (void) __attribute__ ((weak));

/* Configurations that lie about what they have: endpoints that are not there, classes,
 * numbers. */
static void test_spoilt (void)
{
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 100; i++) {
    Scanner scanner = SCANNER[i % 2 == 0 ? HONEYWELL_BOTH : NEWLAND_SERIAL];
    g_autoptr (GPtrArray) list = NULL;
    Mock *mock;
    scanner.spoilt = MAX (seed + i, 1);
    mock = mock_plug_full (bed, &scanner, 2, FALSE);
    if (__lsan_disable != NULL)
      __lsan_disable (); /* libusb 1.0.26 forgets an interface that it refuses, 40 bytes */
    list = usb_devices_list (NULL, 0, NULL);
    if (__lsan_enable != NULL)
      __lsan_enable ();
    g_assert_cmpuint (list->len, <=, 1);
    mock_pull (mock);
    mock_free (mock);
  }
}

/* The kernel has no driver on it (it was taken and its taker killed): found all the
 * same. */
static void test_without_driver (void)
{
  static const ScannerModel MODELS[] = { HONEYWELL_POS, ZEBRA_KEYBOARD };

  for (guint i = 0; i < G_N_ELEMENTS (MODELS); i++) {
    g_autoptr (Heard) heard = heard_new ();
    Mock *mock = mock_plug_full (bed, &SCANNER[MODELS[i]], 2, TRUE);
    UsbReaders *readers = readers_for (heard, i == 0 ? "" : "keyboard", "us");
    mock_wait (heard_is (heard, "desk", "ready", ""));
    scan (mock, MODELS[i], KEYMAP_US, "AC:1");
    mock_wait (heard_count (heard) == 1);
    usb_readers_free (readers);
    mock_pull (mock);
    mock_free (mock);
  }
}

static void test_matches (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Heard) heard = heard_new ();
  ReaderListener listener = heard_listener (heard);
  DeviceMatch matches[USB_READERS_MAX + 1] = { 0 };

  g_assert_null (usb_readers_new (matches, 0, &listener, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_MATCH);
  g_clear_error (&error);
  g_assert_null (usb_readers_new (matches, USB_READERS_MAX + 1, &listener, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_MATCH);
}

int main (int argc, char **argv)
{
  mock_enter (argv);
  g_test_init (&argc, &argv, NULL);
  bed = umockdev_testbed_new ();
  g_test_add_func ("/usb/families", test_families);
  g_test_add_func ("/usb/set-up", test_set_up);
  g_test_add_func ("/usb/composite", test_composite);
  g_test_add_func ("/usb/unplugged-within-code", test_unplugged_within_code);
  g_test_add_func ("/usb/broken-transfers", test_broken_transfers);
  g_test_add_func ("/usb/only-keyboard", test_only_keyboard);
  g_test_add_func ("/usb/built-in-keyboard", test_built_in_keyboard);
  g_test_add_func ("/usb/two-readers", test_two_readers);
  g_test_add_func ("/usb/busy", test_busy);
  g_test_add_func ("/usb/denied", test_denied);
  g_test_add_func ("/usb/stubborn", test_stubborn);
  g_test_add_func ("/usb/mute", test_mute);
  g_test_add_func ("/usb/lying-descriptor", test_lying_descriptor);
  g_test_add_func ("/usb/bad-input", test_bad_input);
  g_test_add_func ("/usb/pause", test_pause);
  g_test_add_func ("/usb/list", test_list);
  g_test_add_func ("/usb/spoilt", test_spoilt);
  g_test_add_func ("/usb/without-driver", test_without_driver);
  g_test_add_func ("/usb/wishes", test_matches);
  int result = g_test_run ();
  g_object_unref (bed);
  return result;
}
