#include "usb/device_match.h"

#include <string.h>

static void test_words (void)
{
  static const struct {
    const char *device, *layout;
    gboolean good;
    UsbWishKind kind;
    guint16 vendor, product;
    KeysLayout keys;
  } ROWS[] = {
    { NULL, NULL, TRUE, USB_GUESS, 0, 0, KEYMAP_US },
    { "", "", TRUE, USB_GUESS, 0, 0, KEYMAP_US },
    { "hid-pos", "de", TRUE, USB_HID_POS, 0, 0, KEYMAP_DE },
    { "keyboard", "fr", TRUE, USB_KEYBOARD, 0, 0, KEYMAP_FR },
    { "serial", NULL, TRUE, USB_SERIAL, 0, 0, KEYMAP_US },
    { "05f9:2203", "us", TRUE, USB_BY_ID, 0x05F9, 0x2203, KEYMAP_US },
    { "05F9:220A", NULL, TRUE, USB_BY_ID, 0x05F9, 0x220A, KEYMAP_US },
    { "05f9", NULL, FALSE, 0, 0, 0, 0 },
    { "05f9:22034", NULL, FALSE, 0, 0, 0, 0 },
    { "5f9:22030", NULL, FALSE, 0, 0, 0, 0 },
    { "05f9:22 3", NULL, FALSE, 0, 0, 0, 0 },
    { "mouse", NULL, FALSE, 0, 0, 0, 0 },
    { "+5f9:2203", NULL, FALSE, 0, 0, 0, 0 },
    { "0x05:2203", NULL, FALSE, 0, 0, 0, 0 },
    { "", "azerty", FALSE, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    DeviceMatch match;
    gboolean good = device_match_set (&match, "desk", ROWS[i].device, ROWS[i].layout, &error);
    g_assert_cmpint (good, ==, ROWS[i].good);
    if (!good) {
      g_assert_error (error, USB_ERROR, USB_ERROR_MATCH);
      g_assert_nonnull (strstr (error->message, "desk"));
      continue;
    }
    g_assert_cmpstr (match.name, ==, "desk");
    g_assert_cmpint (match.kind, ==, ROWS[i].kind);
    g_assert_cmphex (match.vendor, ==, ROWS[i].vendor);
    g_assert_cmphex (match.product, ==, ROWS[i].product);
    g_assert_cmpint (match.layout, ==, ROWS[i].keys);
  }
}

/* The most precise match gets the device, whatever the order they stand in. */
static void test_precision (void)
{
  char name[] = "Zebra";
  UsbDescription device = { .vendor = 0x05E0,
                            .product = 0x1200,
                            .name = name,
                            .parts = { { .kind = CHANNEL_KEYBOARD } },
                            .count = 1 };
  DeviceMatch matches[4];
  UsbTaken why;

  device_match_set (&matches[0], "guess", NULL, NULL, NULL);
  device_match_set (&matches[1], "class", "keyboard", NULL, NULL);
  device_match_set (&matches[2], "id", "05e0:1200", NULL, NULL);
  device_match_set (&matches[3], "other", "05e0:1201", NULL, NULL);
  g_assert_cmpint (device_match_for (matches, 4, &device, 1, &why), ==, 2);
  g_assert_cmpint (device_match_for (matches, 2, &device, 1, &why), ==, 1);
  g_assert_cmpint (device_match_for (matches, 1, &device, 1, &why), ==, 0);
  g_assert_cmpint (device_match_for (matches, 1, &device, 0, &why), ==, -1);
  g_assert_cmpint (why, ==, USB_TAKEN_ONLY);
  g_assert_cmpint (device_match_for (&matches[3], 1, &device, 1, &why), ==, -1);
  g_assert_cmpint (why, ==, USB_TAKEN_NOT_ASKED);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/usb-wish/words", test_words);
  g_test_add_func ("/scan/usb-wish/precision", test_precision);
  return g_test_run ();
}
