/* usb_list.h: every device that could be a reader, for `accueil scanner`: what it is, and
 * why it is taken or not.
 * Threads: reentrant. Blocks on sysfs. */
#pragma once

#include "usb/device_match.h"

typedef struct {
  guint16 vendor, product;
  guint8 bus, address;
  char *name;       /* maker and product as the device says, or its maker by vendor id; may be "" */
  const char *kind; /* "hid-pos", "keyboard", "serial", "hid" (another HID device), "other" */
  char *reader;     /* the match that takes it, "" for none */
  gboolean allowed; /* this user may open it */
  char *why;        /* why taken or not, and what to do, in the organiser's language */
} UsbDevice;

void usb_device_free (UsbDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbDevice, usb_device_free)
/* UsbDevice: what is plugged in and has a HID or CDC-ACM interface, or is known to be a
 * scanner that sends nothing readable (usb_guess_is_mute()), as @matches (none:
 * one guess) would have it, by bus and address. Free with g_ptr_array_unref(). NULL with
 * USB_ERROR_BUS. */
GPtrArray *usb_devices_list (const DeviceMatch *matches, guint count, GError **error);

/* Why a device is not taken, in the organiser's language; @title as usb_bus_title() makes
 * it. */
char *usb_list_reason (UsbTaken why, const UsbDescription *device, const char *title);
/* What to do where a device may not be opened. */
char *usb_list_denied (const char *title);
