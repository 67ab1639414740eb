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
  DeviceSlot *slot = g_new0 (DeviceSlot, 1);

  slot->device = libusb_ref_device (device);
  slot->present = TRUE;
  slot->match = -1;
  slot->state = READER_STARTING;
  slot->since_us = now_us;
  slot->listener = *listener;
  slot->shared = g_new0 (struct _UsbSeatShared, 1);
  lock_init (&slot->shared->held_lock);
  lock_init (&slot->shared->lock);
  return slot;
}

void device_slot_free (DeviceSlot *slot)
{
  device_slot_close (slot);
  usb_description_free (slot->description);
  libusb_unref_device (slot->device);
  lock_clear (&slot->shared->held_lock);
  lock_clear (&slot->shared->lock);
  g_free (slot->shared);
  g_free (slot->title);
  g_free (slot->fault);
  g_free (slot);
}

/* From the events' thread, the last from the one that opens -------------------------- */

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  DeviceSlot *slot = data;

  slot->listener.code (slot, text, at_us, slot->listener.data);
}

static void on_raw (const UsbRaw *raw, gpointer data)
{
  DeviceSlot *slot = data;

  slot->listener.raw (slot, raw, slot->listener.data);
}

static void on_problem (ChannelProblem problem, gpointer data)
{
  DeviceSlot *slot = data;
  gboolean changed;

  lock_take (&slot->shared->lock);
  changed = slot->shared->problem != problem;
  slot->shared->problem = problem;
  lock_give (&slot->shared->lock);
  if (changed)
    slot->listener.changed (slot->listener.data);
}

static void on_lost (gpointer data)
{
  DeviceSlot *slot = data;

  lock_take (&slot->shared->lock);
  slot->shared->lost = TRUE;
  lock_give (&slot->shared->lock);
  slot->listener.changed (slot->listener.data);
}

static gboolean is_ending (gpointer data)
{
  DeviceSlot *slot = data;

  return slot->listener.ending (slot->listener.data);
}

gint64 device_slot_due_us (DeviceSlot *slot)
{
  gint64 due_us;

  lock_take (&slot->shared->held_lock);
  due_us = slot->shared->held != NULL ? claimed_device_due_us (slot->shared->held) : G_MAXINT64;
  lock_give (&slot->shared->held_lock);
  return due_us;
}

void device_slot_tick (DeviceSlot *slot, gint64 now_us)
{
  lock_take (&slot->shared->held_lock);
  if (slot->shared->held != NULL)
    claimed_device_tick (slot->shared->held, now_us);
  lock_give (&slot->shared->held_lock);
}

/* From the keeping thread ------------------------------------------------------------ */

static void set_held (DeviceSlot *slot, ClaimedDevice *held)
{
  lock_take (&slot->shared->held_lock);
  slot->shared->held = held;
  lock_give (&slot->shared->held_lock);
}

gboolean device_slot_is_held (DeviceSlot *slot)
{
  return slot->shared->held != NULL;
}

ChannelProblem device_slot_problem (DeviceSlot *slot)
{
  ChannelProblem problem;

  lock_take (&slot->shared->lock);
  problem = slot->shared->problem;
  lock_give (&slot->shared->lock);
  return problem;
}

void device_slot_describe (DeviceSlot *slot)
{
  if (device_slot_is_held (slot))
    return;
  usb_description_free (slot->description);
  slot->description = usb_bus_describe (slot->device);
  g_free (slot->title);
  slot->title = slot->description != NULL ? usb_bus_title (slot->description) : NULL;
}

static void set_state (DeviceSlot *slot, ReaderState state, char *fault, gint64 next_us)
{
  slot->state = state;
  g_free (slot->fault);
  slot->fault = fault;
  slot->next_us = next_us;
}

static void note_failure (DeviceSlot *slot, const GError *error, gint64 now_us)
{
  if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_GONE))
    set_state (slot, READER_STARTING, NULL, now_us + AGAIN_US);
  else if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_DENIED))
    set_state (slot, READER_DENIED, usb_list_denied (slot->title), now_us + RETRY_US);
  else if (g_error_matches (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_BUSY))
    set_state (slot, READER_DENIED, g_strdup (error->message), now_us + RETRY_US);
  else
    set_state (slot, READER_FAILED, g_strdup (error->message), now_us + RETRY_US);
}

void device_slot_try (DeviceSlot *slot, const DeviceMatch *matches, guint count, guint others,
                      gboolean room, gint64 now_us)
{
  ClaimedDeviceListener listener = { .code = on_code,
                                     .problem = on_problem,
                                     .raw = slot->listener.raw != NULL ? on_raw : NULL,
                                     .lost = on_lost,
                                     .ending = is_ending,
                                     .data = slot };
  gint64 young_us = now_us < slot->since_us + YOUNG_US ? now_us + YOUNG_LOOK_US : G_MAXINT64;
  g_autoptr (GError) error = NULL;
  ClaimedDevice *held;

  slot->match = slot->description != NULL
                    ? device_match_for (matches, count, slot->description, others, &slot->why)
                    : -1;
  if (slot->match < 0) {
    set_state (slot, READER_STARTING, NULL, young_us);
    return;
  }
  if (!room) {
    set_state (slot, READER_FAILED,
               g_strdup_printf (_ ("%s: too many scanners at once"), slot->title),
               now_us + RETRY_US);
    return;
  }
  held = claimed_device_open (slot->device, slot->description, matches[slot->match].layout,
                              &listener, &error);
  if (held == NULL) {
    note_failure (slot, error, now_us);
    return;
  }
  set_held (slot, held);
  slot->taken_us = now_us;
  set_state (slot, READER_READY, NULL, G_MAXINT64);
}

void device_slot_mend (DeviceSlot *slot, gint64 now_us)
{
  gboolean lost;

  lock_take (&slot->shared->lock);
  lost = slot->shared->lost;
  slot->shared->lost = FALSE;
  lock_give (&slot->shared->lock);
  if (!lost || !device_slot_is_held (slot))
    return;
  device_slot_close (slot);
  slot->losses = now_us - slot->taken_us < STEADY_US ? slot->losses + 1 : 1;
  if (slot->losses < LOSSES_MAX)
    set_state (slot, READER_STARTING, NULL, now_us + AGAIN_US);
  else
    set_state (slot, READER_FAILED,
               g_strdup_printf (_ ("%s breaks off again and again: try another cable or socket"),
                                slot->title),
               now_us + RETRY_US);
}

void device_slot_close (DeviceSlot *slot)
{
  ClaimedDevice *held = slot->shared->held;

  set_held (slot, NULL);
  claimed_device_close (held);
}
