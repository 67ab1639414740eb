#include "usb/hid.h"

#include "devices/scanners.h"

#include <string.h>

static HidLayout *parse (const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  HidLayout *layout = hid_parse (bytes, length, &error);

  g_assert_no_error (error);
  return layout;
}

static const HidField *field (const HidLayout *layout, guint index)
{
  g_assert_cmpuint (index, <, layout->fields->len);
  return &g_array_index (layout->fields, HidField, index);
}

static void test_keyboard (void)
{
  static const ScannerBytes KEYBOARD = SCANNER_KEYBOARD;
  g_autoptr (HidLayout) layout = parse (KEYBOARD.bytes, KEYBOARD.length);

  g_assert_false (layout->numbered);
  g_assert_cmpuint (layout->input_bytes, ==, 8);
  g_assert_cmpuint (layout->fields->len, ==, 3);
  g_assert_cmpuint (field (layout, 0)->application, ==, 0x10006);
  g_assert_cmpuint (field (layout, 0)->size, ==, 1);
  g_assert_cmpuint (field (layout, 0)->count, ==, 8);
  g_assert_false (field (layout, 0)->array);
  g_assert_cmpuint (hid_usage (layout, field (layout, 0), 1), ==, 0x700E1);
  g_assert_cmpint (hid_index_of (layout, field (layout, 0), 0x700E7), ==, 7);
  g_assert_cmpint (hid_index_of (layout, field (layout, 0), 0x70004), ==, -1);
  g_assert_cmpint (field (layout, 1)->kind, ==, HID_OUTPUT);
  g_assert_true (field (layout, 2)->array);
  g_assert_cmpuint (field (layout, 2)->bit, ==, 16);
  g_assert_cmpuint (hid_chosen (layout, field (layout, 2), 0x04), ==, 0x70004);
}

/* A logical maximum of 0xE7 in one byte is 231 where the minimum is not negative; what
 * lies beyond the usages chooses none. */
static void test_unsigned_maximum (void)
{
  static const ScannerBytes TERA = SCANNER_TERA_KEYBOARD;
  g_autoptr (HidLayout) layout = parse (TERA.bytes, TERA.length);

  g_assert_true (layout->numbered);
  g_assert_cmpuint (layout->input_bytes, ==, 4); /* id, modifiers, room, one key */
  g_assert_cmpint (field (layout, 1)->maximum, ==, 0xE7);
  g_assert_cmpuint (field (layout, 1)->bit, ==, 24);
  g_assert_cmpuint (hid_chosen (layout, field (layout, 1), 0x90), ==, 0x70090);
  g_assert_cmpuint (hid_chosen (layout, field (layout, 1), 0x91), ==, 0);
  g_assert_cmpuint (hid_chosen (layout, field (layout, 1), 0xFF), ==, 0);
}

static void test_values (void)
{
  /* 3 bits, 13 bits signed, 32 bits, at odd places. */
  static const guint8 DESCRIPTOR[] = {
    0x05, 0x01, 0x09, 0x04, 0xA1, 0x01, 0x15, 0x00, 0x25, 0x07, 0x75, 0x03, 0x95,
    0x01, 0x09, 0x30, 0x81, 0x02, 0x16, 0x00, 0xF0, 0x26, 0xFF, 0x0F, 0x75, 0x0D,
    0x95, 0x02, 0x09, 0x31, 0x09, 0x32, 0x81, 0x02, 0x15, 0x00, 0x27, 0xFF, 0xFF,
    0xFF, 0x7F, 0x75, 0x20, 0x95, 0x01, 0x09, 0x33, 0x81, 0x02, 0xC0,
  };
  static const guint8 REPORT[] = { 0xFD, 0xFF, 0x01, 0x00, 0x78, 0x56, 0x34, 0x12 };
  g_autoptr (HidLayout) layout = parse (DESCRIPTOR, sizeof DESCRIPTOR);
  guint32 value;

  g_assert_true (hid_value (field (layout, 0), REPORT, sizeof REPORT, 0, &value));
  g_assert_cmpuint (value, ==, 5);
  g_assert_true (hid_value (field (layout, 1), REPORT, sizeof REPORT, 0, &value));
  g_assert_cmpuint (value, ==, 0x1FFF);
  /* -1 in 13 bits: unsigned it would be beyond the maximum, and choose nothing. */
  g_assert_cmpuint (hid_chosen (layout, field (layout, 1), value), ==, 0x10032);
  g_assert_cmpuint (hid_chosen (layout, field (layout, 1), 0x1000), ==, 0x10031); /* -4096 */
  g_assert_true (hid_value (field (layout, 1), REPORT, sizeof REPORT, 1, &value));
  g_assert_cmpuint (value, ==, 1);
  g_assert_true (hid_value (field (layout, 2), REPORT, sizeof REPORT, 0, &value));
  g_assert_cmpuint (value, ==, 0x91A2B3C0); /* begins at bit 29: 0x12345678 << 3, of which the
                                               lowest bits are those of byte 3 */
  g_assert_false (hid_value (field (layout, 1), REPORT, sizeof REPORT, 2, &value));
  g_assert_false (hid_value (field (layout, 2), REPORT, sizeof REPORT - 1, 0, &value));
  g_assert_false (hid_value (field (layout, 0), REPORT, 0, 0, &value));
}

/* Push, pop, a usage with its own page, alternatives, a long item, a usage whose page
 * comes after it. */
static void test_items (void)
{
  /* clang-format off */
  static const guint8 DESCRIPTOR[] = {
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0xFE, 0x02, 0xF0, 0xAA, 0xBB, 0x75, 0x08, 0x95, 0x01,
    0x15, 0x00, 0x26, 0xFF, 0x00,
    0xA4, 0x05, 0x09, 0x75, 0x01, 0xB4,       /* push, change, pop */
    0x09, 0xFE, 0x81, 0x02,                   /* 8 bits of 0x8C again */
    0x0B, 0x3B, 0x00, 0x01, 0x00, 0x81, 0x02, /* its own page */
    /* the first of two alternatives, then another usage */
    0xA9, 0x01, 0x09, 0xFB, 0x09, 0xFC, 0xA9, 0x00, 0x09, 0xFF, 0x95, 0x02, 0x81, 0x02,
    0x09, 0x3B, 0x05, 0x01, 0x95, 0x01, 0x81, 0x02, /* the page at the main item counts */
    0xC0,
  };
  /* clang-format on */
  g_autoptr (HidLayout) layout = parse (DESCRIPTOR, sizeof DESCRIPTOR);

  g_assert_cmpuint (layout->fields->len, ==, 4);
  g_assert_cmpuint (field (layout, 0)->size, ==, 8);
  g_assert_cmpuint (hid_usage (layout, field (layout, 0), 0), ==, 0x8C00FE);
  g_assert_cmpuint (hid_usage (layout, field (layout, 1), 0), ==, 0x1003B);
  g_assert_cmpuint (hid_usage (layout, field (layout, 2), 0), ==, 0x8C00FB);
  g_assert_cmpuint (hid_usage (layout, field (layout, 2), 1), ==, 0x8C00FF);
  g_assert_cmpuint (hid_usage (layout, field (layout, 3), 0), ==, 0x1003B);
  g_assert_cmpuint (hid_usage (layout, field (layout, 3), 9), ==,
                    0x1003B); /* the last usage is the rest's */
  g_assert_cmpuint (layout->input_bytes, ==, 5);
}

static void test_refused (void)
{
  static const struct {
    ScannerBytes descriptor;
    const char *says;
  } ROWS[] = {
    { SCANNER_BYTES (0x05), "within an item" },
    { SCANNER_BYTES (0x27, 0xFF, 0xFF, 0xFF), "within an item" },
    { SCANNER_BYTES (0xFE, 0x10, 0x00),
      "within an item" }, /* a long item that says more than there is */
    { SCANNER_BYTES (0xFE), "within an item" },
    { SCANNER_BYTES (0xC0), "has not begun" },
    { SCANNER_BYTES (0xA1, 0x01), "does not end" },
    { SCANNER_BYTES (0xB4), "not pushed" },
    { SCANNER_BYTES (0x85, 0x00), "1 to 255" },
    { SCANNER_BYTES (0x86, 0x00, 0x01), "1 to 255" },
    { SCANNER_BYTES (0x75, 0x08, 0x95, 0x01, 0x81, 0x02, 0x85, 0x01), "others none" },
    { SCANNER_BYTES (0x77, 0xFF, 0xFF, 0xFF, 0xFF, 0x97, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x02),
      "larger" }, /* 2^64 bits */
    { SCANNER_BYTES (0x75, 0x08, 0x96, 0x00, 0x20, 0x81, 0x02), "larger" },
    { SCANNER_BYTES (0x0C), "no known type" },
  };
  g_autofree guint8 *push = g_malloc (HID_DESCRIPTOR_BYTES_MAX + 1);

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (hid_parse (ROWS[i].descriptor.bytes, ROWS[i].descriptor.length, &error));
    g_assert_error (error, HID_ERROR, HID_ERROR_DESCRIPTOR);
    if (strstr (error->message, ROWS[i].says) == NULL)
      g_error ("row %u: %s", i, error->message);
  }
  /* Each of these alone fills the descriptor: pushes, collections, usages, fields; and
   * one too long. */
  static const guint8 FILL[] = { 0xA4, 0xA0, 0x08, 0x80, 0xC0 };
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++) {
    g_autoptr (GError) error = NULL;
    memset (push, FILL[i], HID_DESCRIPTOR_BYTES_MAX + 1);
    g_autoptr (HidLayout) layout = hid_parse (push, HID_DESCRIPTOR_BYTES_MAX, &error);
    g_assert_true (layout != NULL || error != NULL);
    g_clear_error (&error);
    g_assert_null (hid_parse (push, HID_DESCRIPTOR_BYTES_MAX + 1, &error));
    g_assert_error (error, HID_ERROR, HID_ERROR_DESCRIPTOR);
  }
}

/* Every descriptor of the table, cut anywhere, and with any one byte changed: no crash,
 * nothing beyond the limits. */
static void test_damaged (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint s = 0; s < SCANNERS; s++)
    for (guint i = 0; i < SCANNER[s].count; i++) {
      const ScannerBytes good = SCANNER[s].interfaces[i].descriptor;
      for (gsize length = 0; length < good.length; length++) {
        g_autoptr (HidLayout) cut = hid_parse (good.bytes, length, NULL);
        g_assert_true (cut == NULL || cut->input_bytes <= HID_REPORT_BYTES_MAX);
      }
      for (gsize at = 0; at < good.length; at++) {
        g_autofree guint8 *bytes = g_memdup2 (good.bytes, good.length);
        bytes[at] = (guint8) g_rand_int_range (rand, 0, 256);
        g_autoptr (HidLayout) changed = hid_parse (bytes, good.length, NULL);
        g_assert_true (changed == NULL || changed->input_bytes <= HID_REPORT_BYTES_MAX);
      }
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/hid/keyboard", test_keyboard);
  g_test_add_func ("/scan/hid/unsigned-maximum", test_unsigned_maximum);
  g_test_add_func ("/scan/hid/values", test_values);
  g_test_add_func ("/scan/hid/items", test_items);
  g_test_add_func ("/scan/hid/refused", test_refused);
  g_test_add_func ("/scan/hid/damaged", test_damaged);
  return g_test_run ();
}
