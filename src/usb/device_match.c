#include "usb/device_match.h"

#include "core/words.h"

#include <string.h>

G_DEFINE_QUARK (usb - error - quark, usb_error)

/* "05f9:2203". */
static gboolean read_id (DeviceMatch *match, const char *device)
{
  if (strlen (device) != 9 || device[4] != ':')
    return FALSE;
  for (guint i = 0; i < 9; i++)
    if (i != 4 && !g_ascii_isxdigit (device[i]))
      return FALSE;
  match->kind = USB_BY_ID;
  match->vendor = (guint16) g_ascii_strtoull (device, NULL, 16);
  match->product = (guint16) g_ascii_strtoull (device + 5, NULL, 16);
  return TRUE;
}

gboolean device_match_set (DeviceMatch *match, const char *name, const char *device,
                           const char *layout, GError **error)
{
  static const struct {
    const char *word;
    UsbWishKind kind;
  } CLASSES[] = { { "", USB_GUESS },
                  { "hid-pos", USB_HID_POS },
                  { "keyboard", USB_KEYBOARD },
                  { "serial", USB_SERIAL } };
  gboolean known = FALSE;

  *match = (DeviceMatch){ .kind = USB_GUESS };
  g_strlcpy (match->name, name, sizeof match->name);
  device = device != NULL ? device : "";
  for (guint i = 0; i < G_N_ELEMENTS (CLASSES); i++)
    if (strcmp (CLASSES[i].word, device) == 0) {
      match->kind = CLASSES[i].kind;
      known = TRUE;
    }
  if (!known && !read_id (match, device)) {
    g_set_error (error, USB_ERROR, USB_ERROR_MATCH,
                 _ ("reader %s: device “%s” is none: write vendor:product as lsusb shows it "
                    "(05f9:2203), hid-pos, keyboard or serial, or leave it out"),
                 name, device);
    return FALSE;
  }
  if (layout != NULL && layout[0] != '\0' && !keymap_layout_named (layout, &match->layout)) {
    g_set_error (error, USB_ERROR, USB_ERROR_MATCH,
                 _ ("reader %s: layout “%s” is not known: us, fr or de"), name, layout);
    return FALSE;
  }
  return TRUE;
}

/* The lower, the more precise. */
static guint precision (UsbWishKind kind)
{
  return kind == USB_BY_ID ? 0 : kind == USB_GUESS ? 2 : 1;
}

/* Of reasons not to take a device, the one that says most. */
static guint telling (UsbTaken why)
{
  static const guint WEIGHTS[] = { [USB_TAKEN] = 4,
                                   [USB_TAKEN_ONLY] = 3,
                                   [USB_TAKEN_NO_EVIDENCE] = 2,
                                   [USB_TAKEN_NOTHING] = 1,
                                   [USB_TAKEN_NOT_ASKED] = 0 };

  return WEIGHTS[why];
}

int device_match_for (const DeviceMatch *matches, guint count, const UsbDescription *device,
                      guint others, UsbTaken *why)
{
  int best = -1;

  *why = USB_TAKEN_NOT_ASKED;
  for (guint i = 0; i < count; i++) {
    UsbTaken taken
        = usb_guess_take (device, matches[i].kind, matches[i].vendor, matches[i].product, others);
    if (telling (taken) > telling (*why))
      *why = taken;
    if (taken == USB_TAKEN
        && (best < 0 || precision (matches[i].kind) < precision (matches[best].kind)))
      best = (int) i;
  }
  return best;
}
