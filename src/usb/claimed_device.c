#include "usb/claimed_device.h"

#include "core/lock.h"
#include "core/words.h"
#include "usb/keyboard.h"

#include <string.h>

#define SERIAL_BYTES 512 /* of one transfer */
#define BOOT_REPORT_BYTES 8
#define OVERFLOWS_MAX 16 /* in a row: then the device is given up */
#define CLOSE_WAIT_US (2 * G_USEC_PER_SEC)
#define LOOK_US                                                                                    \
  (50 * G_GINT64_CONSTANT (1000)) /* while waiting: between looks whether it is to be given up */
#define ANSWER_WAIT_US (4 * CLAIMED_DEVICE_REQUEST_MS * G_GINT64_CONSTANT (1000))

/* HID 1.11, 7.1 and 7.2; PSTN 1.2, 6.3. */
enum {
  HID_SET_REPORT = 0x09,
  HID_SET_IDLE = 0x0A,
  HID_SET_PROTOCOL = 0x0B,
  ACM_SET_LINE_CODING = 0x20,
  ACM_SET_CONTROL_LINE_STATE = 0x22
};
#define TO_INTERFACE (LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_CLASS | LIBUSB_RECIPIENT_INTERFACE)
#define REPORT_OUTPUT 0x0200
#define PROTOCOL_BOOT 0
#define DTR_AND_RTS 3

typedef struct {
  ClaimedDevice *held;
  Channel *channel;
  guint8 endpoint;
  struct libusb_transfer *transfers[CLAIMED_DEVICE_TRANSFERS];
  guint overflows;
  gboolean halted; /* the endpoint; only looked at when no transfer is under way */
} Flow;

struct _ClaimedDevice {
  libusb_device_handle *handle;
  ClaimedDeviceListener listener;
  guint8 claimed[2 * USB_PARTS_MAX];
  guint claims;
  Flow flows[USB_PARTS_MAX];
  guint count;
  gboolean started; /* a transfer was sent */
  Lock lock;        /* for what follows */
  Wake back;        /* a transfer is back */
  guint under_way;
  gboolean closing, lost;
};

G_DEFINE_QUARK (claimed - device - error - quark, claimed_device_error)

static gboolean fail (GError **error, int result, const char *title, const char *doing)
{
  if (result == LIBUSB_ERROR_ACCESS)
    g_set_error (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_DENIED,
                 _ ("%s may not be opened"), title);
  else if (result == LIBUSB_ERROR_BUSY)
    g_set_error (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_BUSY,
                 _ ("another program holds %s: end that program"), title);
  else if (result == LIBUSB_ERROR_NO_DEVICE)
    g_set_error (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_GONE, _ ("%s is unplugged"),
                 title);
  else
    g_set_error (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_FAILED,
                 _ ("%s: %s: %s: unplug it and plug it in again"), title, doing,
                 libusb_strerror (result));
  return FALSE;
}

/* Requests --------------------------------------------------------------------------- */

/* One request, answered in the events' thread. Whoever is last, asker or answer, frees
 * it. */
typedef struct {
  Lock lock;
  Wake answered;
  gboolean is_answered, is_left;
  enum libusb_transfer_status status;
  int length;
  guint8 bytes[LIBUSB_CONTROL_SETUP_SIZE + HID_DESCRIPTOR_BYTES_MAX];
} Request;

static void request_free (Request *request)
{
  lock_clear (&request->lock);
  lock_wake_clear (&request->answered);
  g_free (request);
}

static void LIBUSB_CALL on_answer (struct libusb_transfer *transfer)
{
  Request *request = transfer->user_data;
  gboolean left;

  lock_take (&request->lock);
  request->status = transfer->status;
  request->length = transfer->actual_length;
  request->is_answered = TRUE;
  left = request->is_left;
  lock_wake_one (&request->answered);
  lock_give (&request->lock);
  libusb_free_transfer (transfer);
  if (left)
    request_free (request);
}

static int result_of (enum libusb_transfer_status status, int length)
{
  switch (status) {
  case LIBUSB_TRANSFER_COMPLETED:
    return length;
  case LIBUSB_TRANSFER_TIMED_OUT:
    return LIBUSB_ERROR_TIMEOUT;
  case LIBUSB_TRANSFER_STALL:
    return LIBUSB_ERROR_PIPE;
  case LIBUSB_TRANSFER_NO_DEVICE:
    return LIBUSB_ERROR_NO_DEVICE;
  default:
    return LIBUSB_ERROR_IO;
  }
}

/* Until it is answered or the time is over; FALSE if it is not answered. Holds the
 * request's lock. */
static gboolean wait_for_answer (ClaimedDevice *held, Request *request,
                                 struct libusb_transfer *transfer)
{
  gint64 end_us = g_get_monotonic_time () + ANSWER_WAIT_US;
  gboolean given_up = FALSE;

  while (!request->is_answered && g_get_monotonic_time () < end_us) {
    lock_wake_wait_until (&request->answered, &request->lock, g_get_monotonic_time () + LOOK_US);
    if (request->is_answered || given_up || !held->listener.ending (held->listener.data))
      continue;
    libusb_cancel_transfer (transfer); /* the answer, which frees it, waits for this lock */
    given_up = TRUE;
  }
  return request->is_answered;
}

/* Sends @bytes, or fills them; the length that the device took or gave, or libusb's
 * error. libusb ends a request after its time; the longer wait is for a kernel that does
 * not. */
static int ask (ClaimedDevice *held, guint8 type, guint8 what, guint16 value, guint16 index,
                guint8 *bytes, guint16 length)
{
  Request *request = g_new0 (Request, 1);
  struct libusb_transfer *transfer = libusb_alloc_transfer (0);
  gboolean in = (type & LIBUSB_ENDPOINT_DIR_MASK) == LIBUSB_ENDPOINT_IN;
  int result = LIBUSB_ERROR_INTERRUPTED;

  lock_init (&request->lock);
  lock_wake_init (&request->answered);
  libusb_fill_control_setup (request->bytes, type, what, value, index, length);
  if (!in && length > 0)
    memcpy (request->bytes + LIBUSB_CONTROL_SETUP_SIZE, bytes, length);
  libusb_fill_control_transfer (transfer, held->handle, request->bytes, on_answer, request,
                                CLAIMED_DEVICE_REQUEST_MS);
  if (!held->listener.ending (held->listener.data))
    result = libusb_submit_transfer (transfer);
  if (result != 0) {
    libusb_free_transfer (transfer);
    request_free (request);
    return result;
  }
  lock_take (&request->lock);
  request->is_left = !wait_for_answer (held, request, transfer);
  if (request->is_left) {
    lock_give (&request->lock);
    return LIBUSB_ERROR_TIMEOUT;
  }
  result = result_of (request->status, request->length);
  if (in && result > 0)
    memcpy (bytes, request->bytes + LIBUSB_CONTROL_SETUP_SIZE, (gsize) result);
  lock_give (&request->lock);
  request_free (request);
  return result;
}

/* Reading ---------------------------------------------------------------------------- */

/* What a transfer brought; TRUE if it is to be sent again. */
static gboolean take (Flow *flow, const struct libusb_transfer *transfer)
{
  gint64 now_us = g_get_monotonic_time ();

  switch (transfer->status) {
  case LIBUSB_TRANSFER_COMPLETED:
    flow->overflows = 0;
    if (transfer->actual_length > 0)
      channel_feed (flow->channel, transfer->buffer, (gsize) transfer->actual_length, now_us);
    return TRUE;
  case LIBUSB_TRANSFER_OVERFLOW: /* more than the report descriptor says */
    flow->held->listener.problem (CHANNEL_LIES, flow->held->listener.data);
    return ++flow->overflows < OVERFLOWS_MAX;
  case LIBUSB_TRANSFER_TIMED_OUT:
    return TRUE;
  case LIBUSB_TRANSFER_STALL:
    flow->halted = TRUE;
    return FALSE;
  default:
    return FALSE;
  }
}

static void LIBUSB_CALL on_transfer (struct libusb_transfer *transfer)
{
  Flow *flow = transfer->user_data;
  ClaimedDevice *held = flow->held;
  gboolean again, tell;

  lock_take (&held->lock);
  again = !held->closing;
  lock_give (&held->lock);
  again = again && take (flow, transfer);
  lock_take (&held->lock);
  if (again && !held->closing && libusb_submit_transfer (transfer) == 0) {
    lock_give (&held->lock);
    return;
  }
  tell = !held->lost && !held->closing;
  held->lost = TRUE;
  lock_give (&held->lock);
  if (tell) {
    for (guint i = 0; i < held->count; i++)
      channel_drop (held->flows[i].channel);
    held->listener.lost (held->listener.data);
  }
  lock_take (&held->lock);
  held->under_way--;
  lock_wake_one (&held->back);
  lock_give (&held->lock);
}

static gboolean start (ClaimedDevice *held, Flow *flow, const UsbPart *part, gsize bytes,
                       const char *title, GError **error)
{
  gsize packet = MAX (part->packet, 1);
  gsize room = (bytes + packet - 1) / packet
               * packet; /* a device that sends a packet more than fits would break the transfer */

  for (guint i = 0; i < CLAIMED_DEVICE_TRANSFERS; i++) {
    struct libusb_transfer *transfer = libusb_alloc_transfer (0);
    int result;
    flow->transfers[i] = transfer;
    libusb_fill_bulk_transfer (transfer, held->handle, flow->endpoint, g_malloc (room), (int) room,
                               on_transfer, flow, 0);
    transfer->type
        = part->kind == CHANNEL_SERIAL ? LIBUSB_TRANSFER_TYPE_BULK : LIBUSB_TRANSFER_TYPE_INTERRUPT;
    lock_take (&held->lock);
    result = libusb_submit_transfer (transfer);
    held->under_way += result == 0 ? 1 : 0;
    lock_give (&held->lock);
    if (result != 0)
      return fail (error, result, title, _ ("reading"));
    held->started = TRUE;
  }
  return TRUE;
}

/* Opening ---------------------------------------------------------------------------- */

static gboolean claim (ClaimedDevice *held, guint8 interface, const char *title, GError **error)
{
  int result;

  for (guint i = 0; i < held->claims; i++)
    if (held->claimed[i] == interface)
      return TRUE;
  result = libusb_claim_interface (held->handle, interface);
  if (result != 0)
    return fail (error, result, title, _ ("taking it"));
  held->claimed[held->claims++] = interface;
  return TRUE;
}

static void set_lights (ClaimedDevice *held, guint8 interface, const HidLayout *layout)
{
  guint8 report, bytes[64] = { 0 };
  gsize length;

  if (!keyboard_lights (layout, &report, &length) || length > sizeof bytes)
    return;
  bytes[0] = report;
  ask (held, TO_INTERFACE, HID_SET_REPORT, (guint16) (REPORT_OUTPUT | report), interface, bytes,
       (guint16) length);
}

/* The report descriptor of an interface, or NULL with @error. */
static HidLayout *read_layout (ClaimedDevice *held, const UsbPart *part, const char *title,
                               GError **error)
{
  g_autofree guint8 *bytes = g_malloc (HID_DESCRIPTOR_BYTES_MAX);
  guint16 asked = part->report_bytes > 0 ? MIN (part->report_bytes, HID_DESCRIPTOR_BYTES_MAX)
                                         : HID_DESCRIPTOR_BYTES_MAX;
  int length
      = ask (held, LIBUSB_ENDPOINT_IN | LIBUSB_REQUEST_TYPE_STANDARD | LIBUSB_RECIPIENT_INTERFACE,
             LIBUSB_REQUEST_GET_DESCRIPTOR, LIBUSB_DT_REPORT << 8, part->interface, bytes, asked);
  HidLayout *layout;

  if (length < 0) {
    fail (error, length, title, _ ("asking for its report descriptor"));
    return NULL;
  }
  layout = hid_parse (bytes, (gsize) length, error);
  if (layout == NULL)
    g_prefix_error (error, "%s: ", title);
  return layout;
}

/* Sets up a HID interface: *@channel stays NULL if nothing on it scans. FALSE with @error
 * if it does not work. */
static gboolean set_up_hid (ClaimedDevice *held, const UsbPart *part, KeysLayout keys,
                            const ChannelListener *listener, Channel **channel, gsize *bytes,
                            const char *title, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HidLayout) layout = read_layout (held, part, title, &local);
  int kind;

  if (layout == NULL
      && (!part->boot
          || g_error_matches (local, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_GONE))) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  ask (held, TO_INTERFACE, HID_SET_IDLE, 0, part->interface, NULL, 0);
  if (layout == NULL || (part->boot && usb_bus_kind_of (layout) < 0)) {
    ask (held, TO_INTERFACE, HID_SET_PROTOCOL, PROTOCOL_BOOT, part->interface, NULL, 0);
    *bytes = BOOT_REPORT_BYTES;
    *channel = channel_new (CHANNEL_KEYBOARD, NULL, keys, listener);
    return TRUE;
  }
  kind = usb_bus_kind_of (layout);
  if (kind < 0)
    return TRUE;
  if (kind == CHANNEL_KEYBOARD)
    set_lights (held, part->interface, layout);
  *bytes = layout->input_bytes;
  *channel = channel_new ((ChannelKind) kind, layout, keys, listener);
  return TRUE;
}

/* 115,200 baud, 8 bits, no parity, 1 stop bit: what is at the other end of a USB cable
 * does not mind. Refusals do not matter either. */
static void set_up_serial (ClaimedDevice *held, const UsbPart *part)
{
  guint8 coding[] = { 0x00, 0xC2, 0x01, 0x00, 0, 0, 8 };

  ask (held, TO_INTERFACE, ACM_SET_LINE_CODING, 0, part->interface, coding, sizeof coding);
  ask (held, TO_INTERFACE, ACM_SET_CONTROL_LINE_STATE, DTR_AND_RTS, part->interface, NULL, 0);
}

static gboolean set_up (ClaimedDevice *held, const UsbPart *part, KeysLayout keys,
                        const char *title, GError **error)
{
  ChannelListener listener = { .code = held->listener.code,
                               .problem = held->listener.problem,
                               .raw = held->listener.raw,
                               .data = held->listener.data };
  Flow *flow = &held->flows[held->count];
  gsize bytes = SERIAL_BYTES;
  Channel *channel = NULL;

  if (!claim (held, part->interface, title, error)
      || !claim (held, part->data_interface, title, error))
    return FALSE;
  if (part->kind == CHANNEL_SERIAL) {
    set_up_serial (held, part);
    channel = channel_new (CHANNEL_SERIAL, NULL, keys, &listener);
  } else if (!set_up_hid (held, part, keys, &listener, &channel, &bytes, title, error))
    return FALSE;
  if (channel == NULL)
    return TRUE;
  *flow = (Flow){ .held = held, .channel = channel, .endpoint = part->endpoint };
  held->count++;
  return start (held, flow, part, MAX (bytes, 1), title, error);
}

ClaimedDevice *claimed_device_open (libusb_device *device, const UsbDescription *description,
                                    KeysLayout keys, const ClaimedDeviceListener *listener,
                                    GError **error)
{
  g_autoptr (ClaimedDevice) held = g_new0 (ClaimedDevice, 1);
  g_autofree char *title = usb_bus_title (description);
  g_autoptr (GError) first = NULL;
  int result;

  held->listener = *listener;
  lock_init (&held->lock);
  lock_wake_init (&held->back);
  result = libusb_open (device, &held->handle);
  if (result != 0) {
    fail (error, result, title, _ ("opening it"));
    return NULL;
  }
  libusb_set_auto_detach_kernel_driver (held->handle, 1);
  for (guint i = 0; i < description->count; i++) {
    g_autoptr (GError) local = NULL;
    if (set_up (held, &description->parts[i], keys, title, &local))
      continue;
    if (!g_error_matches (local, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_FAILED)
        && !g_error_matches (local, HID_ERROR, HID_ERROR_DESCRIPTOR)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    if (first == NULL)
      first = g_steal_pointer (&local);
  }
  if (held->started)
    return g_steal_pointer (&held);
  if (first != NULL)
    g_set_error_literal (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_FAILED, first->message);
  else
    g_set_error (error, CLAIMED_DEVICE_ERROR, CLAIMED_DEVICE_ERROR_FAILED,
                 _ ("%s sends nothing that could be read: set the scanner to USB keyboard, USB "
                    "serial (CDC) or HID POS"),
                 title);
  return NULL;
}

/* Closing ---------------------------------------------------------------------------- */

/* FALSE if a transfer did not come back: what it would write to must stay. */
static gboolean stop (ClaimedDevice *held)
{
  gint64 end_us = g_get_monotonic_time () + CLOSE_WAIT_US;
  gboolean all_back;

  lock_take (&held->lock);
  held->closing = TRUE;
  lock_give (&held->lock);
  for (guint i = 0; i < held->count; i++)
    for (guint j = 0; j < CLAIMED_DEVICE_TRANSFERS; j++)
      if (held->flows[i].transfers[j] != NULL)
        libusb_cancel_transfer (held->flows[i].transfers[j]);
  lock_take (&held->lock);
  while (held->under_way > 0 && lock_wake_wait_until (&held->back, &held->lock, end_us))
    ;
  all_back = held->under_way == 0;
  lock_give (&held->lock);
  return all_back;
}

static void free_flow (Flow *flow)
{
  channel_drop (flow->channel);
  channel_free (flow->channel);
  for (guint i = 0; i < CLAIMED_DEVICE_TRANSFERS; i++) {
    if (flow->transfers[i] == NULL)
      continue;
    g_free (flow->transfers[i]->buffer);
    libusb_free_transfer (flow->transfers[i]);
  }
}

void claimed_device_close (ClaimedDevice *held)
{
  gboolean all_back;

  if (held == NULL)
    return;
  all_back = held->handle == NULL || stop (held);
  for (guint i = 0; all_back && i < held->count; i++)
    if (held->flows[i].halted)
      libusb_clear_halt (held->handle, held->flows[i].endpoint);
  for (guint i = 0; i < held->claims; i++)
    libusb_release_interface (held->handle, held->claimed[i]);
  if (held->handle != NULL)
    libusb_close (held->handle);
  if (!all_back)
    return;
  for (guint i = 0; i < held->count; i++)
    free_flow (&held->flows[i]);
  lock_clear (&held->lock);
  lock_wake_clear (&held->back);
  g_free (held);
}

gint64 claimed_device_due_us (const ClaimedDevice *held)
{
  gint64 due_us = G_MAXINT64;

  for (guint i = 0; i < held->count; i++)
    due_us = MIN (due_us, channel_due_us (held->flows[i].channel));
  return due_us;
}

void claimed_device_tick (ClaimedDevice *held, gint64 now_us)
{
  for (guint i = 0; i < held->count; i++)
    channel_tick (held->flows[i].channel, now_us);
}
