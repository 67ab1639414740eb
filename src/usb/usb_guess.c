#include "usb/usb_guess.h"

#include <string.h>

typedef struct {
  guint16 vendor;
  const char *name;
} Maker;

/* Makers of scanners by USB vendor id (usb.ids; those without a line there: the lists of
 * scanners that WebHID and serial libraries for tills publish). */
static const Maker MAKERS[] = {
  { 0x0536, "Hand Held Products" },
  { 0x05E0, "Zebra/Symbol" },
  { 0x05F9, "Datalogic" },
  { 0x065A, "Opticon" },
  { 0x067E, "Intermec" },
  { 0x0745, "CipherLab" },
  { 0x080C, "Datalogic" },
  { 0x0C2E, "Honeywell" },
  { 0x1EAB, "Newland" },
  { 0x23D0, "Youjie" },
  { 0x27DD, "Mindeo" },
};

/* Scanners whose vendor id belongs to somebody else or to nobody (usb.ids;
 * espressif/esp-idf issue 13381; qzind/tray issue 634; lists of lsusb that owners have
 * published with the scanner's model, at linux-hardware.org and beside programs that read
 * them: Tera and Eyoyo 0581:0115, PCPlay 13ba:0018). */
static const struct {
  guint16 vendor, product;
} SCANNERS[] = {
  { 0x0145, 0x0012 }, { 0x0218, 0x0210 }, { 0x0581, 0x0107 }, { 0x0581, 0x020C },
  { 0x24EA, 0x0197 }, { 0x28E9, 0x018A }, { 0x0581, 0x0115 }, { 0x0581, 0x011C },
  { 0x05FE, 0x1010 }, { 0x03EB, 0x6201 }, { 0x26F1, 0x8801 }, { 0x0DB5, 0x0139 },
  { 0x0DB5, 0x013A }, { 0x0DB5, 0x013B }, { 0x1FBB, 0x3850 }, { 0x24AE, 0x0197 },
  { 0x040B, 0x6510 }, { 0x0416, 0xC141 }, { 0x04B4, 0xBCA1 }, { 0x04B4, 0xDE61 },
  { 0x04B4, 0xDE64 }, { 0x13BA, 0x0018 },
};

/* Modes of scanners, and adapters, that no class of USB's describes. Linux has
 * drivers for them (drivers/usb/serial: metro-usb.c, opticon.c, symbolserial.c,
 * cp210x.c, ftdi_sio.c, ch341.c, pl2303.c), whose tables these are. */
static const struct {
  guint16 vendor, product;
} MUTE[] = {
  { 0x0C2E, 0x0700 }, { 0x0C2E, 0x0720 }, { 0x065A, 0x0009 }, { 0x05E0, 0x0600 },
  { 0x10C4, 0xEA60 }, { 0x10C4, 0xEA70 }, { 0x10C4, 0xEA71 }, { 0x0403, 0x6001 },
  { 0x0403, 0x6014 }, { 0x0403, 0x6015 }, { 0x1A86, 0x7523 }, { 0x1A86, 0x5523 },
  { 0x067B, 0x2303 }, { 0x067B, 0x23A3 },
};

const char *usb_guess_maker (guint16 vendor)
{
  for (guint i = 0; i < G_N_ELEMENTS (MAKERS); i++)
    if (MAKERS[i].vendor == vendor)
      return MAKERS[i].name;
  return NULL;
}

/* What makers call their scanners; a word's beginning is enough. */
static gboolean name_says_so (const char *name)
{
  static const char *const WORDS[] = { "barcode", "bar code", "bar-code",  "scanner",    "imager",
                                       "qr code", "qrcode",   "2d reader", "code reader" };
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strstr (folded, WORDS[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean usb_guess_is_scanner (const UsbDescription *device)
{
  if (usb_guess_maker (device->vendor) != NULL || name_says_so (device->name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (SCANNERS); i++)
    if (SCANNERS[i].vendor == device->vendor && SCANNERS[i].product == device->product)
      return TRUE;
  return FALSE;
}

gboolean usb_guess_is_mute (guint16 vendor, guint16 product)
{
  for (guint i = 0; i < G_N_ELEMENTS (MUTE); i++)
    if (MUTE[i].vendor == vendor && MUTE[i].product == product)
      return TRUE;
  return FALSE;
}

gboolean usb_guess_has (const UsbDescription *device, ChannelKind kind)
{
  for (guint i = 0; i < device->count; i++)
    if (device->parts[i].kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean has_lights (const UsbDescription *device)
{
  for (guint i = 0; i < device->count; i++)
    if (device->parts[i].leds)
      return TRUE;
  return FALSE;
}

/* A guess: @device types. */
static UsbTaken guess_keyboard (const UsbDescription *device, guint others)
{
  if (!usb_guess_is_scanner (device))
    return USB_TAKEN_NO_EVIDENCE;
  return others > 0 ? USB_TAKEN : USB_TAKEN_ONLY;
}

/* A class was asked for. */
static UsbTaken take_class (const UsbDescription *device, ChannelKind kind, guint others)
{
  if (!usb_guess_has (device, kind))
    return USB_TAKEN_NOT_ASKED;
  if (kind == CHANNEL_POS || usb_guess_is_scanner (device))
    return USB_TAKEN;
  if (kind == CHANNEL_SERIAL)
    return device->other ? USB_TAKEN_NO_EVIDENCE : USB_TAKEN;
  if (has_lights (device))
    return USB_TAKEN_NO_EVIDENCE;
  return others > 0 ? USB_TAKEN : USB_TAKEN_ONLY;
}

UsbTaken usb_guess_take (const UsbDescription *device, UsbWishKind match, guint16 vendor,
                         guint16 product, guint others)
{
  if (match == USB_BY_ID && (device->vendor != vendor || device->product != product))
    return USB_TAKEN_NOT_ASKED;
  if (device->count == 0)
    return USB_TAKEN_NOTHING;
  switch (match) {
  case USB_BY_ID:
    return USB_TAKEN;
  case USB_HID_POS:
    return take_class (device, CHANNEL_POS, others);
  case USB_KEYBOARD:
    return take_class (device, CHANNEL_KEYBOARD, others);
  case USB_SERIAL:
    return take_class (device, CHANNEL_SERIAL, others);
  case USB_GUESS:
  default:
    if (usb_guess_has (device, CHANNEL_POS))
      return USB_TAKEN;
    if (usb_guess_has (device, CHANNEL_KEYBOARD))
      return guess_keyboard (device, others);
    return usb_guess_is_scanner (device) ? USB_TAKEN : USB_TAKEN_NO_EVIDENCE;
  }
}
