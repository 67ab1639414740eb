#include "roster/biff.h"

#include "roster/import_fault.h"

#include <string.h>

#define RECORD_CONTINUE 0x003C

/* Flags of a text. */
#define WIDE 0x01 /* two bytes a character */
#define EXTENDED 0x04
#define RICH 0x08

void biff_start (Biff *biff, const guint8 *bytes, gsize length, gsize at)
{
  *biff = (Biff){ .bytes = bytes, .length = length, .next = MIN (at, length) };
}

/* The head of the record that comes next; FALSE if there is no whole one. */
static gboolean look (const Biff *biff, guint *type, gsize *size)
{
  const guint8 *head = biff->bytes + biff->next;
  if (biff->length - biff->next < 4)
    return FALSE;
  *type = head[0] | (guint) head[1] << 8;
  *size = head[2] | (gsize) head[3] << 8;
  return *size <= biff->length - biff->next - 4;
}

static void enter (Biff *biff, gsize size)
{
  biff->data = biff->bytes + biff->next + 4;
  biff->size = size;
  biff->used = 0;
  biff->next += 4 + size;
}

gboolean biff_next (Biff *biff)
{
  gsize size;
  if (!look (biff, &biff->type, &size))
    return FALSE;
  enter (biff, size);
  return TRUE;
}

/* On into the CONTINUE record that follows, if one does. */
static gboolean go_on (Biff *biff)
{
  guint type;
  gsize size;
  if (!look (biff, &type, &size) || type != RECORD_CONTINUE) {
    biff->damaged = TRUE;
    return FALSE;
  }
  enter (biff, size);
  return TRUE;
}

gsize biff_left (const Biff *biff)
{
  return biff->size - biff->used;
}

guint biff_u8 (Biff *biff)
{
  while (biff->used == biff->size)
    if (!go_on (biff))
      return 0;
  return biff->data[biff->used++];
}

guint biff_u16 (Biff *biff)
{
  guint low = biff_u8 (biff);
  return low | biff_u8 (biff) << 8;
}

guint32 biff_u32 (Biff *biff)
{
  guint32 low = biff_u16 (biff);
  return low | (guint32) biff_u16 (biff) << 16;
}

double biff_double (Biff *biff)
{
  double value;
  guint64 low = biff_u32 (biff), bits = low | (guint64) biff_u32 (biff) << 32;
  memcpy (&value, &bits, sizeof value);
  return value;
}

void biff_skip (Biff *biff, gsize count)
{
  for (gsize some; count > 0; count -= some) {
    while (biff->used == biff->size)
      if (!go_on (biff))
        return;
    some = MIN (count, biff_left (biff));
    biff->used += some;
  }
}

/* Texts ------------------------------------------------------------------------------ */

/* One unit of UTF-16; where the text goes on in another record, that says its width
 * again. */
static guint take_unit (Biff *biff, gboolean *wide)
{
  while (biff->used == biff->size) {
    if (!go_on (biff))
      return 0;
    *wide = biff_u8 (biff) & WIDE;
  }
  return *wide ? biff_u16 (biff) : biff_u8 (biff);
}

/* @high: the first half of a character that has come already, or 0. */
static void add_unit (GString *text, guint unit, guint *high)
{
  gboolean second = unit >= 0xDC00 && unit <= 0xDFFF;
  gunichar c = unit == 0 ? 1 : unit;
  if (*high != 0 && !second)
    g_string_append_unichar (text, 0xFFFD);
  if (second)
    c = *high != 0 ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
  *high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
  if (*high == 0 && text->len <= IMPORT_FIELD_BYTES_MAX)
    g_string_append_unichar (text, c);
}

void biff_text (Biff *biff, guint count, GString *text)
{
  guint flags = biff_u8 (biff), high = 0;
  gboolean wide = flags & WIDE;
  gsize runs = flags & RICH ? 4 * (gsize) biff_u16 (biff) : 0;
  gsize extension = flags & EXTENDED ? biff_u32 (biff) : 0;
  g_string_truncate (text, 0);
  for (guint i = 0; i < count && !biff->damaged; i++)
    add_unit (text, take_unit (biff, &wide), &high);
  if (high != 0)
    g_string_append_unichar (text, 0xFFFD);
  biff_skip (biff, runs + extension);
}
