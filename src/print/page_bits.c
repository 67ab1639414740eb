#include "print/page_bits.h"

#include "core/words.h"
#include "print/choose_format.h"
#include "print/printer_job.h"

#include <string.h>

/* A sheet may be larger than its medium by MEDIA_TOLERANCE_MM, and smaller by the spare
 * that media_choose() allows; and by a pixel for rounding. */
#define ROUNDING_PX 2
#define MM_PER_INCH 25.4

static guint32 rgb_at (const PageSide *side, guint x, guint y)
{
  const guint8 *row = side->pixels + y * side->stride;
  guint32 rgb;

  if (side->kind == PAGE_SIDE_BITS)
    return (row[x / 8] & (0x80 >> (x % 8))) != 0 ? 0 : 0xffffff;
  memcpy (&rgb, row + x * 4, sizeof rgb);
  return rgb & 0xffffff;
}

/* The colour at a pixel of the medium; white beside the sheet. */
guint32 page_bits_rgb (const PageSidePlaced *placed, int x, int y)
{
  const PageSide *side = placed->side;
  int u = x - placed->off_x, v = y - placed->off_y;

  if (placed->format->rotated) {
    /* A quarter turn clockwise: the sheet's left edge comes to the top. */
    int turned = (int) side->height_px - 1 - u;
    u = v;
    v = turned;
  }
  return u < 0 || v < 0 || u >= (int) side->width_px || v >= (int) side->height_px
             ? 0xffffff
             : rgb_at (side, (guint) u, (guint) v);
}

guint8 page_bits_luminance (guint32 rgb)
{
  return (guint8) ((((rgb >> 16) & 0xff) * 54 + ((rgb >> 8) & 0xff) * 183 + (rgb & 0xff) * 19)
                   >> 8);
}

static gboolean is_off (guint sheet_px, guint medium_px, guint dpi)
{
  return sheet_px > medium_px + (guint) (MEDIA_TOLERANCE_MM * dpi / MM_PER_INCH) + ROUNDING_PX
         || sheet_px + (guint) (MEDIA_SPARE_MM * dpi / MM_PER_INCH) + ROUNDING_PX < medium_px;
}

/* Where a sheet of @sheet_px begins on a medium of @medium_px: in the middle; where the
 * medium is a label with its gap, in the middle of what can be printed on, which is the
 * label. */
static int begin_of (guint sheet_px, guint medium_px, guint page_px, guint page_begin_px, guint dpi)
{
  if (page_px > 0 && medium_px > sheet_px + (guint) (MEDIA_TOLERANCE_MM * dpi / MM_PER_INCH))
    return (int) page_begin_px + ((int) page_px - (int) sheet_px) / 2;
  return ((int) medium_px - (int) sheet_px) / 2;
}

gboolean page_bits_place (const PrintFormat *format, const PageSide *side, PageSidePlaced *placed,
                          GError **error)
{
  guint width = format->rotated ? side->height_px : side->width_px,
        height = format->rotated ? side->width_px : side->height_px;
  const PrintFormatHead *head = format->head;

  if (is_off (width, head->medium_width_px, format->dpi)
      || is_off (height, head->medium_height_px, format->dpi)) {
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT,
                 _ ("Pixels of %u × %u do not fit the medium's %u × %u (%u dpi)"), width, height,
                 head->medium_width_px, head->medium_height_px, format->dpi);
    return FALSE;
  }
  *placed = (PageSidePlaced){
    format, side,
    begin_of (width, head->medium_width_px, head->page.cupsWidth, head->left_px, format->dpi),
    begin_of (height, head->medium_height_px, head->page.cupsHeight, head->top_px, format->dpi)
  };
  return TRUE;
}

static void set_bit (guint8 *row, int x, guint width)
{
  if (x >= 0 && x < (int) width)
    row[x / 8] |= (guint8) (0x80 >> (x % 8));
}

/* Bits of a byte that belong to a row of @width; what pads it may be anything. */
static guint8 byte_at (const guint8 *row, guint i, guint width)
{
  guint mask = i == width / 8 ? 0xff00u >> (width % 8) : 0xffu;

  return (guint8) (row[i] & mask);
}

void page_bits_shift_row (const guint8 *row, guint width, int shift, guint8 *to, guint to_width)
{
  for (guint i = 0; i < (width + 7) / 8; i++) {
    guint8 byte = byte_at (row, i, width);
    int x = (int) (8 * i) + shift;
    if (byte == 0)
      continue;
    if (x >= 0 && x + 16 <= (int) to_width) {
      to[x / 8] |= (guint8) (byte >> (x % 8));
      to[x / 8 + 1] |= (guint8) (byte << (8 - x % 8));
    } else
      for (int bit = 0; bit < 8; bit++)
        if ((byte & (0x80 >> bit)) != 0)
          set_bit (to, x + bit, to_width);
  }
}

static void place_bits (const PageSidePlaced *placed, PageBits *bits)
{
  const PageSide *side = placed->side;

  for (guint v = 0; v < side->height_px; v++) {
    const guint8 *row = side->pixels + v * side->stride;
    int y = placed->off_y + (int) v, x = placed->off_x + (int) (side->height_px - 1 - v);
    if (!placed->format->rotated && y >= 0 && y < (int) bits->height_px)
      page_bits_shift_row (row, side->width_px, placed->off_x,
                           bits->rows + (guint) y * bits->stride, bits->width_px);
    for (guint i = 0; placed->format->rotated && i < (side->width_px + 7) / 8; i++) {
      guint8 byte = byte_at (row, i, side->width_px);
      for (int bit = 0; byte != 0 && bit < 8; bit++) {
        y = placed->off_y + (int) (8 * i) + bit;
        if ((byte & (0x80 >> bit)) != 0 && y >= 0 && y < (int) bits->height_px)
          set_bit (bits->rows + (guint) y * bits->stride, x, bits->width_px);
      }
    }
  }
}

static void place_pixels (const PageSidePlaced *placed, PageBits *bits)
{
  for (guint y = 0; y < bits->height_px; y++)
    for (guint x = 0; x < bits->width_px; x++)
      if (page_bits_luminance (page_bits_rgb (placed, (int) x, (int) y)) < 128)
        set_bit (bits->rows + y * bits->stride, (int) x, bits->width_px);
}

PageBits *page_bits_make (const PrintFormat *format, const PageSide *side, GError **error)
{
  PageSidePlaced placed;
  PageBits *bits;

  if (!page_bits_place (format, side, &placed, error))
    return NULL;
  bits = g_new0 (PageBits, 1);
  bits->width_px = format->head->medium_width_px;
  bits->height_px = format->head->medium_height_px;
  bits->stride = (bits->width_px + 7) / 8;
  bits->rows = g_malloc0 (bits->stride * bits->height_px);
  if (side->kind == PAGE_SIDE_BITS)
    place_bits (&placed, bits);
  else
    place_pixels (&placed, bits);
  return bits;
}

void page_bits_free (PageBits *bits)
{
  if (bits == NULL)
    return;
  g_free (bits->rows);
  g_free (bits);
}
