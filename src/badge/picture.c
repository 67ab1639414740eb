#include "badge/picture.h"

#include <string.h>

static const guint8 PNG[]
    = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };

static guint big_endian (const guint8 *bytes, guint count)
{
  guint value = 0;
  while (count-- > 0)
    value = value << 8 | *bytes++;
  return value;
}

/* Frame headers are SOF0 to SOF15, but for three markers among them that are none. */
static gboolean is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean jpeg_size (const guint8 *bytes, gsize length, guint *width, guint *height)
{
  for (gsize at = 2; at + 9 <= length && bytes[at] == 0xff;) {
    guint8 marker = bytes[at + 1];
    if (is_frame (marker)) {
      *height = big_endian (bytes + at + 5, 2);
      *width = big_endian (bytes + at + 7, 2);
      return TRUE;
    }
    at += marker == 0xff ? 1 : 2 + (gsize) big_endian (bytes + at + 2, 2);
  }
  return FALSE;
}

gboolean picture_size (const guint8 *bytes, gsize length, guint *width, guint *height)
{
  if (length >= sizeof PNG + 8 && memcmp (bytes, PNG, sizeof PNG) == 0) {
    *width = big_endian (bytes + 16, 4);
    *height = big_endian (bytes + 20, 4);
    return TRUE;
  }
  return length > 4 && bytes[0] == 0xff && bytes[1] == 0xd8
         && jpeg_size (bytes, length, width, height);
}
