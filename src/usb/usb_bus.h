/* usb_bus.h: what is plugged in, described without touching it.
 *
 * Descriptors come from libusb's copy, strings and HID report descriptors from sysfs, so
 * that no device is opened or loses its driver before it is known to be a scanner. Where
 * the kernel has no driver on a HID interface (it was taken from it before), what it is
 * follows from its class: a boot keyboard, or an interface to be looked at once it is
 * taken.
 *
 * Must not know: matches, readers.
 * Threads: reentrant. Blocks on sysfs.  */
#pragma once

#include "usb/usb_guess.h"

#include <libusb.h>

/* Free with usb_description_free(). NULL for hubs, and for devices that have neither HID
 * nor serial interfaces. */
UsbDescription *usb_bus_describe (libusb_device *device);
void usb_description_free (UsbDescription *description);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbDescription, usb_description_free)

/* What a HID layout is; -1 for nothing that scans. */
int usb_bus_kind_of (const HidLayout *layout);
/* Keyboards for people that do not come by USB (built in, PS/2, Bluetooth), as the input
 * layer knows them. */
guint usb_bus_other_keyboards (void);
/* TRUE if this user may open the device. */
gboolean usb_bus_allowed (libusb_device *device);
/* "Honeywell Xenon 1900 (0c2e:0b61)". Free with g_free(). */
char *usb_bus_title (const UsbDescription *description);
