/* usb_mock.h: USB scanners that exist in memory only: umockdev gives libusb a sysfs,
 * udev's events and device nodes; what the kernel's usbfs does with its ioctls
 * (linux/usbdevice_fs.h) is done here.
 *
 * A mock is plugged in from the table of scanners.h, answers control requests as its kind
 * does, hands out what a test lets it send whenever libusb asks, and is pulled out: its
 * transfers come back as they do from the kernel. Its device node is a FIFO of ours, not
 * a file of umockdev's: libusb polls it for POLLOUT, and it is full while nothing can be
 * reaped. Everything runs in umockdev's thread; tests wait for conditions with
 * mock_wait().
 *
 * Programs that use it begin with mock_enter(), which starts them again with umockdev's
 * library preloaded.  */
#pragma once

#include "core/lock.h"
#include "devices/scanners.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

#define MOCK_PAGE 4096

/* What the scanner sends next, on an endpoint of its, 0 for whichever is asked first. */
typedef struct {
  GBytes *bytes;
  guint8 endpoint;
} MockReport;

/* A transfer that the reader has sent. */
typedef struct {
  UMockdevIoctlData *urb, *buffer;
} MockUrb;

typedef struct {
  UMockdevTestbed *bed;
  const Scanner *scanner;
  guint number; /* on bus 1 */
  gboolean raw; /* the kernel has no driver on it */
  char *node, *sys;
  char *fifo; /* the node, where it really is */
  int gate;
  gboolean open_gate;
  UMockdevIoctlBase *handler;
  Lock lock; /* for what follows */
  Wake wake;
  GQueue *waiting, *done; /* MockUrb */
  GQueue *to_send;        /* MockReport */
  gboolean pulled;
  gboolean busy;         /* another program holds it */
  gboolean stubborn;     /* refuses its report descriptor */
  gboolean mute;         /* answers no control request */
  int status;            /* of transfers that come back without data: 0 for none */
  guint open, forgotten; /* how often its node is; and how often umockdev has forgotten a socket, as
                            it does for every open() that is refused */
  guint claims, releases, attached, requests, reaped;
  guint32 requests_seen;          /* a bit for each class request (SET_IDLE …) */
  gint64 *sent_us;                /* where the time of the last answer to a reap goes */
  const ScannerBytes *descriptor; /* instead of the scanner's own */
} Mock;

static inline void mock_hush (const char *domain, GLogLevelFlags level, const char *message,
                              gpointer data)
{
}

/* Starts the program again under umockdev, with a sanitizer's library before it: they
 * insist on being the first. */
static inline void mock_enter (char **argv)
{
  g_autofree char *maps = NULL, *preload = NULL, *sanitizer = NULL;
  g_auto (GStrv) lines = NULL;

  g_log_set_handler ("umockdev", G_LOG_LEVEL_DEBUG, mock_hush, NULL);
  g_log_set_handler (NULL, G_LOG_LEVEL_DEBUG, mock_hush, NULL);
  if (g_getenv ("MOCK_ENTERED")
      != NULL) /* umockdev_in_mock_environment() would remember its answer of before the testbed */
    return;
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL && sanitizer == NULL; i++)
    if (strstr (lines[i], "/libasan.so") != NULL || strstr (lines[i], "/libtsan.so") != NULL)
      sanitizer = g_strdup (strchr (lines[i], '/'));
  preload = g_strdup_printf ("%s%slibumockdev-preload.so.0", sanitizer != NULL ? sanitizer : "",
                             sanitizer != NULL ? ":" : "");
  g_setenv ("LD_PRELOAD", preload, TRUE);
  g_setenv ("MOCK_ENTERED", "1", TRUE);
  execv ("/proc/self/exe", argv);
  g_error ("execv: %s", g_strerror (errno));
}

/* Waits for a condition that other threads bring about. */
#define mock_wait(condition) patience_wait (condition)

/* The node --------------------------------------------------------------------------- */

/* Lets libusb's poll() see something to reap, or not. The FIFO holds one page: full or
 * empty. */
static inline void mock_set_gate (Mock *mock, gboolean open)
{
  char page[MOCK_PAGE] = { 0 };

  if (mock->open_gate == open)
    return;
  mock->open_gate = open;
  g_assert_cmpint (open ? read (mock->gate, page, sizeof page)
                        : write (mock->gate, page, sizeof page),
                   ==, MOCK_PAGE);
}

static inline void mock_free_urb (MockUrb *urb)
{
  g_clear_object (&urb->buffer);
  g_clear_object (&urb->urb);
  g_free (urb);
}

static inline struct usbdevfs_urb *mock_urb (MockUrb *urb)
{
  return (struct usbdevfs_urb *) (gpointer) urb->urb->data;
}

/* With the lock: @urb can be reaped. */
static inline void mock_finish (Mock *mock, MockUrb *urb, int status, const guint8 *bytes,
                                gsize length)
{
  struct usbdevfs_urb *what = mock_urb (urb);
  gsize head = what->type == USBDEVFS_URB_TYPE_CONTROL ? 8 : 0;
  gsize room = (gsize) what->buffer_length - head;

  if (length > room) {
    status = -EOVERFLOW;
    length = room;
  }
  if (length > 0)
    memcpy (urb->buffer->data + head, bytes, length);
  what->status = status;
  what->actual_length = (int) length;
  g_queue_push_tail (mock->done, urb);
}

static inline void mock_free_report (MockReport *report)
{
  g_bytes_unref (report->bytes);
  g_free (report);
}

/* With the lock: the transfer that @report is for, taken off those that wait; NULL if
 * none does. */
static inline MockUrb *mock_urb_for (Mock *mock, const MockReport *report)
{
  for (GList *at = mock->waiting->head; at != NULL; at = at->next) {
    MockUrb *urb = at->data;
    if (report->endpoint != 0 && mock_urb (urb)->endpoint != report->endpoint)
      continue;
    g_queue_delete_link (mock->waiting, at);
    return urb;
  }
  return NULL;
}

/* With the lock: gives what is to be sent to the transfers that wait for it. */
static inline void mock_pump (Mock *mock)
{
  MockUrb *urb;

  while ((mock->pulled || mock->status != 0) && !g_queue_is_empty (mock->waiting))
    mock_finish (mock, g_queue_pop_head (mock->waiting), mock->pulled ? -ESHUTDOWN : mock->status,
                 NULL, 0);
  while (!g_queue_is_empty (mock->to_send)
         && (urb = mock_urb_for (mock, g_queue_peek_head (mock->to_send))) != NULL) {
    MockReport *report = g_queue_pop_head (mock->to_send);
    gsize length;
    const guint8 *bytes = g_bytes_get_data (report->bytes, &length);
    mock_finish (mock, urb, 0, bytes, length);
    mock_free_report (report);
  }
  mock_set_gate (mock, !g_queue_is_empty (mock->done) || mock->pulled);
}

/* Ioctls, in umockdev's thread ------------------------------------------------------- */

/* A control request's answer. */
static inline void mock_answer (Mock *mock, MockUrb *urb)
{
  const guint8 *setup = urb->buffer->data;
  guint16 value = (guint16) (setup[2] | setup[3] << 8),
          index = (guint16) (setup[4] | setup[5] << 8),
          length = (guint16) (setup[6] | setup[7] << 8);
  const ScannerBytes *descriptor = mock->descriptor != NULL ? mock->descriptor
                                   : index < mock->scanner->count
                                       ? &mock->scanner->interfaces[index].descriptor
                                       : NULL;

  mock->requests++;
  if (setup[0] == 0x81 && setup[1] == 6 && value == 0x2200 && !mock->stubborn && descriptor != NULL
      && descriptor->length > 0)
    mock_finish (mock, urb, 0, descriptor->bytes, MIN (length, descriptor->length));
  else if (setup[0] == 0x21) {
    mock->requests_seen |= 1u << (setup[1] & 31);
    mock_finish (mock, urb, 0, NULL, 0);
    mock_urb (urb)->actual_length = length;
  } else
    mock_finish (mock, urb, -EPIPE, NULL, 0);
}

static inline int mock_submit (Mock *mock, UMockdevIoctlData *data)
{
  MockUrb *urb = g_new0 (MockUrb, 1);
  struct usbdevfs_urb *what = (struct usbdevfs_urb *) (gpointer) data->data;

  urb->urb = g_object_ref (data);
  urb->buffer = umockdev_ioctl_data_resolve (data, offsetof (struct usbdevfs_urb, buffer),
                                             (gsize) what->buffer_length, NULL);
  if (mock->pulled) {
    mock_free_urb (urb);
    return ENODEV;
  }
  if (what->type == USBDEVFS_URB_TYPE_CONTROL && !mock->mute)
    mock_answer (mock, urb);
  else
    g_queue_push_tail (mock->waiting, urb);
  mock_pump (mock);
  return 0;
}

static inline int mock_discard (Mock *mock, gulong address)
{
  for (GList *at = mock->waiting->head; at != NULL; at = at->next) {
    MockUrb *urb = at->data;
    if (urb->urb->client_addr != address)
      continue;
    g_queue_delete_link (mock->waiting, at);
    mock_finish (mock, urb, -ENOENT, NULL, 0);
    mock_pump (mock);
    return 0;
  }
  return EINVAL;
}

static inline int mock_reap (Mock *mock, UMockdevIoctlData *data)
{
  MockUrb *urb = g_queue_pop_head (mock->done);

  if (urb == NULL) {
    mock_pump (mock);
    return mock->pulled ? ENODEV : EAGAIN;
  }
  if (mock_urb (urb)->type != USBDEVFS_URB_TYPE_CONTROL)
    mock->reaped++;
  mock_pump (mock);
  umockdev_ioctl_data_set_ptr (data, 0, urb->urb);
  mock_free_urb (urb);
  return 0;
}

static inline int mock_do (Mock *mock, UMockdevIoctlClient *client, gulong request,
                           UMockdevIoctlData *data)
{
  switch (request) {
  case USBDEVFS_GET_CAPABILITIES:
    *(guint32 *) (gpointer) data->data = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION
                                         | USBDEVFS_CAP_NO_PACKET_SIZE_LIM
                                         | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    return 0;
  case USBDEVFS_DISCONNECT_CLAIM:
  case USBDEVFS_CLAIMINTERFACE:
    if (mock->pulled || mock->busy)
      return mock->pulled ? ENODEV : EBUSY;
    mock->claims++;
    return 0;
  case USBDEVFS_RELEASEINTERFACE:
    mock->releases++;
    return mock->pulled ? ENODEV : 0;
  case USBDEVFS_IOCTL: /* the kernel's driver comes back */
    mock->attached++;
    return mock->pulled ? ENODEV : 0;
  case USBDEVFS_CLEAR_HALT:
  case USBDEVFS_SETINTERFACE:
    return 0;
  case USBDEVFS_SUBMITURB:
    return mock_submit (mock, data);
  case USBDEVFS_DISCARDURB:
    return mock_discard (mock, *(gulong *) (gpointer) umockdev_ioctl_client_get_arg (client)->data);
  case USBDEVFS_REAPURB:
  case USBDEVFS_REAPURBNDELAY:
    return mock_reap (mock, data);
  default:
    return ENOTTY;
  }
}

static inline gboolean mock_on_ioctl (UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                                      gpointer user)
{
  Mock *mock = user;
  gulong request = umockdev_ioctl_client_get_request (client);
  gsize size = request >> _IOC_SIZESHIFT & ((1 << _IOC_SIZEBITS) - 1);
  UMockdevIoctlData *data
      = request != USBDEVFS_DISCARDURB && size > 0
            ? umockdev_ioctl_data_resolve (umockdev_ioctl_client_get_arg (client), 0, size, NULL)
            : NULL;
  int error;

  lock_take (&mock->lock);
  error = mock_do (mock, client, request, data);
  if (mock->sent_us != NULL && error == 0 && request == USBDEVFS_REAPURBNDELAY)
    *mock->sent_us = g_get_monotonic_time ();
  lock_give (&mock->lock);
  umockdev_ioctl_client_complete (client, error == 0 ? 0 : -1, error);
  g_clear_object (&data);
  return TRUE;
}

static inline void mock_on_close (gpointer user, GObject *client)
{
  Mock *mock = user;

  lock_take (&mock->lock);
  mock->open--;
  lock_give (&mock->lock);
}

/* (“client-vanished” is never emitted in umockdev 0.17.) */
static inline void mock_on_open (UMockdevIoctlBase *handler, UMockdevIoctlClient *client,
                                 gpointer user)
{
  Mock *mock = user;

  lock_take (&mock->lock);
  mock->open++;
  lock_give (&mock->lock);
  g_object_weak_ref (G_OBJECT (client), mock_on_close, mock);
}

#define mock_read(mock, field)                                                                     \
  ({                                                                                               \
    lock_take (&(mock)->lock);                                                                     \
    __auto_type mock_value = (mock)->field;                                                        \
    lock_give (&(mock)->lock);                                                                     \
    mock_value;                                                                                    \
  })

/* Plugging in and out ---------------------------------------------------------------- */

static inline void mock_append (GByteArray *bytes, guint count, ...)
{
  va_list values;

  va_start (values, count);
  for (guint i = 0; i < count; i++) {
    guint8 byte = (guint8) va_arg (values, int);
    g_byte_array_append (bytes, &byte, 1);
  }
  va_end (values);
}

/* Changes one to eight bytes of the configuration, but for lengths: the kernel hands out
 * no more than descriptors whose lengths fit (drivers/usb/core/config.c). */
static inline void mock_spoil (GByteArray *bytes, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint count = (guint) g_rand_int_range (random, 1, 9);

  for (guint i = 0; i < count; i++) {
    guint at = 18 + 9;
    while (at + bytes->data[at] < bytes->len && g_rand_int_range (random, 0, 4) > 0)
      at += bytes->data[at];
    bytes->data[at + (guint) g_rand_int_range (random, 1, bytes->data[at])]
        = (guint8) (g_rand_boolean (random) ? g_rand_int_range (random, 0, 10)
                                            : g_rand_int_range (random, 0, 256));
  }
}

/* Device, configuration, interface, HID and endpoint descriptors (USB 2.0, 9.6; HID 1.11,
 * 6.2.1), as sysfs has them. */
static inline GByteArray *mock_descriptors (const Scanner *scanner)
{
  GByteArray *bytes = g_byte_array_new ();

  mock_append (bytes, 18, 18, 1, 0, 2, 0, 0, 0, 64, scanner->vendor & 0xFF, scanner->vendor >> 8,
               scanner->product & 0xFF, scanner->product >> 8, 1, 0, 1, 2, 0, 1);
  mock_append (bytes, 9, 9, 2, 0, 0, scanner->count, 1, 0, 0x80, 50);
  for (guint i = 0; i < scanner->count; i++) {
    const ScannerInterface *interface = &scanner->interfaces[i];
    mock_append (bytes, 9, 9, 4, i, 0, interface->endpoint != 0 ? 1 : 0, interface->class_,
                 interface->subclass, interface->protocol, 0);
    if (interface->class_ == 3)
      mock_append (bytes, 9, 9, 0x21, 0x10, 0x01, 0, 1, 0x22, interface->descriptor.length & 0xFF,
                   interface->descriptor.length >> 8);
    if (interface->endpoint != 0)
      mock_append (bytes, 7, 7, 5, interface->endpoint, interface->bulk ? 2 : 3,
                   interface->packet & 0xFF, interface->packet >> 8, 1);
  }
  bytes->data[18 + 2] = (guint8) (bytes->len - 18);
  bytes->data[18 + 3] = (guint8) ((bytes->len - 18) >> 8);
  if (scanner->spoilt != 0)
    mock_spoil (bytes, scanner->spoilt);
  return bytes;
}

static inline void mock_append_hex (GString *text, const char *name, const guint8 *bytes,
                                    gsize length)
{
  g_string_append_printf (text, "H: %s=", name);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02X", bytes[i]);
  g_string_append_c (text, '\n');
}

/* Where the kernel's HID driver shows interface @index. */
static inline char *mock_hid_path (const Mock *mock, guint index)
{
  return g_strdup_printf ("%s/1-%u:1.%u/0003:%04X:%04X.%04X", mock->sys, mock->number, index,
                          mock->scanner->vendor, mock->scanner->product, mock->number * 16 + index);
}

/* The device in umockdev's form of a recording (umockdev-record --device): with its HID
 * interfaces known to the kernel, unless it is raw. */
static inline char *mock_recording (const Mock *mock)
{
  const Scanner *scanner = mock->scanner;
  GString *text = g_string_new (NULL);
  g_autoptr (GByteArray) descriptors = mock_descriptors (scanner);

  for (guint i = 0; i < scanner->count && !mock->raw; i++)
    if (scanner->interfaces[i].class_ == 3) {
      g_autofree char *hid = mock_hid_path (mock, i);
      g_string_append_printf (text, "P: %s\nE: SUBSYSTEM=hid\n", hid + 4);
      mock_append_hex (text, "report_descriptor", scanner->interfaces[i].descriptor.bytes,
                       scanner->interfaces[i].descriptor.length);
      g_string_append_c (text, '\n');
    }
  g_string_append_printf (text,
                          "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DEVNAME=%s\nE: "
                          "BUSNUM=001\nE: DEVNUM=%03u\n",
                          mock->sys + 4, mock->node, mock->number);
  g_string_append_printf (text,
                          "A: busnum=1\nA: devnum=%u\nA: speed=12\nA: bConfigurationValue=1\nA: "
                          "manufacturer=%s\nA: product=%s\n",
                          mock->number, scanner->maker, scanner->title);
  mock_append_hex (text, "descriptors", descriptors->data, descriptors->len);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* Plugs @scanner in as device @number of bus 1. @raw: the kernel has no driver on it. */
static inline Mock *mock_plug_full (UMockdevTestbed *bed, const Scanner *scanner, guint number,
                                    gboolean raw)
{
  Mock *mock = g_new0 (Mock, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = umockdev_testbed_get_root_dir (bed), *recording = NULL, *folder = NULL;

  mock->bed = g_object_ref (bed);
  mock->scanner = scanner;
  mock->number = number;
  mock->raw = raw;
  mock->node = g_strdup_printf ("/dev/bus/usb/001/%03u", number);
  mock->sys = g_strdup_printf ("/sys/devices/pci0000:00/usb1/1-%u", number);
  lock_init (&mock->lock);
  lock_wake_init (&mock->wake);
  mock->waiting = g_queue_new ();
  mock->done = g_queue_new ();
  mock->to_send = g_queue_new ();
  mock->handler = umockdev_ioctl_base_new ();
  g_signal_connect (mock->handler, "handle-ioctl", G_CALLBACK (mock_on_ioctl), mock);
  g_signal_connect (mock->handler, "client-connected", G_CALLBACK (mock_on_open), mock);
  umockdev_testbed_attach_ioctl (bed, mock->node, mock->handler, &error);
  g_assert_no_error (error);
  mock->fifo = g_build_filename (root, mock->node, NULL);
  folder = g_path_get_dirname (mock->fifo);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (mkfifo (mock->fifo, 0600), ==, 0);
  mock->gate = open (mock->fifo, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (mock->gate, >=, 0);
  g_assert_cmpint (fcntl (mock->gate, F_SETPIPE_SZ, MOCK_PAGE), ==, MOCK_PAGE);
  mock->open_gate = TRUE;
  mock_set_gate (mock, FALSE);
  recording = mock_recording (mock);
  umockdev_testbed_add_from_string (bed, recording, &error);
  g_assert_no_error (error);
  return mock;
}

static inline Mock *mock_plug (UMockdevTestbed *bed, ScannerModel model, guint number)
{
  return mock_plug_full (bed, &SCANNER[model], number, FALSE);
}

/* The cable is pulled: transfers come back, then udev tells of it. */
static inline void mock_pull (Mock *mock)
{
  lock_take (&mock->lock);
  mock->pulled = TRUE;
  mock_pump (mock);
  lock_give (&mock->lock);
  umockdev_testbed_uevent (mock->bed, mock->sys, "remove");
  for (guint i = 0; i < mock->scanner->count && !mock->raw; i++)
    if (mock->scanner->interfaces[i].class_ == 3) {
      g_autofree char *hid = mock_hid_path (mock, i);
      umockdev_testbed_remove_device (mock->bed, hid);
    }
  umockdev_testbed_remove_device (mock->bed, mock->sys);
  unlink (mock->fifo);
}

/* After mock_pull(), and when the reader closes it. */
static inline void mock_free (Mock *mock)
{
  mock_wait (mock_read (mock, open) <= mock->forgotten);
  umockdev_testbed_detach_ioctl (mock->bed, mock->node, NULL);
  lock_take (&mock->lock);
  g_queue_free_full (mock->waiting, (GDestroyNotify) mock_free_urb);
  g_queue_free_full (mock->done, (GDestroyNotify) mock_free_urb);
  g_queue_free_full (mock->to_send, (GDestroyNotify) mock_free_report);
  lock_give (&mock->lock);
  g_signal_handlers_disconnect_by_data (mock->handler, mock);
  g_object_unref (mock->handler);
  g_object_unref (mock->bed);
  close (mock->gate);
  lock_clear (&mock->lock);
  lock_wake_clear (&mock->wake);
  g_free (mock->node);
  g_free (mock->fifo);
  g_free (mock->sys);
  g_free (mock);
}

/* Sending ---------------------------------------------------------------------------- */

static inline void mock_send_on (Mock *mock, guint8 endpoint, const void *bytes, gsize length)
{
  MockReport *report = g_new (MockReport, 1);

  *report = (MockReport){ g_bytes_new (bytes, length), endpoint };
  lock_take (&mock->lock);
  g_queue_push_tail (mock->to_send, report);
  mock_pump (mock);
  lock_give (&mock->lock);
}

static inline void mock_send (Mock *mock, const void *bytes, gsize length)
{
  mock_send_on (mock, 0, bytes, length);
}
