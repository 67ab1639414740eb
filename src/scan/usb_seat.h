/* usb_seat.h: a device that is plugged in, from its coming to its going: described, taken by a reader, tried again, given up.
 *
 * Must not know: hotplug, other devices, what a reader tells.
 * Threads: a UsbSeat belongs to the thread that keeps it (usb.h), but for usb_seat_due_us(), usb_seat_tick() and the listener, which belong to the one that runs libusb's events. Trying and closing block as usb_held.h says.  */
#pragma once

#include "scan/reader.h"
#include "scan/usb_bus.h"
#include "scan/usb_wish.h"

#define USB_RETRY_MS 1000

typedef struct _UsbHeld UsbHeld;
typedef struct _UsbSeat UsbSeat;

typedef struct {
  void (*code) (const UsbSeat *seat, const char *text, gint64 at_us, gpointer data);
  void (*raw) (const UsbSeat *seat, const UsbRaw *raw, gpointer data); /* may be NULL */
  void (*changed) (gpointer data);                                     /* its problem is another, or it answers no more: look at it */
  gboolean (*ending) (gpointer data);                                  /* TRUE when nothing is to be taken any more */
  gpointer data;
} UsbSeatListener;

struct _UsbSeat {
  libusb_device *device;
  UsbDescription *description; /* NULL: nothing that could be read */
  char *title;                 /* "Honeywell Xenon 1900 (0c2e:0b61)" */
  gboolean present;            /* for whoever surveys the bus */
  int wish;                    /* the reader it is for, or -1 */
  UsbTaken why;                /* it is for none */
  ReaderState state;           /* READY, DENIED, FAILED; STARTING: not taken, or between two tries */
  char *fault;                 /* DENIED, FAILED: what and why, in the organiser's language */
  gint64 next_us;              /* when it is to be tried (again); G_MAXINT64 for never */
  gint64 since_us, taken_us;   /* when it came, and when it was taken last */
  guint losses;                /* how often it answered no more soon after it was taken */
  UsbSeatListener listener;
  struct _UsbSeatShared *shared;
};

UsbSeat *usb_seat_new (libusb_device *device, const UsbSeatListener *listener, gint64 now_us);
/* Closes it first. */
void usb_seat_free (UsbSeat *seat);

/* Describes the device again, if it is not taken: the kernel may have learned more of it. */
void usb_seat_describe (UsbSeat *seat);
gboolean usb_seat_is_held (UsbSeat *seat);
/* Takes the device if one of @wishes is for it and @room says that there may be one more; sets wish, why, state, fault, next_us. */
void usb_seat_try (UsbSeat *seat, const UsbWish *wishes, guint count, guint others, gboolean room, gint64 now_us);
/* If its transfers have ended while it is still there: closes it, to be tried again soon; a device that does so again and again has FAILED. */
void usb_seat_mend (UsbSeat *seat, gint64 now_us);
void usb_seat_close (UsbSeat *seat);
ChannelProblem usb_seat_problem (UsbSeat *seat);

gint64 usb_seat_due_us (UsbSeat *seat);
void usb_seat_tick (UsbSeat *seat, gint64 now_us);
