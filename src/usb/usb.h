/* usb.h: scanners on USB, by libusb: HID POS (usage page 0x8C), keyboard-type (page 0x07)
 * and CDC-ACM serial ones.
 *
 * A device that is taken is claimed exclusively, its kernel driver detached until it is
 * given back: nothing that it sends is typed anywhere. Which devices are taken, a match
 * says, by vendor and product, by class, or by a guess with care (usb_guess.h). A reader
 * takes every device that fits its match, up to USB_DEVICES_MAX in all; a device goes to
 * the reader that asks for it most precisely. It may be unplugged and plugged in at any
 * time. What a device sends is not trusted: codes over READER_CODE_BYTES_MAX are dropped,
 * so are those over CHANNEL_CODES_PER_S of one device, control characters become '?', and
 * each is said in the state's detail until a good code comes. States: one a reader, READY
 * if any of its devices reads. DENIED names the udev rule
 * (systemd/60-accueil-scanners.rules) or the program that holds the device; such devices,
 * and failed ones, are tried again every second.
 *
 * Threads: two of its own, one that waits for transfers and calls the listener and the
 * tap, one that looks for devices. usb_readers_new() and _free() belong to one thread,
 * never the listener's. _new() does not block on devices; _free() waits for what is under
 * way, at most a second, and gives the devices back to their kernel drivers.  */
#pragma once

#include "scan/reader.h"
#include "usb/usb_list.h"
#include "usb/usb_raw.h"
#include "usb/device_match.h"

#define USB_READERS_MAX 16
#define USB_DEVICES_MAX 16

typedef struct _UsbReaders UsbReaders;
/* @listener and @tap (or NULL) are copied. NULL with USB_ERROR_BUS where libusb cannot
 * start, USB_ERROR_MATCH for none or too many matches. */
UsbReaders *usb_readers_new (const DeviceMatch *matches, guint count,
                             const ReaderListener *listener, const UsbTap *tap, GError **error);
void usb_readers_free (UsbReaders *readers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbReaders, usb_readers_free)
