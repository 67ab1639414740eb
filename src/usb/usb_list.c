#include "usb/usb_list.h"

#include "core/words.h"
#include "usb/usb_bus.h"

void usb_device_free (UsbDevice *device)
{
  if (device == NULL)
    return;
  g_free (device->name);
  g_free (device->reader);
  g_free (device->why);
  g_free (device);
}

char *usb_list_reason (UsbTaken why, const UsbDescription *device, const char *title)
{
  switch (why) {
  case USB_TAKEN_ONLY:
    return g_strdup_printf (_ ("%s is the only keyboard of this machine and is not taken by a "
                               "guess: if it is a scanner, write device=%04x:%04x for its reader"),
                            title, device->vendor, device->product);
  case USB_TAKEN_NO_EVIDENCE:
    return g_strdup_printf (_ ("nothing says that %s is a scanner: if it is one, write "
                               "device=%04x:%04x for its reader"),
                            title, device->vendor, device->product);
  case USB_TAKEN_NOTHING:
    return g_strdup_printf (_ ("%s sends nothing that could be read: set the scanner to USB "
                               "keyboard, USB serial (CDC) or HID POS"),
                            title);
  case USB_TAKEN_NOT_ASKED:
    return g_strdup (_ ("no reader asks for it"));
  case USB_TAKEN:
  default:
    return g_strdup ("");
  }
}

char *usb_list_denied (const char *title)
{
  return g_strdup_printf (
      _ ("%s may not be opened: install systemd/60-accueil-scanners.rules in /etc/udev/rules.d, "
         "see that this user is in the group accueil, and plug it in again; a scanner that the "
         "rule does not know needs a line of its own there"),
      title);
}

static const char *kind_of (const UsbDescription *description)
{
  if (usb_guess_has (description, CHANNEL_POS))
    return "hid-pos";
  if (usb_guess_has (description, CHANNEL_SERIAL))
    return "serial";
  if (usb_guess_has (description, CHANNEL_KEYBOARD))
    return "keyboard";
  return description->hid ? "hid" : "other";
}

static UsbDevice *judge (libusb_device *device, const UsbDescription *description,
                         const DeviceMatch *matches, guint count, guint others)
{
  UsbDevice *judged = g_new0 (UsbDevice, 1);
  g_autofree char *title = usb_bus_title (description);
  const char *maker = usb_guess_maker (description->vendor);
  UsbTaken why;
  int match = device_match_for (matches, count, description, others, &why);

  judged->vendor = description->vendor;
  judged->product = description->product;
  judged->bus = description->bus;
  judged->address = description->address;
  judged->name = g_strdup (description->name[0] != '\0' ? description->name
                           : maker != NULL              ? maker
                                                        : "");
  judged->kind = kind_of (description);
  judged->allowed = usb_bus_allowed (device);
  judged->reader = g_strdup (match >= 0 ? matches[match].name : "");
  judged->why = match < 0         ? usb_list_reason (why, description, title)
                : judged->allowed ? g_strdup ("")
                                  : usb_list_denied (title);
  return judged;
}

static gint by_place (gconstpointer a, gconstpointer b)
{
  const UsbDevice *const *left = a, *const *right = b;

  return ((*left)->bus << 8 | (*left)->address) - ((*right)->bus << 8 | (*right)->address);
}

GPtrArray *usb_devices_list (const DeviceMatch *matches, guint count, GError **error)
{
  static const DeviceMatch GUESS = { .name = "usb", .kind = USB_GUESS };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) usb_device_free);
  g_autoptr (GPtrArray) described
      = g_ptr_array_new_with_free_func ((GDestroyNotify) usb_description_free);
  libusb_context *context = NULL;
  libusb_device **devices = NULL;
  guint keyboards = usb_bus_other_keyboards ();
  int result = libusb_init (&context);
  gssize found = result == 0 ? libusb_get_device_list (context, &devices) : result;

  if (found < 0 || devices == NULL) {
    g_set_error (error, USB_ERROR, USB_ERROR_BUS, _ ("this machine's USB cannot be used: %s"),
                 libusb_strerror ((int) found));
    if (result == 0)
      libusb_exit (context);
    return NULL;
  }
  for (gssize i = 0; i < found; i++) {
    UsbDescription *description = usb_bus_describe (devices[i]);
    g_ptr_array_add (described, description);
    keyboards += description != NULL && usb_guess_has (description, CHANNEL_KEYBOARD)
                         && !usb_guess_is_scanner (description)
                     ? 1
                     : 0;
  }
  for (gssize i = 0; i < found; i++) {
    const UsbDescription *description = g_ptr_array_index (described, (guint) i);
    if (description == NULL)
      continue;
    guint itself
        = usb_guess_has (description, CHANNEL_KEYBOARD) && !usb_guess_is_scanner (description) ? 1
                                                                                               : 0;
    g_ptr_array_add (list, judge (devices[i], description, count > 0 ? matches : &GUESS,
                                  MAX (count, 1), keyboards - itself));
  }
  libusb_free_device_list (devices, 1);
  libusb_exit (context);
  g_ptr_array_sort (list, by_place);
  return g_steal_pointer (&list);
}
