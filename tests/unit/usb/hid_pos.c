#include "usb/hid_pos.h"

#include "devices/scanners.h"

#include <string.h>

/* The data of the last report. */
static void assert_data (const HidPosPiece *piece, const char *data, gsize length)
{
  g_assert_cmpmem (piece->bytes, (int) piece->length, data, (int) length);
}

static HidPos *pos_of (ScannerBytes descriptor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HidLayout) layout = hid_parse (descriptor.bytes, descriptor.length, &error);

  g_assert_no_error (error);
  g_assert_true (hid_pos_fits (layout));
  return hid_pos_new (layout);
}

/* The first report of REVINF by a Voyager 1602g, as its owner recorded it:
 * https://github.com/HenkVanAsselt/python_hon_usbhid, README.md. */
static const guint8 VOYAGER[64] = {
  2,   56, 93, 88,  48,  80,  114, 111, 100, 117, 99,  116, 32,  78,  97,  109,
  101, 58, 32, 86,  111, 121, 97,  103, 101, 114, 32,  49,  54,  48,  50,  103,
  13,  10, 66, 111, 111, 116, 32,  82,  101, 118, 105, 115, 105, 111, 110, 58,
  32,  58, 32, 56,  57,  57,  50,  13,  10,  83,  111, 102, 116, 63,  0,   1,
};
/* Its last but one: 9 bytes, the end. */
static const guint8 VOYAGER_LAST[64]
    = { 2, 9, 93, 88, 48, 117, 109, 58, 32, 78, 47, 65, 13, 10, [61] = 63 };

static void test_honeywell (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_HONEYWELL_POS;
  g_autoptr (HidPos) pos = pos_of (DESCRIPTOR);
  HidPosPiece piece;

  g_assert_true (hid_pos_read (pos, VOYAGER, sizeof VOYAGER, &piece));
  assert_data (&piece, "Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoft", 56);
  g_assert_cmpstr (piece.symbology, ==, "]X0");
  g_assert_true (piece.more);
  g_assert_false (piece.lies);
  g_assert_true (hid_pos_read (pos, VOYAGER_LAST, sizeof VOYAGER_LAST, &piece));
  assert_data (&piece, "um: N/A\r\n", 9);
  g_assert_false (piece.more);
}

/* The example in the manual of Access-IS LSR118, B.1.1: a boarding pass of 60 bytes in
 * two reports. */
static void test_two_reports (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_HONEYWELL_POS;
  static const char PASS[] = "M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23  ....";
  g_autoptr (HidPos) pos = pos_of (DESCRIPTOR);
  guint8 report[64];
  HidPosPiece piece;

  scanner_pos_report (report, HONEYWELL_POS, PASS, 56, TRUE);
  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  assert_data (&piece, PASS, 56);
  g_assert_true (piece.more);
  g_assert_cmpstr (piece.symbology, ==, "]Q1");
  scanner_pos_report (report, HONEYWELL_POS, PASS + 56, 3, FALSE);
  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  assert_data (&piece, PASS + 56, 3);
  g_assert_false (piece.more);
}

static void test_layouts (void)
{
  static const struct {
    ScannerModel model;
    ScannerBytes descriptor;
    const char *symbology;
  } ROWS[] = { { ZEBRA_POS, SCANNER_PADDED_POS, "]Q1" },
               { NEWLAND_POS, SCANNER_NEWLAND_POS, "" },
               { HONEYWELL_POS, SCANNER_HONEYWELL_POS, "]Q1" } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (HidPos) pos = pos_of (ROWS[i].descriptor);
    guint8 report[64];
    HidPosPiece piece;
    scanner_pos_report (report, ROWS[i].model, "AC:TICKET 1", 11, FALSE);
    g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
    assert_data (&piece, "AC:TICKET 1", 11);
    g_assert_cmpstr (piece.symbology, ==, ROWS[i].symbology);
    g_assert_false (piece.more);
    scanner_pos_report (report, ROWS[i].model, "X", 1, TRUE);
    g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
    g_assert_true (piece.more);
  }
}

/* Without Byte Count, NULs at the end are padding, NULs within are data. */
static void test_plain (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_PLAIN_POS;
  g_autoptr (HidPos) pos = pos_of (DESCRIPTOR);
  guint8 report[32] = { ']', 'd', '2', 'a', 0, 'b' };
  HidPosPiece piece;

  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  assert_data (&piece, "a\0b", 3);
  g_assert_cmpstr (piece.symbology, ==, "]d2");
  report[31] = 1;
  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  g_assert_true (piece.more);
}

static void test_lies (void)
{
  static const ScannerBytes DESCRIPTOR = SCANNER_HONEYWELL_POS;
  g_autoptr (HidPos) pos = pos_of (DESCRIPTOR);
  guint8 report[64];
  HidPosPiece piece;

  scanner_pos_report (report, HONEYWELL_POS, "AC:1", 4, FALSE);
  report[1] = 255; /* says more than the report holds */
  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  g_assert_cmpuint (piece.length, ==, 56);
  g_assert_true (piece.lies);
  report[1] = 4;
  g_assert_true (
      hid_pos_read (pos, report, 7, &piece)); /* ends within the data: two bytes of four */
  assert_data (&piece, "AC", 2);
  g_assert_true (piece.lies);
  g_assert_true (hid_pos_read (pos, report, 1, &piece)); /* its id alone */
  g_assert_cmpuint (piece.length, ==, 0);
  g_assert_false (hid_pos_read (pos, report, 0, &piece));
  report[0] = 4; /* another report */
  g_assert_false (hid_pos_read (pos, report, sizeof report, &piece));
  report[0] = 2;
  report[2] = 0x1B; /* no identifier */
  g_assert_true (hid_pos_read (pos, report, sizeof report, &piece));
  g_assert_cmpstr (piece.symbology, ==, "");
}

static void test_fits (void)
{
  static const ScannerBytes NOT[]
      = { SCANNER_KEYBOARD, SCANNER_TERA_KEYBOARD, SCANNER_MOUSE, SCANNER_HONEYWELL_REM };

  for (guint i = 0; i < G_N_ELEMENTS (NOT); i++) {
    g_autoptr (HidLayout) layout = hid_parse (NOT[i].bytes, NOT[i].length, NULL);
    g_assert_nonnull (layout);
    g_assert_false (hid_pos_fits (layout));
    g_assert_null (hid_pos_new (layout));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pos/honeywell", test_honeywell);
  g_test_add_func ("/scan/pos/two-reports", test_two_reports);
  g_test_add_func ("/scan/pos/layouts", test_layouts);
  g_test_add_func ("/scan/pos/plain", test_plain);
  g_test_add_func ("/scan/pos/lies", test_lies);
  g_test_add_func ("/scan/pos/fits", test_fits);
  return g_test_run ();
}
