#include "scan/reader.h"

const char *reader_state_name (ReaderState state)
{
  static const char *const NAMES[]
      = { "starting", "ready", "unplugged", "denied", "failed", "ended" };

  return NAMES[state];
}

guint reader_append (GString *text, const char *bytes, gsize length)
{
  const char *at = bytes, *end = bytes + length;
  guint replaced = 0;

  while (at < end) {
    gunichar c = *at != '\0' ? g_utf8_get_char_validated (at, end - at) : 0;
    gboolean broken = c == (gunichar) -1 || c == (gunichar) -2;
    gboolean bad = broken || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
                   || c == 0x2028 || c == 0x2029;
    g_string_append_unichar (text, bad ? '?' : c);
    replaced += bad ? 1 : 0;
    at += broken ? 1 : g_utf8_skip[(guchar) *at];
  }
  return replaced;
}
