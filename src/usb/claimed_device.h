/* claimed_device.h: one device that is taken: claimed, set up, read.
 *
 * Its kernel drivers are detached and attached again when it is closed. Each of its
 * interfaces that scans has a channel (channel.h) and CLAIMED_DEVICE_TRANSFERS transfers
 * under way, so that nothing is lost between two. Requests: HID 1.11, 7.1 and 7.2 (report
 * descriptor, SET_IDLE, SET_PROTOCOL, SET_REPORT for the lights: some scanners type in
 * the case that Caps Lock's light asks for), PSTN 1.2, 6.3 (line coding, DTR and RTS).
 *
 * Must not know: readers, matches, hotplug.
 * Threads: opened and closed in one thread, while another one runs libusb's events;
 * claimed_device_due_us(), claimed_device_tick() and the listener belong to that other
 * one, but that _close() may tell of an unfinished code. Opening blocks on the device:
 * half a second a request at most, and no longer than a moment once `ending` says so.
 * Closing blocks until the transfers are back.  */
#pragma once

#include "usb/usb_bus.h"

#define CLAIMED_DEVICE_TRANSFERS 4
#define CLAIMED_DEVICE_REQUEST_MS 500

#define CLAIMED_DEVICE_ERROR claimed_device_error_quark ()
GQuark claimed_device_error_quark (void);
typedef enum {
  CLAIMED_DEVICE_ERROR_DENIED, /* may not be opened */
  CLAIMED_DEVICE_ERROR_BUSY,   /* another program holds it */
  CLAIMED_DEVICE_ERROR_GONE,   /* unplugged meanwhile */
  CLAIMED_DEVICE_ERROR_FAILED, /* refuses what it must do, or nothing of it scans; or opening it was
                                  given up */
} ClaimedDeviceError;

typedef struct {
  void (*code) (const char *text, gint64 at_us, gpointer data);
  void (*problem) (ChannelProblem problem, gpointer data);
  void (*raw) (const UsbRaw *raw, gpointer data); /* may be NULL */
  void (*lost) (gpointer data);                   /* once: it answers no more and is to be closed */
  gboolean (*ending) (gpointer data);             /* TRUE when opening is to be given up */
  gpointer data;
} ClaimedDeviceListener;

typedef struct _ClaimedDevice ClaimedDevice;
ClaimedDevice *claimed_device_open (libusb_device *device, const UsbDescription *description,
                                    KeysLayout keys, const ClaimedDeviceListener *listener,
                                    GError **error);
void claimed_device_close (ClaimedDevice *held);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClaimedDevice, claimed_device_close)

/* When claimed_device_tick() has something to do; G_MAXINT64 for never. */
gint64 claimed_device_due_us (const ClaimedDevice *held);
void claimed_device_tick (ClaimedDevice *held, gint64 now_us);
