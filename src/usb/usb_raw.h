/* usb_raw.h: what came from a USB scanner before it was made a code, for the self-test
 * (`accueil scanner test`).
 * Threads: a tap is called from the readers' thread and must return at once. */
#pragma once

#include <glib.h>

typedef enum {
  USB_RAW_KEY,   /* a key went down, or the left Alt went up (keyboard.h) */
  USB_RAW_BYTES, /* serial: bytes as they came; HID POS: the data of one report */
} UsbRawKind;

typedef struct {
  UsbRawKind kind;
  gint64 at_us;        /* g_get_monotonic_time() of the transfer's end */
  guint8 usage;        /* key: page 0x07 */
  guint8 modifiers;    /* key: KEYS_LEFT_CTRL … */
  gboolean caps;       /* key: Caps Lock, as the device itself has toggled it */
  const guint8 *bytes; /* valid until the call returns */
  gsize length;
  char symbology[4]; /* HID POS: AIM identifier, "]Q1"; else "" */
} UsbRaw;

typedef struct {
  void (*raw) (const char *reader, const UsbRaw *raw, gpointer data);
  gpointer data;
} UsbTap;
