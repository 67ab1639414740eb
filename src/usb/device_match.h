/* device_match.h: which device a reader wants, in the settings' words, and which reader
 * gets a device. A device goes to the reader that asks for it most precisely: vendor and
 * product before class before guess; among equals to the first.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "usb/keymap.h"
#include "scan/reader.h"
#include "usb/usb_guess.h"

#define USB_ERROR usb_error_quark ()
GQuark usb_error_quark (void);
typedef enum {
  USB_ERROR_MATCH, /* a device or layout that means nothing; none or too many readers */
  USB_ERROR_BUS,   /* this machine's USB cannot be used */
} UsbError;

typedef struct {
  char name[READER_NAME_MAX + 1];
  UsbWishKind kind;
  guint16 vendor, product; /* USB_BY_ID */
  KeysLayout layout;       /* as keyboard-type scanners are set up */
} DeviceMatch;

/* From the settings' words: @device "vvvv:pppp" (hexadecimal), "hid-pos", "keyboard",
 * "serial", or "" and NULL to guess; @layout "us", "fr", "de", or "" and NULL for us. */
gboolean device_match_set (DeviceMatch *match, const char *name, const char *device,
                           const char *layout, GError **error);
/* The index of the match that takes the device, or -1 with the reason (the best of all
 * matches) in *@why. @others as in usb_guess_take(). */
int device_match_for (const DeviceMatch *matches, guint count, const UsbDescription *device,
                      guint others, UsbTaken *why);
