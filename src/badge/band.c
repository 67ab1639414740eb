#include "badge/band.h"

#include <math.h>

#define EDGE_PT (0.35 * PT_PER_MM)
#define PERIOD_PT (2.6 * PT_PER_MM) /* of stripes, dots and bars */
#define CLEAR_PT (0.5 * PT_PER_MM)  /* white between pattern and panel */
#define STRIP_MIN_PT                                                                               \
  (2 * PT_PER_MM) /* of pattern above and below a panel: where it would be less, there is none */

typedef enum { TEXTURE_SOLID, TEXTURE_STRIPES, TEXTURE_DOTS, TEXTURE_BARS } Texture;

static void fill_box (cairo_t *cr, Box box, Colour colour)
{
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  cairo_fill (cr);
}

void band_draw_colour (cairo_t *cr, const BadgePage *page, Box band)
{
  fill_box (cr, band, page->band);
  if (page->band_dark)
    return;
  fill_box (cr, (Box){ band.x, band.y, band.width, EDGE_PT }, page_ink);
  fill_box (cr, (Box){ band.x, band.y + band.height - EDGE_PT, band.width, EDGE_PT }, page_ink);
}

/* Patterns --------------------------------------------------------------------------- */

static void stripes (cairo_t *cr, Box band)
{
  for (double x = band.x - band.height; x < band.x + band.width; x += PERIOD_PT) {
    cairo_move_to (cr, x, band.y + band.height);
    cairo_line_to (cr, x + band.height, band.y);
    cairo_line_to (cr, x + band.height + PERIOD_PT / 2, band.y);
    cairo_line_to (cr, x + PERIOD_PT / 2, band.y + band.height);
    cairo_close_path (cr);
  }
}

static void dots (cairo_t *cr, Box band)
{
  const double step = PERIOD_PT / 2;
  for (guint row = 0; row * step < band.height; row++)
    for (double x = band.x + (row % 2 ? 0 : step); x < band.x + band.width; x += PERIOD_PT)
      cairo_rectangle (cr, x, band.y + row * step, step, step);
}

static void bars (cairo_t *cr, Box band)
{
  for (double x = band.x; x < band.x + band.width; x += PERIOD_PT / 2)
    cairo_rectangle (cr, x, band.y, PERIOD_PT / 4, band.height);
}

static void draw_texture (cairo_t *cr, Texture texture, Box band)
{
  static void (*const textures[]) (cairo_t *, Box)
      = { [TEXTURE_STRIPES] = stripes, [TEXTURE_DOTS] = dots, [TEXTURE_BARS] = bars };
  fill_box (cr, band, texture == TEXTURE_SOLID ? page_ink : page_paper);
  if (texture == TEXTURE_SOLID)
    return;
  cairo_set_source_rgb (cr, page_ink.red, page_ink.green, page_ink.blue);
  textures[texture](cr, band);
  cairo_fill (cr);
  fill_box (cr, (Box){ band.x, band.y, band.width, EDGE_PT }, page_ink);
  fill_box (cr, (Box){ band.x, band.y + band.height - EDGE_PT, band.width, EDGE_PT }, page_ink);
}

static Box grown (Box box, double by)
{
  return (Box){ box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by };
}

/* On whole dots. */
static Box snapped (Box box, double px_per_pt)
{
  if (px_per_pt <= 0)
    return box;
  double left = round (box.x * px_per_pt), top = round (box.y * px_per_pt),
         right = round ((box.x + box.width) * px_per_pt),
         bottom = round ((box.y + box.height) * px_per_pt);
  return (Box){ left / px_per_pt, top / px_per_pt, (right - left) / px_per_pt,
                (bottom - top) / px_per_pt };
}

static Box panel_in (Box panel, Box band)
{
  if (MIN (panel.y - band.y, band.y + band.height - panel.y - panel.height) >= STRIP_MIN_PT)
    return panel;
  return (Box){ panel.x, band.y, panel.width, band.height };
}

void band_draw_pattern (cairo_t *cr, guint pattern, Box band, const GArray *panels,
                        double px_per_pt)
{
  Texture texture = (Texture) (pattern / 2 % 4);
  gboolean white = pattern % 2;
  band = snapped (band, px_per_pt);
  cairo_save (cr);
  cairo_set_antialias (cr, px_per_pt > 0 ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_DEFAULT);
  cairo_rectangle (cr, band.x, band.y, band.width, band.height);
  cairo_clip (cr);
  draw_texture (cr, texture, band);
  for (guint i = 0; i < panels->len; i++) {
    Box panel = snapped (panel_in (g_array_index (panels, Box, i), band), px_per_pt);
    if (texture != TEXTURE_SOLID)
      fill_box (cr, grown (panel, CLEAR_PT), page_paper);
    if (white && texture != TEXTURE_SOLID)
      fill_box (cr, panel, page_ink);
    fill_box (cr, white ? grown (panel, texture == TEXTURE_SOLID ? 0 : -EDGE_PT) : panel,
              white ? page_paper : page_ink);
  }
  cairo_restore (cr);
}
