/* typing.h: the keyboard reports by which a keyboard-type scanner in a layout would type
 * a text, for tests. */
#pragma once

#include "usb/keymap.h"

#include <string.h>

/* The key that types @c without a dead key; FALSE if the layout has none. */
static inline gboolean typing_key (KeysLayout layout, gunichar c, guint8 *usage, guint8 *modifiers)
{
  static const guint8 MODIFIERS[] = { 0, KEYMAP_LEFT_SHIFT, KEYMAP_RIGHT_ALT };

  for (guint m = 0; m < G_N_ELEMENTS (MODIFIERS); m++)
    for (guint u = 4; u < 0x65; u++) {
      gboolean dead;
      if (u >= 0x53 && u <= 0x63) /* scanners type with the main keys */
        continue;
      if (keymap_character (layout, u, MODIFIERS[m], FALSE, &dead) != c || dead)
        continue;
      *usage = (guint8) u;
      *modifiers = MODIFIERS[m];
      return TRUE;
    }
  return FALSE;
}

/* Reports of the boot protocol's form, 8 bytes each: every key down and up again; @text
 * may hold '\r' and '\t'. Free with g_byte_array_unref(). */
static inline GByteArray *typing_reports (KeysLayout layout, const char *text)
{
  GByteArray *reports = g_byte_array_new ();

  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at]) {
    guint8 down[8] = { 0 }, up[8] = { 0 };
    g_assert_true (typing_key (layout, g_utf8_get_char (at), &down[2], &down[0]));
    g_byte_array_append (reports, down, sizeof down);
    g_byte_array_append (reports, up, sizeof up);
  }
  return reports;
}
