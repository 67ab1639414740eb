#include "badge/draw.h"

#include "badge/icon.h"

#include "core/words.h"

#include <cairo-pdf.h>
#include <math.h>

#define HAIRLINE_PT (0.3 * PT_PER_MM)
#define STRIKE_PT (0.35 * PT_PER_MM)
#define WORD_EDGE_PT 0.9
#define STUB_PT (2 * PT_PER_MM) /* a shorter piece of line would look like dirt */
#define STRIKE_SHARE 0.2
#define CORNER_PT (0.8 * PT_PER_MM)

static void set_colour (cairo_t *cr, Colour colour)
{
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
}

static void set_paper (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
}

static void rounded (cairo_t *cr, Box box, double radius, double inset)
{
  double left = box.x + inset, top = box.y + inset, right = box.x + box.width - inset, bottom = box.y + box.height - inset;
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* A band that one bit of black would lose gets edges. */
static void draw_band (cairo_t *cr, const Page *page, Box box)
{
  set_colour (cr, page->band);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  cairo_fill (cr);
  if (!page->band_dark) {
    set_colour (cr, page_ink);
    cairo_rectangle (cr, box.x, box.y, box.width, STRIKE_PT);
    cairo_rectangle (cr, box.x, box.y + box.height - STRIKE_PT, box.width, STRIKE_PT);
    cairo_fill (cr);
  }
}

static void draw_ribbon (cairo_t *cr, const Page *page)
{
  set_paper (cr);
  rounded (cr, page->ribbon_box, CORNER_PT, 0);
  cairo_fill (cr);
  if (!page->band_dark) {
    set_colour (cr, page_ink);
    cairo_set_line_width (cr, STRIKE_PT);
    rounded (cr, page->ribbon_box, CORNER_PT, STRIKE_PT / 2);
    cairo_stroke (cr);
  }
}

static void slash (cairo_t *cr, Box box, double inset)
{
  cairo_move_to (cr, box.x + inset, box.y + box.height - inset);
  cairo_line_to (cr, box.x + box.width - inset, box.y + inset);
  cairo_stroke (cr);
}

/* Through the icon, with a white edge that keeps the two apart. */
static void strike_icon (cairo_t *cr, Box icon)
{
  set_paper (cr);
  cairo_set_line_width (cr, 2.2 * STRIKE_PT);
  slash (cr, icon, 0);
  set_colour (cr, page_ink);
  cairo_set_line_width (cr, STRIKE_PT);
  slash (cr, icon, 0);
}

/* From corner to corner, but not through the words if enough of the line is left beside them. */
static void strike_tile (cairo_t *cr, const Page *page, const Tile *tile)
{
  double left = tile->box.x + HAIRLINE_PT, right = tile->box.x + tile->box.width - HAIRLINE_PT, reach = left;
  cairo_set_line_width (cr, HAIRLINE_PT);
  slash (cr, tile->box, HAIRLINE_PT);
  for (guint i = 0; i < tile->n_lines; i++) {
    const Box *ink = &g_array_index (page->lines, Line, tile->first_line + i).ink;
    double from = ink->x - left < STUB_PT ? left : ink->x - WORD_EDGE_PT;
    reach = MAX (reach, ink->x + ink->width);
    cairo_rectangle (cr, from, ink->y - WORD_EDGE_PT, ink->x + ink->width + WORD_EDGE_PT - from, ink->height + 2 * WORD_EDGE_PT);
  }
  if (right - reach >= STRIKE_SHARE * tile->box.width) {
    set_paper (cr);
    cairo_fill (cr);
  }
  cairo_new_path (cr);
}

/* What a person has is a black tile; what not, an empty one, crossed out: the two differ in one bit as well as in print. */
static void draw_tile (cairo_t *cr, const Page *page, const Tile *tile)
{
  set_colour (cr, page_ink);
  if (tile->held) {
    rounded (cr, tile->box, CORNER_PT, 0);
    cairo_fill (cr);
    set_paper (cr);
    icon_draw (cr, tile->icon, tile->icon_box);
    return;
  }
  icon_draw (cr, tile->icon, tile->icon_box);
  if (tile->icon)
    strike_icon (cr, tile->icon_box);
  else
    strike_tile (cr, page, tile);
  set_colour (cr, page_ink);
  cairo_set_line_width (cr, HAIRLINE_PT);
  rounded (cr, tile->box, CORNER_PT, HAIRLINE_PT / 2);
  cairo_stroke (cr);
}

/* The nearest whole number of pixels; larger than the slot only as far as the room around it is free. On a coarse raster, where whole pixels would make the modules smaller
   than scanners need, the grid is given up. */
double draw_qr_module_pt (const Page *page, double px_per_pt)
{
  if (px_per_pt <= 0)
    return page->qr_module_pt;
  double up = ceil (page->qr_module_pt * px_per_pt) / px_per_pt, down = floor (page->qr_module_pt * px_per_pt + 1e-6) / px_per_pt;
  double beyond = (up - page->qr_module_pt) * page->qr->size;
  if (up - page->qr_module_pt < page->qr_module_pt - down && beyond + up * QR_QUIET_MODULES <= page->qr_clear_pt)
    return up;
  return down >= PAGE_QR_MODULE_MIN_MM * PT_PER_MM ? down : page->qr_module_pt;
}

/* One path, so that no viewer leaves white seams between modules. */
static void draw_qr (cairo_t *cr, const Page *page, Box slot, double px_per_pt)
{
  double module = draw_qr_module_pt (page, px_per_pt), side = module * page->qr->size, x = slot.x, y = slot.y + slot.height - side;
  if (px_per_pt > 0) {
    x = round (x * px_per_pt) / px_per_pt;
    y = round (y * px_per_pt) / px_per_pt;
  }
  double quiet = module * QR_QUIET_MODULES;
  set_paper (cr);
  cairo_rectangle (cr, x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet);
  cairo_fill (cr);
  set_colour (cr, page_ink);
  for (guint row = 0; row < page->qr->size; row++)
    for (guint column = 0; column < page->qr->size; column++) {
      guint start = column;
      while (column < page->qr->size && qr_is_dark (page->qr, column, row))
        column++;
      if (column > start)
        cairo_rectangle (cr, x + start * module, y + row * module, (column - start) * module, module);
    }
  cairo_fill (cr);
}

/* All but the art. On a raster, modules of the code are set on its grid; 0 for a vector page. */
static void draw_page (cairo_t *cr, const Page *page, double px_per_pt)
{
  BadgeTemplate *template_ = page->template_;
  if (page->qr)
    draw_qr (cr, page, template_slot (template_, SLOT_QR)->box, px_per_pt);
  const Slot *band = template_slot (template_, SLOT_CATEGORY_BAND);
  if (band->present)
    draw_band (cr, page, band->box);
  if (page->ribbon)
    draw_ribbon (cr, page);
  for (guint i = 0; i < page->tiles->len; i++)
    draw_tile (cr, page, &g_array_index (page->tiles, Tile, i));
  for (guint i = 0; i < page->lines->len; i++) {
    const Line *line = &g_array_index (page->lines, Line, i);
    cairo_set_source_rgb (cr, line->red, line->green, line->blue);
    font_set_show (template_fonts (template_), cr, line->shaped, line->size_pt, line->x, line->baseline);
  }
}

/* Sides ----------------------------------------------------------------------------------------------------------------------------------------------- */

GPtrArray *draw_compose_sides (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  BadgeTemplate *const templates[] = { sides & BADGE_FRONT ? template_ : NULL, sides & BADGE_BACK ? template_back (template_) : NULL };
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    Page *page = templates[i] ? page_compose (templates[i], content, error) : NULL;
    if (templates[i] && !page)
      return NULL;
    if (page)
      g_ptr_array_add (pages, page);
  }
  if (pages->len > 0)
    return g_steal_pointer (&pages);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, "%s", _("Cannot draw the back of the badge: its template has none (a file beside it whose name ends in .back.svg)"));
  return NULL;
}

gboolean draw_pdf_page (cairo_t *cr, const Page *page, GError **error)
{
  cairo_pdf_surface_set_size (cairo_get_target (cr), page->width_pt, page->height_pt);
  if (!template_draw_art (page->template_, cr, error))
    return FALSE;
  draw_page (cr, page, 0);
  cairo_show_page (cr);
  return TRUE;
}

cairo_surface_t *draw_raster_page (const Page *page, guint dpi, GError **error)
{
  cairo_surface_t *surface = template_art_surface (page->template_, dpi, error);
  if (!surface)
    return NULL;
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  draw_page (cr, page, dpi / 72.0);
  cairo_destroy (cr);
  return surface;
}
