/* keyboard.h: what a keyboard-type scanner types, from the reports of its keyboard.
 *
 * Reports are those of its report descriptor (keys as an array or one bit a key, usage
 * page 0x07) or, without one, of the boot protocol (HID 1.11, appendix B.1). A key counts
 * when it goes down; several that go down in one report count in its order, one that
 * stands in it twice counts twice. Shift, AltGr, Ctrl, Caps Lock, dead keys and numbers
 * typed with Alt are followed as the layout has them (keymap.h).
 *
 * Must not know: USB, time, where a code ends.
 * Threads: a Keyboard belongs to one thread and calls its listener from it. Nothing here
 * blocks.  */
#pragma once

#include "usb/hid.h"
#include "usb/keymap.h"

typedef struct {
  /* A key went down; or the left Alt went up (usage KEYMAP_USAGE_LEFT_ALT), which ends a
   * number. May be NULL. */
  void (*key) (guint8 usage, guint8 modifiers, gboolean caps, gpointer data);
  /* A character was typed; '\r' and '\t' are Enter and Tab. */
  void (*character) (gunichar c, gpointer data);
  gpointer data;
} KeyboardListener;

typedef struct _Keyboard Keyboard;

/* TRUE if the layout has the keys of a keyboard or keypad. */
gboolean keyboard_fits (const HidLayout *layout);
/* FALSE if the keyboard has no lights. Else *@report is the id (0 for none) and *@bytes
 * the length, its id included, of the output report that lights them. */
gboolean keyboard_lights (const HidLayout *layout, guint8 *report, gsize *bytes);

/* @layout NULL: the boot protocol. Keeps nothing of @layout; NULL if it has no keys. */
Keyboard *keyboard_new (const HidLayout *layout, KeysLayout keys, const KeyboardListener *listener);
void keyboard_free (Keyboard *keyboard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keyboard, keyboard_free)
/* @report begins with its id where reports have one. FALSE if it is shorter than its
 * descriptor says; what is there counts. */
gboolean keyboard_report (Keyboard *keyboard, const guint8 *report, gsize length);

/* One key as the listener's key() told it. */
typedef struct {
  guint8 usage, modifiers;
} KeyboardStroke;
/* What the strokes would have typed in another layout: for finding out which one a
 * scanner is set to. @caps: Caps Lock is on when they begin. Free with g_free(). */
char *keyboard_text (const KeyboardStroke *strokes, gsize count, KeysLayout keys, gboolean caps);
/* @text as a scanner set to @scanner types it and a computer set to @host understands it.
 * Characters that @scanner cannot type are left out. Free with g_free(). */
char *keyboard_typed (const char *text, KeysLayout scanner, KeysLayout host, gboolean caps);
