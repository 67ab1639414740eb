/* device_slot.h: a device that is plugged in, from its coming to its going: described,
 * taken by a reader, tried again, given up.
 *
 * Must not know: hotplug, other devices, what a reader tells.
 * Threads: a DeviceSlot belongs to the thread that keeps it (usb.h), but for
 * device_slot_due_us(), device_slot_tick() and the listener, which belong to the one that
 * runs libusb's events. Trying and closing block as claimed_device.h says.  */
#pragma once

#include "scan/reader.h"
#include "usb/usb_bus.h"
#include "usb/device_match.h"

#define USB_RETRY_MS 1000

typedef struct _DeviceClaim DeviceClaim;
typedef struct _DeviceSlot DeviceSlot;

typedef struct {
  void (*code) (const DeviceSlot *slot, const char *text, gint64 at_us, gpointer data);
  void (*raw) (const DeviceSlot *slot, const UsbRaw *raw, gpointer data); /* may be NULL */
  void (*changed) (gpointer data); /* its problem is another, or it answers no more: look at it */
  gboolean (*ending) (gpointer data); /* TRUE when nothing is to be taken any more */
  gpointer data;
} DeviceSlotListener;

struct _DeviceSlot {
  libusb_device *device;
  UsbDescription *description; /* NULL: nothing that could be read */
  char *title;                 /* "Honeywell Xenon 1900 (0c2e:0b61)" */
  gboolean present;            /* for whoever surveys the bus */
  int match;                   /* the reader it is for, or -1 */
  UsbTaken why;                /* it is for none */
  ReaderState state;         /* READY, DENIED, FAILED; STARTING: not taken, or between two tries */
  char *fault;               /* DENIED, FAILED: what and why, in the organiser's language */
  gint64 next_us;            /* when it is to be tried (again); G_MAXINT64 for never */
  gint64 since_us, taken_us; /* when it came, and when it was taken last */
  guint losses;              /* how often it answered no more soon after it was taken */
  DeviceSlotListener listener;
  struct _UsbSeatShared *shared;
};

DeviceSlot *device_slot_new (libusb_device *device, const DeviceSlotListener *listener,
                             gint64 now_us);
/* Closes it first. */
void device_slot_free (DeviceSlot *slot);

/* Describes the device again, if it is not taken: the kernel may have learned more of
 * it. */
void device_slot_describe (DeviceSlot *slot);
gboolean device_slot_is_held (DeviceSlot *slot);
/* Takes the device if one of @matches is for it and @room says that there may be one
 * more; sets match, why, state, fault, next_us. */
void device_slot_try (DeviceSlot *slot, const DeviceMatch *matches, guint count, guint others,
                      gboolean room, gint64 now_us);
/* If its transfers have ended while it is still there: closes it, to be tried again soon;
 * a device that does so again and again has FAILED. */
void device_slot_mend (DeviceSlot *slot, gint64 now_us);
void device_slot_close (DeviceSlot *slot);
ChannelProblem device_slot_problem (DeviceSlot *slot);

gint64 device_slot_due_us (DeviceSlot *slot);
void device_slot_tick (DeviceSlot *slot, gint64 now_us);
