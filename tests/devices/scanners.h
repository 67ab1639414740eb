/* scanners.h: USB scanners for tests: descriptors and reports, as their makers' manuals
 * or people who own them have published them. Each says where from. Where only the layout
 * of the reports is published, the report descriptor is written here from that layout and
 * the HID Point of Sale Usage Tables 1.02 (usb.org, pos1_02.pdf).  */
#pragma once

#include <glib.h>

typedef struct {
  guint8 bytes[160];
  guint16 length;
} ScannerBytes;
#define SCANNER_BYTES(...)                                                                         \
  {                                                                                                \
    { __VA_ARGS__ }, sizeof ((const guint8[]){ __VA_ARGS__ })                                      \
  }

typedef struct {
  guint8 class_, subclass, protocol;
  guint8 endpoint; /* IN; 0 for none (a CDC control interface has an interrupt endpoint that nobody
                      reads) */
  gboolean bulk;
  guint16 packet;
  ScannerBytes descriptor; /* HID report descriptor */
} ScannerInterface;

typedef struct {
  const char *name;
  guint16 vendor, product;
  const char *maker, *title; /* strings */
  ScannerInterface interfaces[3];
  guint count;
  guint32 spoilt; /* 0, or the seed by which the descriptors of its configuration lie */
} Scanner;

/* Keyboards: the example of HID 1.11, appendix E.6, with the five lights of B.1; 65
 * bytes. Byte for byte what a Datalogic Gryphon GD4400 gives:
 * https://github.com/felis/USB_Host_Shield_2.0/issues/669 */
#define SCANNER_KEYBOARD                                                                           \
  SCANNER_BYTES (0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15,     \
                 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,     \
                 0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,     \
                 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,     \
                 0x26, 0xFF, 0x00, 0x05, 0x07, 0x19, 0x00, 0x2A, 0xFF, 0x00, 0x81, 0x00, 0xC0)

/* A keyboard without lights, as cheap wired scanners have it: no output report at all. */
#define SCANNER_KEYBOARD_DARK                                                                      \
  SCANNER_BYTES (0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15,     \
                 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,     \
                 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19,     \
                 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0)

/* Tera EVHK0012 (0581:020c in usb.ids): report id 3, one key a report, and a logical
 * maximum of 0xE7 written in one byte, which is -25 to whoever reads it signed. The
 * beginning of https://github.com/felis/USB_Host_Shield_2.0/issues/582; the lights'
 * padding and the end are ours.  */
#define SCANNER_TERA_KEYBOARD                                                                      \
  SCANNER_BYTES (0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x85, 0x03, 0x19, 0xE0, 0x29,     \
                 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01,     \
                 0x75, 0x08, 0x81, 0x03, 0x95, 0x01, 0x75, 0x08, 0x15, 0x00, 0x25, 0xE7, 0x05,     \
                 0x07, 0x19, 0x00, 0x29, 0x90, 0x81, 0x00, 0x85, 0x03, 0x95, 0x05, 0x75, 0x01,     \
                 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91,     \
                 0x03, 0xC0)

/* Honeywell HID POS, 64 bytes: id 2, byte count, three characters of the AIM
 * identifier, 56 bytes of data, Honeywell's own code id, one byte, the continued
 * flag. The layout, and real reports of a Voyager 1602g:
 * https://github.com/HenkVanAsselt/python_hon_usbhid (README.md); the same layout
 * with an example over two reports in the manual of Access-IS LSR118 (a Honeywell
 * engine), appendix B.1:
 * https://manualshive.com/en/manual/access-is/lsr118/lsr118_product-manual_455317-68.html
 */
#define SCANNER_HONEYWELL_POS                                                                      \
  SCANNER_BYTES (0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, 0x15,     \
                 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81,     \
                 0x02, 0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02,     \
                 0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, 0x06, 0x66, 0xFF, 0x95, 0x02, 0x09,     \
                 0x04, 0x09, 0x00, 0x81, 0x02, 0x05, 0x8C, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08,     \
                 0x09, 0xFF, 0x81, 0x02, 0xC0, 0x09, 0x14, 0xA1, 0x02, 0x85, 0x04, 0x95, 0x08,     \
                 0x09, 0x00, 0x09, 0x5F, 0x09, 0x60, 0x09, 0x00, 0x09, 0x00, 0x09, 0x85, 0x09,     \
                 0x86, 0x91, 0x86, 0xC0, 0xC0)

/* Datalogic and Zebra HID POS: the same with a byte between count and identifier, so that
 * data begin at byte 6, and the flag at byte 63 (“offset 1” of
 * https://github.com/NielsLeenheer/WebHidBarcodeScanner, src/main.js, which reads
 * Honeywell, Zebra and Datalogic).  */
#define SCANNER_PADDED_POS                                                                         \
  SCANNER_BYTES (0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, 0x15,     \
                 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81,     \
                 0x02, 0x81, 0x03, 0x95, 0x03, 0x05, 0x8C, 0x19, 0xFB, 0x29, 0xFD, 0x81, 0x02,     \
                 0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, 0x95, 0x01, 0x81, 0x03, 0x25, 0x01,     \
                 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0xC0,     \
                 0xC0)

/* Newland FM420, EM2028 …: id 2, length, 56 bytes of data, four reserved bytes, Newland's
 * symbology, the continued flag. Manual of NLS-FM420, “Getting Scanned Data”:
 * https://newland.manymanuals.de/bar-code-readers/fm420/manual-47701/52 */
#define SCANNER_NEWLAND_POS                                                                        \
  SCANNER_BYTES (0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, 0x15,     \
                 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81,     \
                 0x02, 0x05, 0x8C, 0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, 0x06, 0x00, 0xFF,     \
                 0x95, 0x05, 0x09, 0x01, 0x81, 0x02, 0x05, 0x8C, 0x25, 0x01, 0x75, 0x01, 0x95,     \
                 0x01, 0x09, 0xFF, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0xC0, 0xC0)

/* Without Byte Count and report id: the data end at the NULs. Allowed by the usage
 * tables; the field order of their example. */
#define SCANNER_PLAIN_POS                                                                          \
  SCANNER_BYTES (0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,     \
                 0x95, 0x01, 0x09, 0xFB, 0x81, 0x02, 0x09, 0xFC, 0x81, 0x02, 0x09, 0xFD, 0x81,     \
                 0x02, 0x95, 0x1C, 0x09, 0xFE, 0x82, 0x02, 0x01, 0x95, 0x01, 0x75, 0x01, 0x09,     \
                 0xFF, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03, 0xC0)

/* Honeywell's service interface (“REM”): the fields of page 0x8C within an application of
 * a vendor page, 0xFF8C. It answers commands and must not be taken for a scanner; its
 * usage page is in https://github.com/qzind/tray/issues/1312 */
#define SCANNER_HONEYWELL_REM                                                                      \
  SCANNER_BYTES (0x06, 0x8C, 0xFF, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x15, 0x00, 0x26, 0xFF,     \
                 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02, 0x95, 0x3E,     \
                 0x05, 0x8C, 0x09, 0xFE, 0x82, 0x02, 0x01, 0xC0)

/* A boot keyboard whose report descriptor is a vendor's page throughout: byte for byte what
 * an interface of the subclass “boot” of 1111:1111 gives: only by the boot protocol
 * (HID 1.11, appendix B) can it be read. */
#define SCANNER_VENDOR_PAGE                                                                        \
  SCANNER_BYTES (0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x19, 0x00, 0x29, 0xFF, 0x15, 0x00,     \
                 0x25, 0xFF, 0x95, 0x01, 0x75, 0x08, 0x81, 0x02, 0x19, 0x00, 0x29, 0xFF, 0x15,     \
                 0x00, 0x25, 0xFF, 0x95, 0x01, 0x75, 0x08, 0x91, 0x02, 0xC0)

/* A mouse (HID 1.11, appendix E.10), shortened: nothing that scans. */
#define SCANNER_MOUSE                                                                              \
  SCANNER_BYTES (0x05, 0x01, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x01, 0xA1, 0x00, 0x05, 0x09, 0x19,     \
                 0x01, 0x29, 0x03, 0x15, 0x00, 0x25, 0x01, 0x95, 0x03, 0x75, 0x01, 0x81, 0x02,     \
                 0x95, 0x01, 0x75, 0x05, 0x81, 0x01, 0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15,     \
                 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x02, 0x81, 0x06, 0xC0, 0xC0)

#define SCANNER_BOOT(endpoint, packet, descriptor)                                                 \
  {                                                                                                \
    3, 1, 1, endpoint, FALSE, packet, descriptor                                                   \
  }
#define SCANNER_HID(endpoint, packet, descriptor)                                                  \
  {                                                                                                \
    3, 0, 0, endpoint, FALSE, packet, descriptor                                                   \
  }
#define SCANNER_ACM(endpoint, packet)                                                              \
  { 2, 2, 1, 0, FALSE, 0, { { 0 }, 0 } },                                                          \
  {                                                                                                \
    10, 0, 0, endpoint, TRUE, packet,                                                              \
    {                                                                                              \
      { 0 }, 0                                                                                     \
    }                                                                                              \
  }

typedef enum {
  HONEYWELL_POS,
  HONEYWELL_BOTH,
  ZEBRA_KEYBOARD,
  ZEBRA_POS,
  ZEBRA_SERIAL,
  DATALOGIC_KEYBOARD,
  DATALOGIC_SERIAL,
  NEWLAND_POS,
  NEWLAND_SERIAL,
  TERA_KEYBOARD,
  NETUM_KEYBOARD,
  DARK_KEYBOARD,
  VENDOR_KEYBOARD,
  PERSONS_KEYBOARD,
  PERSONS_MOUSE,
  PHONE,
  SCANNERS
} ScannerModel;

/* Vendor and product as usb.ids or the source names them; strings as the devices give
 * them where published. */
static const Scanner SCANNER[SCANNERS] G_GNUC_UNUSED = {
  [HONEYWELL_POS] = { "Honeywell, HID POS",
                      0x0C2E,
                      0x0DB3,
                      "Honeywell",
                      "1602g",
                      { SCANNER_HID (0x82, 64, SCANNER_HONEYWELL_POS) },
                      1 },
  /* Keyboard and HID POS at once, and the service interface: what a Honeywell shows in
   * keyboard mode. */
  [HONEYWELL_BOTH]
  = { "Honeywell, keyboard and HID POS",
      0x0C2E,
      0x0B81,
      "Honeywell",
      "Voyager 1400g",
      { SCANNER_BOOT (0x84, 64, SCANNER_KEYBOARD), SCANNER_HID (0x82, 64, SCANNER_HONEYWELL_POS),
        SCANNER_HID (0x83, 64, SCANNER_HONEYWELL_REM) },
      3 },
  /* https://github.com/espressif/esp-idf/issues/12552: a DS6708; bMaxPacketSize0 8, one
   * interface. */
  [ZEBRA_KEYBOARD] = { "Zebra/Symbol DS6708, keyboard",
                       0x05E0,
                       0x1200,
                       "Symbol Technologies, Inc, 2002",
                       "Symbol Bar Code Scanner",
                       { SCANNER_BOOT (0x81, 8, SCANNER_KEYBOARD) },
                       1 },
  [ZEBRA_POS] = { "Zebra, HID POS",
                  0x05E0,
                  0x2100,
                  "Zebra",
                  "DS2208",
                  { SCANNER_HID (0x81, 64, SCANNER_PADDED_POS) },
                  1 },
  [ZEBRA_SERIAL] = { "Zebra, CDC",
                     0x05E0,
                     0x1701,
                     "Symbol Technologies, Inc, 2008",
                     "Symbol Bar Code Scanner::EA",
                     { SCANNER_ACM (0x82, 64) },
                     2 },
  [DATALOGIC_KEYBOARD] = { "Datalogic Gryphon GD4400, keyboard",
                           0x05F9,
                           0x2204,
                           "Datalogic ADC, Inc.",
                           "Handheld Barcode Scanner",
                           { SCANNER_BOOT (0x81, 8, SCANNER_KEYBOARD) },
                           1 },
  [DATALOGIC_SERIAL] = { "Datalogic, CDC",
                         0x05F9,
                         0x4204,
                         "Datalogic ADC, Inc.",
                         "Handheld Barcode Scanner",
                         { SCANNER_ACM (0x82, 64) },
                         2 },
  [NEWLAND_POS] = { "Newland FM420, HID POS",
                    0x1EAB,
                    0x0D10,
                    "Newland Auto-ID",
                    "NLS-FM420",
                    { SCANNER_HID (0x81, 64, SCANNER_NEWLAND_POS) },
                    1 },
  [NEWLAND_SERIAL] = { "Newland, CDC",
                       0x1EAB,
                       0x1306,
                       "Newland Auto-ID",
                       "NLS-EM20",
                       { SCANNER_ACM (0x82, 64) },
                       2 },
  [TERA_KEYBOARD] = { "Tera EVHK0012, keyboard with report id",
                      0x0581,
                      0x020C,
                      "",
                      "",
                      { SCANNER_BOOT (0x81, 64, SCANNER_TERA_KEYBOARD) },
                      1 },
  /* https://github.com/espressif/esp-idf/issues/13381: one boot keyboard, 34 bytes of
   * configuration. */
  [NETUM_KEYBOARD] = { "NETUM class, keyboard",
                       0x0218,
                       0x0210,
                       "",
                       "",
                       { SCANNER_BOOT (0x81, 64, SCANNER_KEYBOARD) },
                       1 },
  [DARK_KEYBOARD] = { "a keyboard without lights",
                      0x1234,
                      0x5678,
                      "",
                      "USB Device",
                      { SCANNER_BOOT (0x81, 8, SCANNER_KEYBOARD_DARK) },
                      1 },
  [VENDOR_KEYBOARD] = { "a boot keyboard that describes a vendor's page",
                        0x1111,
                        0x1111,
                        "",
                        "",
                        { SCANNER_BOOT (0x81, 8, SCANNER_VENDOR_PAGE) },
                        1 },
  [PERSONS_KEYBOARD]
  = { "somebody's keyboard",
      0x046D,
      0xC31C,
      "Logitech",
      "USB Keyboard",
      { SCANNER_BOOT (0x81, 8, SCANNER_KEYBOARD), SCANNER_HID (0x82, 8, SCANNER_MOUSE) },
      2 },
  [PERSONS_MOUSE] = { "somebody's mouse",
                      0x046D,
                      0xC077,
                      "Logitech",
                      "USB Optical Mouse",
                      { { 3, 1, 2, 0x81, FALSE, 8, SCANNER_MOUSE } },
                      1 },
  /* A modem beside a storage interface: a telephone, not a scanner. */
  [PHONE] = { "a telephone",
              0x18D1,
              0x4EE1,
              "Google",
              "Pixel",
              { SCANNER_ACM (0x82, 64), { 8, 6, 80, 0x83, TRUE, 64, { { 0 }, 0 } } },
              3 },
};

/* HID POS reports of 64 bytes: @data, @more. */
static inline void scanner_pos_report (guint8 report[64], ScannerModel model, const char *data,
                                       gsize length, gboolean more)
{
  gsize at = model == NEWLAND_POS ? 2 : model == ZEBRA_POS ? 6 : 5;

  for (gsize i = 0; i < 64; i++)
    report[i] = 0;
  report[0] = 2;
  report[1] = (guint8) length;
  if (model != NEWLAND_POS) {
    report[at - 3] = ']';
    report[at - 2] = 'Q';
    report[at - 1] = '1';
  }
  for (gsize i = 0; i < length; i++)
    report[at + i] = (guint8) data[i];
  report[63] = more ? 1 : 0;
}
