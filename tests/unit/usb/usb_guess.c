#include "usb/usb_guess.h"

#include "devices/scanners.h"
#include "usb/keyboard.h"
#include "usb/hid_pos.h"

#include <string.h>

#define RULE "systemd/60-accueil-scanners.rules"

/* A device of the table as usb_bus.h would describe it. */
static UsbDescription describe (ScannerModel model)
{
  const Scanner *scanner = &SCANNER[model];
  UsbDescription device = { .vendor = scanner->vendor, .product = scanner->product };

  device.name = g_strstrip (g_strconcat (scanner->maker, " ", scanner->title, NULL));
  for (guint i = 0; i < scanner->count; i++) {
    const ScannerInterface *interface = &scanner->interfaces[i];
    g_autoptr (HidLayout) layout
        = hid_parse (interface->descriptor.bytes, interface->descriptor.length, NULL);
    gsize bytes;
    guint8 report;
    device.hid = device.hid || interface->class_ == 3;
    device.other = device.other
                   || (interface->class_ != 3 && interface->class_ != 2 && interface->class_ != 10);
    if (interface->class_ == 2)
      device.parts[device.count++] = (UsbPart){ .kind = CHANNEL_SERIAL };
    else if (interface->class_ == 3 && hid_pos_fits (layout))
      device.parts[device.count++] = (UsbPart){ .kind = CHANNEL_POS };
    else if (interface->class_ == 3 && keyboard_fits (layout))
      device.parts[device.count++] = (UsbPart){ .kind = CHANNEL_KEYBOARD,
                                                .leds = keyboard_lights (layout, &report, &bytes) };
  }
  return device;
}

#define T USB_TAKEN
#define N USB_TAKEN_NOT_ASKED
#define E USB_TAKEN_NO_EVIDENCE
#define O USB_TAKEN_ONLY
#define X USB_TAKEN_NOTHING

static void test_table (void)
{
  static const struct {
    ScannerModel model;
    UsbTaken guess, guess_only; /* with another keyboard about, and as the only one */
    UsbTaken pos, keyboard, keyboard_only, serial;
  } ROWS[] = {
    { HONEYWELL_POS, T, T, T, N, N, N },
    { HONEYWELL_BOTH, T, T, T, T, T, N },
    { ZEBRA_POS, T, T, T, N, N, N },
    { NEWLAND_POS, T, T, T, N, N, N },
    { ZEBRA_KEYBOARD, T, O, N, T, T, N },
    { DATALOGIC_KEYBOARD, T, O, N, T, T, N },
    { TERA_KEYBOARD, T, O, N, T, T, N },
    { NETUM_KEYBOARD, T, O, N, T, T, N },
    { ZEBRA_SERIAL, T, T, N, N, N, T },
    { DATALOGIC_SERIAL, T, T, N, N, N, T },
    { NEWLAND_SERIAL, T, T, N, N, N, T },
    { DARK_KEYBOARD, E, E, N, T, O, N },
    { PERSONS_KEYBOARD, E, E, N, E, E, N },
    { PERSONS_MOUSE, X, X, X, X, X, X },
    { PHONE, E, E, N, N, N, E },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    UsbDescription device = describe (ROWS[i].model);
    const UsbTaken got[] = {
      usb_guess_take (&device, USB_GUESS, 0, 0, 1),
      usb_guess_take (&device, USB_GUESS, 0, 0, 0),
      usb_guess_take (&device, USB_HID_POS, 0, 0, 0),
      usb_guess_take (&device, USB_KEYBOARD, 0, 0, 1),
      usb_guess_take (&device, USB_KEYBOARD, 0, 0, 0),
      usb_guess_take (&device, USB_SERIAL, 0, 0, 0),
    };
    const UsbTaken want[] = { ROWS[i].guess,    ROWS[i].guess_only,    ROWS[i].pos,
                              ROWS[i].keyboard, ROWS[i].keyboard_only, ROWS[i].serial };
    for (guint j = 0; j < G_N_ELEMENTS (got); j++)
      if (got[j] != want[j])
        g_error ("%s, column %u: %d, not %d", SCANNER[ROWS[i].model].name, j, got[j], want[j]);
    /* Its own ids take whatever can be read, even the only keyboard; others' ids
     * nothing. */
    g_assert_cmpint (usb_guess_take (&device, USB_BY_ID, device.vendor, device.product, 0), ==,
                     device.count > 0 ? USB_TAKEN : USB_TAKEN_NOTHING);
    g_assert_cmpint (
        usb_guess_take (&device, USB_BY_ID, device.vendor, (guint16) (device.product + 1), 0), ==,
        USB_TAKEN_NOT_ASKED);
    g_free (device.name);
  }
}

/* Names that scanners have, and that keyboards have. */
static void test_names (void)
{
  static const struct {
    const char *name;
    gboolean is;
  } ROWS[] = {
    { "TMS HIDKeyBoard Barcode", TRUE },
    { "SM SM-2D PRODUCT HID KBW SCANNER", TRUE },
    { "USB Bar Code Reader", TRUE },
    { "NT USB Bar-Code", TRUE },
    { "QR Code reader", TRUE },
    { "Area Imager", TRUE },
    { "USB Keyboard", FALSE },
    { "", FALSE },
    { "Gaming KB", FALSE },
    { "Apple Internal Keyboard", FALSE },
    { "Barco ClickShare", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *name = g_strdup (ROWS[i].name);
    UsbDescription device = { .vendor = 0xFFFF, .name = name };
    if (usb_guess_is_scanner (&device) != ROWS[i].is)
      g_error ("“%s”", ROWS[i].name);
  }
}

/* A mode that nobody reads is not taken, and said to be so; the maker's others are. */
static void test_mute (void)
{
  char none[] = "";
  UsbDescription device = { .vendor = 0x0C2E, .product = 0x0700, .name = none };

  g_assert_true (usb_guess_is_mute (0x0C2E, 0x0700) && usb_guess_is_mute (0x10C4, 0xEA60));
  g_assert_false (usb_guess_is_mute (0x0C2E, 0x0B61) || usb_guess_is_mute (0x05E0, 0x1300));
  g_assert_cmpint (usb_guess_take (&device, USB_GUESS, 0, 0, 1), ==, USB_TAKEN_NOTHING);
  g_assert_cmpint (usb_guess_take (&device, USB_BY_ID, 0x0C2E, 0x0700, 1), ==, USB_TAKEN_NOTHING);
}

/* Scanners under others' vendor ids: taken beside another keyboard, never the only one,
 * and the rule lets this user open them. */
static void test_others_ids (void)
{
  static const guint16 IDS[][2] = {
    { 0x0581, 0x0115 }, { 0x0581, 0x011C }, { 0x05FE, 0x1010 }, { 0x03EB, 0x6201 },
    { 0x26F1, 0x8801 }, { 0x0DB5, 0x0139 }, { 0x0DB5, 0x013A }, { 0x0DB5, 0x013B },
    { 0x1FBB, 0x3850 }, { 0x24AE, 0x0197 }, { 0x040B, 0x6510 }, { 0x0416, 0xC141 },
    { 0x04B4, 0xBCA1 }, { 0x04B4, 0xDE61 }, { 0x04B4, 0xDE64 }, { 0x13BA, 0x0018 },
  };
  g_autofree char *rule = NULL;
  char none[] = "";

  g_assert_true (g_file_get_contents (RULE, &rule, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++) {
    UsbDescription device = { .vendor = IDS[i][0], .product = IDS[i][1], .name = none, .count = 1 };
    g_autofree char *vendor
        = g_strdup_printf ("ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"", IDS[i][0]),
        *product = g_strdup_printf ("%04x", IDS[i][1]), *line = NULL;
    const char *at = strstr (rule, vendor);
    device.parts[0] = (UsbPart){ .kind = CHANNEL_KEYBOARD, .leds = TRUE };
    g_assert_cmpint (usb_guess_take (&device, USB_GUESS, 0, 0, 1), ==, USB_TAKEN);
    g_assert_cmpint (usb_guess_take (&device, USB_GUESS, 0, 0, 0), ==, USB_TAKEN_ONLY);
    device.product ^= 0x8000;
    g_assert_cmpint (usb_guess_take (&device, USB_GUESS, 0, 0, 1), ==, USB_TAKEN_NO_EVIDENCE);
    g_assert_nonnull (at);
    line = g_strndup (at, strcspn (at, "\n"));
    if (strstr (line, product) == NULL)
      g_error ("%s does not name %04x:%s", RULE, IDS[i][0], product);
  }
}

/* The udev rule lets this user open what a guess may take. */
static void test_rule (void)
{
  g_autofree char *rule = NULL;
  guint makers = 0;

  g_assert_true (g_file_get_contents (RULE, &rule, NULL, NULL));
  for (guint vendor = 0; vendor <= G_MAXUINT16; vendor++) {
    g_autofree char *id = g_strdup_printf ("%04x", vendor);
    if (usb_guess_maker ((guint16) vendor) == NULL)
      continue;
    makers++;
    if (strstr (rule, id) == NULL)
      g_error ("%s does not name %s", RULE, id);
  }
  g_assert_cmpuint (makers, >, 0);
  for (guint i = 0; i < SCANNERS; i++) {
    UsbDescription device = describe ((ScannerModel) i);
    g_autofree char *vendor = g_strdup_printf ("%04x", device.vendor);
    if (usb_guess_is_scanner (&device) && strstr (rule, vendor) == NULL)
      g_error ("%s does not name %s", RULE, SCANNER[i].name);
    g_free (device.name);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/usb-guess/table", test_table);
  g_test_add_func ("/scan/usb-guess/names", test_names);
  g_test_add_func ("/scan/usb-guess/rule", test_rule);
  g_test_add_func ("/scan/usb-guess/mute", test_mute);
  g_test_add_func ("/scan/usb-guess/others-ids", test_others_ids);
  return g_test_run ();
}
