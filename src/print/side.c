#include "print/side.h"

#include "core/words.h"
#include "print/decide.h"
#include "print/job.h"

#include <string.h>

/* A sheet may be larger than its medium by MEDIA_TOLERANCE_MM, and smaller by the spare that media_choose() allows; and by a pixel for rounding. */
#define ROUNDING_PX 2
#define MM_PER_INCH 25.4

static guint32 rgb_at (const Side *side, guint x, guint y)
{
  const guint8 *row = side->pixels + y * side->stride;
  guint32 rgb;

  if (side->kind == SIDE_BITS)
    return (row[x / 8] & (0x80 >> (x % 8))) != 0 ? 0 : 0xffffff;
  memcpy (&rgb, row + x * 4, sizeof rgb);
  return rgb & 0xffffff;
}

/* The colour at a pixel of the medium; white beside the sheet. */
guint32 side_rgb (const SidePlaced *placed, int x, int y)
{
  const Side *side = placed->side;
  int u = x - placed->off_x, v = y - placed->off_y;

  if (placed->wish->rotated) {
    /* A quarter turn clockwise: the sheet's left edge comes to the top. */
    int turned = (int) side->height_px - 1 - u;
    u = v;
    v = turned;
  }
  return u < 0 || v < 0 || u >= (int) side->width_px || v >= (int) side->height_px ? 0xffffff : rgb_at (side, (guint) u, (guint) v);
}

guint8 side_luminance (guint32 rgb)
{
  return (guint8) ((((rgb >> 16) & 0xff) * 54 + ((rgb >> 8) & 0xff) * 183 + (rgb & 0xff) * 19) >> 8);
}

static gboolean is_off (guint sheet_px, guint medium_px, guint dpi)
{
  return sheet_px > medium_px + (guint) (MEDIA_TOLERANCE_MM * dpi / MM_PER_INCH) + ROUNDING_PX || sheet_px + (guint) (MEDIA_SPARE_MM * dpi / MM_PER_INCH) + ROUNDING_PX < medium_px;
}

/* Where a sheet of @sheet_px begins on a medium of @medium_px: in the middle; where the medium is a label with its gap, in the middle of what can be printed on, which is the label. */
static int begin_of (guint sheet_px, guint medium_px, guint page_px, guint page_begin_px, guint dpi)
{
  if (page_px > 0 && medium_px > sheet_px + (guint) (MEDIA_TOLERANCE_MM * dpi / MM_PER_INCH))
    return (int) page_begin_px + ((int) page_px - (int) sheet_px) / 2;
  return ((int) medium_px - (int) sheet_px) / 2;
}

gboolean side_place (const Wish *wish, const Side *side, SidePlaced *placed, GError **error)
{
  guint width = wish->rotated ? side->height_px : side->width_px, height = wish->rotated ? side->width_px : side->height_px;
  const WishHead *head = wish->head;

  if (is_off (width, head->medium_width_px, wish->dpi) || is_off (height, head->medium_height_px, wish->dpi)) {
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT, _("Pixels of %u × %u do not fit the medium's %u × %u (%u dpi)"), width, height, head->medium_width_px, head->medium_height_px, wish->dpi);
    return FALSE;
  }
  *placed = (SidePlaced){ wish, side, begin_of (width, head->medium_width_px, head->page.cupsWidth, head->left_px, wish->dpi),
                          begin_of (height, head->medium_height_px, head->page.cupsHeight, head->top_px, wish->dpi) };
  return TRUE;
}

SideBits *side_bits (const Wish *wish, const Side *side, GError **error)
{
  SidePlaced placed;
  SideBits *bits;

  if (!side_place (wish, side, &placed, error))
    return NULL;
  bits = g_new0 (SideBits, 1);
  bits->width_px = wish->head->medium_width_px;
  bits->height_px = wish->head->medium_height_px;
  bits->stride = (bits->width_px + 7) / 8;
  bits->rows = g_malloc0 (bits->stride * bits->height_px);
  for (guint y = 0; y < bits->height_px; y++)
    for (guint x = 0; x < bits->width_px; x++)
      if (side_luminance (side_rgb (&placed, (int) x, (int) y)) < 128)
        bits->rows[y * bits->stride + x / 8] |= (guint8) (0x80 >> (x % 8));
  return bits;
}

void side_bits_free (SideBits *bits)
{
  if (bits == NULL)
    return;
  g_free (bits->rows);
  g_free (bits);
}
