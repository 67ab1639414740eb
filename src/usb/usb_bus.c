#include "usb/usb_bus.h"

#include "usb/keyboard.h"
#include "usb/hid_pos.h"

#include <string.h>
#include <unistd.h>

#define SYS_DEVICES "/sys/bus/usb/devices"
#define PORTS_MAX 7 /* USB 3.0, 8.9 */
#define STRING_BYTES_MAX 128
#define SUBCLASS_BOOT 1 /* HID 1.11, 4.2 */
#define PROTOCOL_KEYBOARD 1
#define SUBCLASS_ACM 2 /* CDC 1.2, PSTN subclass */
#define KEY_A 30       /* linux/input-event-codes.h */
#define KEY_Z 44
#define BUSTYPE_USB 3 /* linux/input.h */
#define BUSTYPE_VIRTUAL 6

void usb_description_free (UsbDescription *description)
{
  if (description == NULL)
    return;
  g_free (description->name);
  g_free (description);
}

/* "/sys/bus/usb/devices/1-2.3", or NULL for a root hub. */
static char *sys_path (libusb_device *device)
{
  guint8 ports[PORTS_MAX];
  int count = libusb_get_port_numbers (device, ports, PORTS_MAX);
  GString *path;

  if (count <= 0)
    return NULL;
  path = g_string_new (NULL);
  g_string_printf (path, SYS_DEVICES "/%u", libusb_get_bus_number (device));
  for (int i = 0; i < count; i++)
    g_string_append_printf (path, "%c%u", i == 0 ? '-' : '.', ports[i]);
  return g_string_free (path, FALSE);
}

/* A device's string is a stranger's: printable, bounded. */
static void append_string (GString *name, const char *path, const char *attribute)
{
  g_autofree char *file = g_build_filename (path, attribute, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return;
  g_strstrip (text);
  if (text[0] != '\0' && name->len > 0)
    g_string_append_c (name, ' ');
  for (const char *at = text; *at != '\0' && name->len < STRING_BYTES_MAX;
       at += g_utf8_skip[(guchar) *at])
    if (g_unichar_isprint (g_utf8_get_char (at)))
      g_string_append_unichar (name, g_utf8_get_char (at));
}

/* The report descriptor that the kernel has read, or NULL. */
static HidLayout *sys_layout (const char *path, guint8 configuration, guint8 interface)
{
  g_autofree char *folder
      = g_strdup_printf ("%s/%s:%u.%u", path, strrchr (path, '/') + 1, configuration, interface);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;

  while (entries != NULL && (entry = g_dir_read_name (entries)) != NULL) {
    g_autofree char *file = g_build_filename (folder, entry, "report_descriptor", NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    if (g_str_has_prefix (entry, "0003:") && g_file_get_contents (file, &bytes, &length, NULL))
      return hid_parse ((const guint8 *) bytes, length, NULL);
  }
  return NULL;
}

int usb_bus_kind_of (const HidLayout *layout)
{
  if (hid_pos_fits (layout))
    return CHANNEL_POS;
  return keyboard_fits (layout) ? CHANNEL_KEYBOARD : -1;
}

/* Where a descriptor is cut off behind its interface, libusb counts endpoints that it has
 * not. */
static const struct libusb_endpoint_descriptor *in_endpoint (
    const struct libusb_interface_descriptor *interface, guint8 type)
{
  for (guint8 i = 0; interface->endpoint != NULL && i < interface->bNumEndpoints; i++) {
    const struct libusb_endpoint_descriptor *endpoint = &interface->endpoint[i];
    if ((endpoint->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == LIBUSB_ENDPOINT_IN
        && (endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) == type
        && (endpoint->wMaxPacketSize & 0x7FF) > 0)
      return endpoint;
  }
  return NULL;
}

/* What the HID descriptor says of the report descriptor's length (HID 1.11, 6.2.1); 0 for
 * nothing. */
static guint16 report_bytes (const struct libusb_interface_descriptor *interface)
{
  const guint8 *extra = interface->extra;
  int left = interface->extra_length;

  while (left >= 2 && extra[0] >= 2 && extra[0] <= left) {
    if (extra[1] == LIBUSB_DT_HID && extra[0] >= 9 && extra[6] == LIBUSB_DT_REPORT)
      return (guint16) (extra[7] | extra[8] << 8);
    left -= extra[0];
    extra += extra[0];
  }
  return 0;
}

static void describe_hid (UsbDescription *description, const char *path,
                          const struct libusb_config_descriptor *configuration,
                          const struct libusb_interface_descriptor *interface)
{
  const struct libusb_endpoint_descriptor *endpoint
      = in_endpoint (interface, LIBUSB_TRANSFER_TYPE_INTERRUPT);
  g_autoptr (HidLayout) layout
      = sys_layout (path, configuration->bConfigurationValue, interface->bInterfaceNumber);
  gboolean boot = interface->bInterfaceSubClass == SUBCLASS_BOOT
                  && interface->bInterfaceProtocol == PROTOCOL_KEYBOARD;
  int laid = layout != NULL ? usb_bus_kind_of (layout) : -1;
  /* Whatever else its descriptor says (a vendor's page), it speaks the boot protocol. */
  int kind = laid >= 0 ? laid : boot ? CHANNEL_KEYBOARD : -1;
  guint8 lights;
  gsize lights_bytes;

  description->hid = TRUE;
  /* Without the kernel's copy, a HID interface of no class may be a scanner's of these
   * makers: looked at when it is taken. */
  if (layout == NULL && kind < 0 && interface->bInterfaceSubClass == 0
      && usb_guess_is_scanner (description)
      && !usb_guess_is_mute (description->vendor, description->product))
    kind = CHANNEL_POS;
  if (kind < 0 || endpoint == NULL || description->count == USB_PARTS_MAX)
    return;
  description->parts[description->count++] = (UsbPart){
    .kind = (ChannelKind) kind,
    .interface = interface->bInterfaceNumber,
    .data_interface = interface->bInterfaceNumber,
    .endpoint = endpoint->bEndpointAddress,
    .packet = endpoint->wMaxPacketSize & 0x7FF,
    .report_bytes = report_bytes (interface),
    .boot = boot,
    .leds
    = kind == CHANNEL_KEYBOARD && (laid < 0 || keyboard_lights (layout, &lights, &lights_bytes)),
  };
}

/* A CDC-ACM control interface; its data interface is the next one of class data (CDC 1.2,
 * 3.3; PSTN 1.2). */
static void describe_serial (UsbDescription *description,
                             const struct libusb_config_descriptor *configuration, guint8 at)
{
  const struct libusb_interface_descriptor *control = configuration->interface[at].altsetting;

  for (guint8 i = (guint8) (at + 1); i < configuration->bNumInterfaces; i++) {
    const struct libusb_interface_descriptor *data = configuration->interface[i].altsetting;
    const struct libusb_endpoint_descriptor *endpoint
        = configuration->interface[i].num_altsetting > 0
              ? in_endpoint (data, LIBUSB_TRANSFER_TYPE_BULK)
              : NULL;
    if (endpoint == NULL || data->bInterfaceClass != LIBUSB_CLASS_DATA
        || description->count == USB_PARTS_MAX)
      continue;
    description->parts[description->count++] = (UsbPart){
      .kind = CHANNEL_SERIAL,
      .interface = control->bInterfaceNumber,
      .data_interface = data->bInterfaceNumber,
      .endpoint = endpoint->bEndpointAddress,
      .packet = endpoint->wMaxPacketSize & 0x7FF,
    };
    return;
  }
}

static void describe_interfaces (UsbDescription *description, const char *path,
                                 const struct libusb_config_descriptor *configuration)
{
  for (guint8 i = 0; i < configuration->bNumInterfaces; i++) {
    const struct libusb_interface_descriptor *interface = configuration->interface[i].altsetting;
    if (configuration->interface[i].num_altsetting == 0)
      continue;
    if (interface->bInterfaceClass == LIBUSB_CLASS_HID)
      describe_hid (description, path, configuration, interface);
    else if (interface->bInterfaceClass == LIBUSB_CLASS_COMM
             && interface->bInterfaceSubClass == SUBCLASS_ACM)
      describe_serial (description, configuration, i);
    else if (interface->bInterfaceClass != LIBUSB_CLASS_DATA)
      description->other = TRUE;
  }
}

UsbDescription *usb_bus_describe (libusb_device *device)
{
  g_autoptr (UsbDescription) description = g_new0 (UsbDescription, 1);
  struct libusb_device_descriptor head;
  struct libusb_config_descriptor *configuration;
  g_autofree char *path = sys_path (device);
  GString *name;

  if (path == NULL || libusb_get_device_descriptor (device, &head) != 0
      || head.bDeviceClass == LIBUSB_CLASS_HUB
      || libusb_get_active_config_descriptor (device, &configuration) != 0)
    return NULL;
  name = g_string_new (NULL);
  append_string (name, path, "manufacturer");
  append_string (name, path, "product");
  description->name = g_string_free (name, FALSE);
  description->vendor = head.idVendor;
  description->product = head.idProduct;
  description->bus = libusb_get_bus_number (device);
  description->address = libusb_get_device_address (device);
  describe_interfaces (description, path, configuration);
  libusb_free_config_descriptor (configuration);
  return description->count > 0 || description->hid
                 || usb_guess_is_mute (description->vendor, description->product)
             ? g_steal_pointer (&description)
             : NULL;
}

/* A bit map as sysfs writes it: words of the machine's length, hexadecimal, the highest
 * first. */
static gboolean has_bit (const char *bitmap, guint bit)
{
  g_auto (GStrv) words = g_strsplit (bitmap, " ", -1);
  guint per_word = GLIB_SIZEOF_LONG * 8, count = g_strv_length (words), word = bit / per_word;

  return word < count
         && (g_ascii_strtoull (words[count - 1 - word], NULL, 16) >> (bit % per_word) & 1) != 0;
}

guint usb_bus_other_keyboards (void)
{
  g_autoptr (GDir) entries = g_dir_open ("/sys/class/input", 0, NULL);
  guint count = 0;
  const char *entry;

  while (entries != NULL && (entry = g_dir_read_name (entries)) != NULL) {
    g_autofree char *keys_file
        = g_build_filename ("/sys/class/input", entry, "capabilities/key", NULL);
    g_autofree char *bus_file = g_build_filename ("/sys/class/input", entry, "id/bustype", NULL);
    g_autofree char *keys = NULL, *bus = NULL;
    guint64 type;
    if (!g_str_has_prefix (entry, "input") || !g_file_get_contents (keys_file, &keys, NULL, NULL)
        || !g_file_get_contents (bus_file, &bus, NULL, NULL))
      continue;
    type = g_ascii_strtoull (bus, NULL, 16);
    if (type != BUSTYPE_USB && type != BUSTYPE_VIRTUAL && has_bit (g_strstrip (keys), KEY_A)
        && has_bit (keys, KEY_Z))
      count++;
  }
  return count;
}

gboolean usb_bus_allowed (libusb_device *device)
{
  g_autofree char *node = g_strdup_printf ("/dev/bus/usb/%03u/%03u", libusb_get_bus_number (device),
                                           libusb_get_device_address (device));

  return access (node, R_OK | W_OK) == 0;
}

char *usb_bus_title (const UsbDescription *description)
{
  const char *maker = usb_guess_maker (description->vendor);
  const char *name = description->name[0] != '\0' ? description->name
                     : maker != NULL              ? maker
                                                  : "USB";

  return g_strdup_printf ("%s (%04x:%04x)", name, description->vendor, description->product);
}
