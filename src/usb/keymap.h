/* keymap.h: what a key of a USB keyboard means in a keyboard layout.
 *
 * A keyboard-type scanner is set up for one layout and presses the keys that would type
 * its code there. The tables are our own: neither the system's keymap nor an input method
 * has a say. Usages are those of the HID Usage Tables, page 0x07; layouts are those of
 * Windows (KBDUS, KBDFR, KBDGR), which scanners' manuals call “USA”, “France” and
 * “Germany”.
 *
 * Must not know: reports, devices, time.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef enum { KEYMAP_US, KEYMAP_FR, KEYMAP_DE } KeysLayout;
#define KEYMAP_LAYOUTS 3

/* "us", "fr", "de". */
const char *keymap_layout_name (KeysLayout layout);
/* FALSE if @name is none of these. */
gboolean keymap_layout_named (const char *name, KeysLayout *layout);

/* Bits of the modifier byte: usages 0xE0 … 0xE7. */
enum {
  KEYMAP_LEFT_CTRL = 1,
  KEYMAP_LEFT_SHIFT = 2,
  KEYMAP_LEFT_ALT = 4,
  KEYMAP_LEFT_GUI = 8,
  KEYMAP_RIGHT_CTRL = 16,
  KEYMAP_RIGHT_SHIFT = 32,
  KEYMAP_RIGHT_ALT = 64, /* AltGr */
  KEYMAP_RIGHT_GUI = 128,
};

enum {
  KEYMAP_USAGE_ROLLOVER = 0x01, /* to 0x03: errors, no keys */
  KEYMAP_USAGE_ENTER = 0x28,
  KEYMAP_USAGE_TAB = 0x2B,
  KEYMAP_USAGE_CAPS_LOCK = 0x39,
  KEYMAP_USAGE_PAD_ENTER = 0x58,
  KEYMAP_USAGE_PAD_1 = 0x59, /* to 0x62: 1 … 9, 0 */
  KEYMAP_USAGE_PAD_0 = 0x62,
  KEYMAP_USAGE_LEFT_CTRL = 0xE0, /* to 0xE7: the modifiers, in the order of their bits */
  KEYMAP_USAGE_LEFT_ALT = 0xE2,
};

/* The character that the key types, 0 for none (function keys, arrows …). Enter is '\r',
 * Tab '\t'; Ctrl with a letter gives its control character. *@dead: the character is a
 * dead key's accent, which waits for its letter. */
gunichar keymap_character (KeysLayout layout, guint usage, guint8 modifiers, gboolean caps,
                           gboolean *dead);
/* The letter with the dead key's accent, the accent itself for a space; 0 if they make no
 * character together. */
gunichar keymap_compose (gunichar accent, gunichar letter);
/* What Alt with the digits of the number pad types: "065" by Windows-1252, "65" by the
 * layout's DOS code page; Unicode above 255. 0 for none. */
gunichar keymap_of_number (KeysLayout layout, const char *digits);
