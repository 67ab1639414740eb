#include "usb/device_slot.h"

#include "core/lock.h"
#include "core/words.h"
#include "usb/claimed_device.h"
#include "usb/usb_list.h"

#define RETRY_US (USB_RETRY_MS * G_GINT64_CONSTANT (1000))
#define AGAIN_US                                                                                   \
  (100                                                                                             \
   * G_GINT64_CONSTANT (                                                                           \
       1000)) /* after a broken transfer: a plug being pulled looks like one first */
#define YOUNG_US (2 * G_USEC_PER_SEC) /* so long the kernel may take to get to know a device */
#define YOUNG_LOOK_US (200 * G_GINT64_CONSTANT (1000))
#define STEADY_US (5 * G_USEC_PER_SEC) /* held so long, it works */
#define LOSSES_MAX 3

struct _UsbSeatShared {
  Lock held_lock; /* taken before `lock`, never the other way */
  ClaimedDevice *held;
  Lock lock;
  gboolean lost;
  ChannelProblem problem;
};

DeviceSlot *device_slot_new (libusb_device *device, const DeviceSlotListener *listener,
                             gint64 now_us)
{
  DeviceSlot *seat = g_new0 (DeviceSlot, 1);

  seat->device = libusb_ref_device (device);
  seat->present = TRUE;
  seat->wish = -1;
  seat->state = READER_STARTING;
  seat->since_us = now_us;
  seat->listener = *listener;
  seat->shared = g_new0 (struct _UsbSeatShared, 1);
  lock_init (&seat->shared->held_lock);
  lock_init (&seat->shared->lock);
  return seat;
}

void device_slot_free (DeviceSlot *seat)
{
  device_slot_close (seat);
  usb_description_free (seat->description);
  libusb_unref_device (seat->device);
  lock_clear (&seat->shared->held_lock);
  lock_clear (&seat->shared->lock);
  g_free (seat->shared);
  g_free (seat->title);
  g_free (seat->fault);
  g_free (seat);
}

/* From the events' thread, the last from the one that opens -------------------------- */

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  DeviceSlot *seat = data;

  seat->listener.code (seat, text, at_us, seat->listener.data);
}

static void on_raw (const UsbRaw *raw, gpointer data)
{
  DeviceSlot *seat = data;

  seat->listener.raw (seat, raw, seat->listener.data);
}

static void on_problem (ChannelProblem problem, gpointer data)
{
  DeviceSlot *seat = data;
  gboolean changed;

  lock_take (&seat->shared->lock);
  changed = seat->shared->problem != problem;
  seat->shared->problem = problem;
  lock_give (&seat->shared->lock);
  if (changed)
    seat->listener.changed (seat->listener.data);
}

static void on_lost (gpointer data)
{
  DeviceSlot *seat = data;

  lock_take (&seat->shared->lock);
  seat->shared->lost = TRUE;
  lock_give (&seat->shared->lock);
  seat->listener.changed (seat->listener.data);
}

static gboolean is_ending (gpointer data)
{
  DeviceSlot *seat = data;

  return seat->listener.ending (seat->listener.data);
}

gint64 device_slot_due_us (DeviceSlot *seat)
{
  gint64 due_us;

  lock_take (&seat->shared->held_lock);
  due_us = seat->shared->held != NULL ? claimed_device_due_us (seat->shared->held) : G_MAXINT64;
  lock_give (&seat->shared->held_lock);
  return due_us;
}

void device_slot_tick (DeviceSlot *seat, gint64 now_us)
{
  lock_take (&seat->shared->held_lock);
  if (seat->shared->held != NULL)
    claimed_device_tick (seat->shared->held, now_us);
  lock_give (&seat->shared->held_lock);
}

/* From the keeping thread ------------------------------------------------------------ */

static void set_held (DeviceSlot *seat, ClaimedDevice *held)
{
  lock_take (&seat->shared->held_lock);
  seat->shared->held = held;
  lock_give (&seat->shared->held_lock);
}

gboolean device_slot_is_held (DeviceSlot *seat)
{
  return seat->shared->held != NULL;
}

ChannelProblem device_slot_problem (DeviceSlot *seat)
{
  ChannelProblem problem;

  lock_take (&seat->shared->lock);
  problem = seat->shared->problem;
  lock_give (&seat->shared->lock);
  return problem;
}

void device_slot_describe (DeviceSlot *seat)
{
  if (device_slot_is_held (seat))
    return;
  usb_description_free (seat->description);
  seat->description = usb_bus_describe (seat->device);
  g_free (seat->title);
  seat->title = seat->description != NULL ? usb_bus_title (seat->description) : NULL;
}

static void set_state (DeviceSlot *seat, ReaderState state, char *fault, gint64 next_us)
{
  seat->state = state;
  g_free (seat->fault);
  seat->fault = fault;
  seat->next_us = next_us;
}

static void note_failure (DeviceSlot *seat, const GError *error, gint64 now_us)
{
  if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_GONE))
    set_state (seat, READER_STARTING, NULL, now_us + AGAIN_US);
  else if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_DENIED))
    set_state (seat, READER_DENIED, usb_list_denied (seat->title), now_us + RETRY_US);
  else if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_BUSY))
    set_state (seat, READER_DENIED, g_strdup (error->message), now_us + RETRY_US);
  else
    set_state (seat, READER_FAILED, g_strdup (error->message), now_us + RETRY_US);
}

void device_slot_try (DeviceSlot *seat, const DeviceMatch *wishes, guint count, guint others,
                      gboolean room, gint64 now_us)
{
  ClaimedDeviceListener listener = { .code = on_code,
                                     .problem = on_problem,
                                     .raw = seat->listener.raw != NULL ? on_raw : NULL,
                                     .lost = on_lost,
                                     .ending = is_ending,
                                     .data = seat };
  gint64 young_us = now_us < seat->since_us + YOUNG_US ? now_us + YOUNG_LOOK_US : G_MAXINT64;
  g_autoptr (GError) error = NULL;
  ClaimedDevice *held;

  seat->wish = seat->description != NULL
                   ? device_match_for (wishes, count, seat->description, others, &seat->why)
                   : -1;
  if (seat->wish < 0) {
    set_state (seat, READER_STARTING, NULL, young_us);
    return;
  }
  if (!room) {
    set_state (seat, READER_FAILED,
               g_strdup_printf (_ ("%s: too many scanners at once"), seat->title),
               now_us + RETRY_US);
    return;
  }
  held = claimed_device_open (seat->device, seat->description, wishes[seat->wish].layout, &listener,
                              &error);
  if (held == NULL) {
    note_failure (seat, error, now_us);
    return;
  }
  set_held (seat, held);
  seat->taken_us = now_us;
  set_state (seat, READER_READY, NULL, G_MAXINT64);
}

void device_slot_mend (DeviceSlot *seat, gint64 now_us)
{
  gboolean lost;

  lock_take (&seat->shared->lock);
  lost = seat->shared->lost;
  seat->shared->lost = FALSE;
  lock_give (&seat->shared->lock);
  if (!lost || !device_slot_is_held (seat))
    return;
  device_slot_close (seat);
  seat->losses = now_us - seat->taken_us < STEADY_US ? seat->losses + 1 : 1;
  if (seat->losses < LOSSES_MAX)
    set_state (seat, READER_STARTING, NULL, now_us + AGAIN_US);
  else
    set_state (seat, READER_FAILED,
               g_strdup_printf (_ ("%s breaks off again and again: try another cable or socket"),
                                seat->title),
               now_us + RETRY_US);
}

void device_slot_close (DeviceSlot *seat)
{
  ClaimedDevice *held = seat->shared->held;

  set_held (seat, NULL);
  claimed_device_close (held);
}
