#include "badge/bits.h"

/* Rec. 601, in 256ths. */
static guint luma (guint32 pixel)
{
  return (77 * (pixel >> 16 & 0xff) + 150 * (pixel >> 8 & 0xff) + 29 * (pixel & 0xff)) >> 8;
}

GBytes *bits_pack (cairo_surface_t *surface, guint *stride)
{
  cairo_surface_flush (surface);
  guint width = (guint) cairo_image_surface_get_width (surface),
        height = (guint) cairo_image_surface_get_height (surface), row = (width + 7) / 8;
  const guint8 *data = cairo_image_surface_get_data (surface);
  guint8 *bits = g_malloc0 ((gsize) row * height);

  for (guint y = 0; y < height; y++) {
    const guint32 *pixels
        = (const guint32 *) (gconstpointer) (data
                                             + (gsize) y
                                                   * (gsize) cairo_image_surface_get_stride (
                                                       surface));
    for (guint x = 0; x < width; x++)
      if (luma (pixels[x]) < BITS_BLACK_BELOW)
        bits[(gsize) row * y + x / 8] |= (guint8) (0x80 >> x % 8);
  }
  *stride = row;
  return g_bytes_new_take (bits, (gsize) row * height);
}
