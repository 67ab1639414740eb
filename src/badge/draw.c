#include "badge/draw.h"

#include "badge/band.h"
#include "badge/icon.h"
#include "core/words.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#define HAIRLINE_PT (0.3 * PT_PER_MM)
#define HAIRLINE_DOTS 2 /* at least, in one bit */
#define STRIKE_PT (0.35 * PT_PER_MM)
#define FRAME_PT (0.5 * PT_PER_MM) /* of a tile that is held */
#define EDGE_SLACK_PT 0.1
#define CORNER_PT (0.8 * PT_PER_MM)
#define MARK_PT                                                                                    \
  (5 * PT_PER_MM) /* the length of a mark where to cut, which begins outside the bleed */
#define MARK_LINE_PT 0.25
#define MARK_ROOM_PT (6 * PT_PER_MM)

/* Where a page is drawn. */
typedef struct {
  cairo_t *cr;
  const BadgePage *page;
  double px_per_pt; /* 0 for a vector page */
  double hairline_pt;
  double bleed_pt; /* of a vector page */
} Canvas;

static void set_colour (cairo_t *cr, Colour colour)
{
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
}

static void set_paper (cairo_t *cr)
{
  set_colour (cr, page_paper);
}

/* On the dots of a raster of one bit, elsewhere as it is. */
static double on_dots (const Canvas *canvas, double pt)
{
  return canvas->px_per_pt > 0 && canvas->page->one_bit
             ? round (pt * canvas->px_per_pt) / canvas->px_per_pt
             : pt;
}

/* Where @box stands once the page is folded. */
static Box placed (const Canvas *canvas, Box box)
{
  double y = box.y - badge_page_shift_pt (canvas->page, box.y, canvas->px_per_pt),
         left = on_dots (canvas, box.x), top = on_dots (canvas, y);
  return (Box){ left, top, on_dots (canvas, box.x + box.width) - left,
                on_dots (canvas, y + box.height) - top };
}

static void rounded (cairo_t *cr, Box box, double radius, double inset)
{
  double left = box.x + inset, top = box.y + inset, right = box.x + box.width - inset,
         bottom = box.y + box.height - inset;
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* Band and ribbon -------------------------------------------------------------------- */

/* Over the edges that it reaches into the bleed. */
static Box bled (const Canvas *canvas, Box box)
{
  const BadgePage *page = canvas->page;
  double left = box.x <= EDGE_SLACK_PT ? canvas->bleed_pt : 0,
         top = box.y <= EDGE_SLACK_PT ? canvas->bleed_pt : 0,
         right = box.x + box.width >= page->width_pt - EDGE_SLACK_PT ? canvas->bleed_pt : 0,
         bottom = box.y + box.height >= page->height_pt - EDGE_SLACK_PT ? canvas->bleed_pt : 0;
  return (Box){ box.x - left, box.y - top, box.width + left + right, box.height + top + bottom };
}

static void draw_band (const Canvas *canvas)
{
  const BadgePage *page = canvas->page;
  if (!page->has_band)
    return;
  Box band = bled (canvas, placed (canvas, page->band_box));
  if (canvas->px_per_pt > 0 && band.x + band.width >= page->width_pt - EDGE_SLACK_PT)
    band.width += 1 / canvas->px_per_pt; /* the page's last pixel is not white */
  if (!page->one_bit) {
    band_draw_colour (canvas->cr, page, band);
    return;
  }
  g_autoptr (GArray) panels = g_array_copy (page->panels);
  for (guint i = 0; i < panels->len; i++)
    g_array_index (panels, Box, i) = placed (canvas, g_array_index (panels, Box, i));
  band_draw_pattern (canvas->cr, page->band_pattern, band, panels, canvas->px_per_pt);
}

static void draw_ribbon (const Canvas *canvas)
{
  const BadgePage *page = canvas->page;
  cairo_t *cr = canvas->cr;
  if (!page->ribbon)
    return;
  Box box = placed (canvas, page->ribbon_box);
  set_paper (cr);
  rounded (cr, box, CORNER_PT, 0);
  cairo_fill (cr);
  if (page->band_dark && page->has_band && (!page->one_bit || page->band_pattern == 0))
    return;
  set_colour (cr, page_ink);
  cairo_set_line_width (cr, STRIKE_PT);
  rounded (cr, box, CORNER_PT, STRIKE_PT / 2);
  cairo_stroke (cr);
}

/* Tiles ------------------------------------------------------------------------------ */

/* What a person has stands in a strong frame; of what not, there is an empty place: the
 * two differ in one bit as well as in print, and neither outweighs the name. */
static void draw_tile (const Canvas *canvas, const Tile *tile)
{
  cairo_t *cr = canvas->cr;
  Box box = placed (canvas, tile->box);
  double line = tile->held ? MAX (FRAME_PT, 2 * canvas->hairline_pt) : canvas->hairline_pt;
  set_colour (cr, tile->ink);
  if (tile->held)
    icon_draw (cr, tile->icon, placed (canvas, tile->icon_box));
  set_colour (cr, tile->ink);
  cairo_set_line_width (cr, line);
  rounded (cr, box, CORNER_PT, line / 2);
  cairo_stroke (cr);
}

/* Code ------------------------------------------------------------------------------- */

/* The nearest whole number of pixels; larger than the slot only as far as the room around
 * it is free. On a coarse raster, where whole pixels would make the modules smaller than
 * scanners need, the grid is given up. */
double draw_qr_module_pt (const BadgePage *page, double px_per_pt)
{
  if (px_per_pt <= 0)
    return page->qr_module_pt;
  double up = ceil (page->qr_module_pt * px_per_pt) / px_per_pt,
         down = floor (page->qr_module_pt * px_per_pt + 1e-6) / px_per_pt;
  double beyond = (up - page->qr_module_pt) * page->qr->size;
  if (up - page->qr_module_pt < page->qr_module_pt - down
      && beyond + up * QR_QUIET_MODULES <= page->qr_clear_pt)
    return up;
  return down >= DRAW_QR_MODULE_MIN_MM * PT_PER_MM ? down : page->qr_module_pt;
}

/* One path, so that no viewer leaves white seams between modules. */
static void draw_qr (const Canvas *canvas)
{
  const BadgePage *page = canvas->page;
  cairo_t *cr = canvas->cr;
  if (page->qr == NULL)
    return;
  Box slot = template_slot (page->template_, SLOT_QR)->box;
  slot.y -= badge_page_shift_pt (page, slot.y, canvas->px_per_pt);
  double module = draw_qr_module_pt (page, canvas->px_per_pt), side = module * page->qr->size,
         x = slot.x, y = slot.y + slot.height - side;
  if (canvas->px_per_pt > 0) {
    x = round (x * canvas->px_per_pt) / canvas->px_per_pt;
    y = round (y * canvas->px_per_pt) / canvas->px_per_pt;
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
        cairo_rectangle (cr, x + start * module, y + row * module, (column - start) * module,
                         module);
    }
  cairo_fill (cr);
}

/* On the white that the slot stands on; of one bit what is dark enough to be seen at all. */
static void draw_logos (const Canvas *canvas)
{
  Box places[LOGO_ROW_MAX], box;
  const LogoRow *row = canvas->page->logos;
  if (row == NULL)
    return;
  /* At the right of the slot, as what stands at the page's margin does. */
  box = placed (canvas, template_slot (canvas->page->template_, SLOT_LOGOS)->box);
  if (!logo_row_place (row, box, places))
    return;
  const Box *last = &places[logo_row_count (row) - 1];
  box.x += box.x + box.width - last->x - last->width;
  logo_row_draw (row, canvas->cr, box);
}

/* BadgePage -------------------------------------------------------------------------- */

static void draw_rules (const Canvas *canvas)
{
  for (guint i = 0; i < canvas->page->rules->len; i++) {
    const Rule *rule = &g_array_index (canvas->page->rules, Rule, i);
    Box box = placed (canvas, rule->box);
    box.height = MAX (box.height, rule->box.height);
    if (canvas->page->one_bit && canvas->px_per_pt > 0)
      box.height = MAX (on_dots (canvas, box.height), HAIRLINE_DOTS / canvas->px_per_pt);
    set_colour (canvas->cr, rule->colour);
    cairo_rectangle (canvas->cr, box.x, box.y, box.width, box.height);
    cairo_fill (canvas->cr);
  }
}

static void draw_lines (const Canvas *canvas)
{
  const BadgePage *page = canvas->page;
  FontSharpness sharpness = page->one_bit && canvas->px_per_pt > 0 ? FONT_ON_DOTS : FONT_AS_DRAWN;
  for (guint i = 0; i < page->lines->len; i++) {
    const Line *line = &g_array_index (page->lines, Line, i);
    double top = template_slot (page->template_, line->slot)->box.y;
    set_colour (canvas->cr, line->colour);
    font_set_show (
        template_fonts (page->template_), canvas->cr, line->shaped, line->size_pt, line->x,
        line->baseline - badge_page_shift_pt (page, MAX (top, line->ink.y), canvas->px_per_pt),
        sharpness);
  }
}

/* On a vector page, where the art leaves them out. */
static void draw_captions (const Canvas *canvas)
{
  const BadgePage *page = canvas->page;
  for (guint i = 0; i < page->captions->len; i++) {
    const Caption *caption = g_ptr_array_index (page->captions, i);
    set_colour (canvas->cr, caption->colour);
    font_set_show (template_fonts (page->template_), canvas->cr, caption->shaped, caption->size_pt,
                   caption->x, caption->baseline - badge_page_shift_pt (page, caption->baseline, 0),
                   FONT_AS_DRAWN);
  }
}

static void collect_texts (FontSet *fonts, const BadgePage *page)
{
  for (guint i = 0; i < page->lines->len; i++)
    font_set_collect (fonts, g_array_index (page->lines, Line, i).shaped);
  for (guint i = 0; i < page->captions->len; i++)
    font_set_collect (fonts, ((const Caption *) g_ptr_array_index (page->captions, i))->shaped);
}

/* Tells the fonts what a PDF's pages will need of them. */
static void collect (const BadgePage *const *pages, guint n)
{
  FontSet *fonts = template_fonts (pages[0]->template_);
  for (guint i = 0; i < n; i++)
    collect_texts (fonts, pages[i]);
  font_set_collected (fonts);
}

/* All but the art. */
static void draw_content (cairo_t *cr, const BadgePage *page, double px_per_pt, double bleed_pt)
{
  Canvas canvas = { cr, page, px_per_pt, HAIRLINE_PT, bleed_pt };
  if (page->one_bit && px_per_pt > 0)
    canvas.hairline_pt = MAX (HAIRLINE_DOTS, round (HAIRLINE_PT * px_per_pt)) / px_per_pt;
  if (px_per_pt <= 0) {
    collect (&page, 1);
    draw_captions (&canvas);
  }
  draw_qr (&canvas);
  draw_logos (&canvas);
  draw_band (&canvas);
  draw_ribbon (&canvas);
  draw_rules (&canvas);
  for (guint i = 0; i < page->tiles->len; i++)
    draw_tile (&canvas, &g_array_index (page->tiles, Tile, i));
  draw_lines (&canvas);
}

/* Sides ------------------------------------------------------------------------------ */

GPtrArray *draw_compose_sides (BadgeTemplate *template_, const BadgeContent *content,
                               BadgeSides sides, gboolean one_bit, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) badge_page_free);
  BadgeTemplate *const templates[] = { sides & BADGE_FRONT ? template_ : NULL,
                                       sides & BADGE_BACK ? template_back (template_) : NULL };
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    BadgePage *page
        = templates[i] != NULL ? compose_page (templates[i], content, one_bit, error) : NULL;
    if (templates[i] != NULL && page == NULL)
      return NULL;
    if (page != NULL)
      g_ptr_array_add (pages, page);
  }
  if (pages->len > 0)
    return g_steal_pointer (&pages);
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, "%s",
               _ ("Cannot draw the back of the badge: its template has none (a file beside it "
                  "whose name ends in .back.svg)"));
  return NULL;
}

/* The strips of paper between the folds: @i from 0 on, FALSE after the last. @strip is
 * where it stands before folding. */
static gboolean get_strip (const BadgePage *page, guint i, double px_per_pt, Box *strip)
{
  if (i > page->folds->len)
    return FALSE;
  Fold above = i > 0 ? badge_page_fold (page, i - 1, px_per_pt) : (Fold){ 0, 0 };
  double top = above.y + above.height, bottom = i < page->folds->len
                                                    ? badge_page_fold (page, i, px_per_pt).y
                                                    : template_height_pt (page->template_);
  *strip = (Box){ 0, top, template_width_pt (page->template_), bottom - top };
  return TRUE;
}

gboolean draw_vector_page (cairo_t *cr, const BadgePage *page, gboolean shared, double bleed_pt,
                           GError **error)
{
  Box strip;
  double y = 0;
  for (guint i = 0; get_strip (page, i, 0, &strip); i++) {
    cairo_save (cr);
    if (page->folds->len > 0) {
      cairo_rectangle (cr, 0, y, strip.width, strip.height);
      cairo_clip (cr);
      cairo_translate (cr, 0, y - strip.y);
    } else {
      cairo_rectangle (cr, -bleed_pt, -bleed_pt, page->width_pt + 2 * bleed_pt,
                       page->height_pt + 2 * bleed_pt);
      cairo_clip (cr);
    }
    gboolean good
        = art_draw (template_art (page->template_), page->art, cr, shared, bleed_pt, error);
    cairo_restore (cr);
    if (!good)
      return FALSE;
    y += strip.height;
  }
  draw_content (cr, page, 0, bleed_pt);
  return TRUE;
}

double draw_sheet_margin_pt (double bleed_pt)
{
  return bleed_pt > 0 ? bleed_pt + MARK_ROOM_PT : 0;
}

/* At each corner of a page of @width × @height, whose corner is the origin: in the
 * prolongation of its edges, outside of the bleed. */
static void draw_cut_marks (cairo_t *cr, double width, double height, double bleed)
{
  for (guint corner = 0; corner < 4; corner++) {
    double x = corner % 2 ? width : 0, y = corner / 2 ? height : 0, across = corner % 2 ? 1 : -1,
           down = corner / 2 ? 1 : -1;
    cairo_move_to (cr, x + across * bleed, y);
    cairo_rel_line_to (cr, across * MARK_PT, 0);
    cairo_move_to (cr, x, y + down * bleed);
    cairo_rel_line_to (cr, 0, down * MARK_PT);
  }
  set_colour (cr, page_ink);
  cairo_set_line_width (cr, MARK_LINE_PT);
  cairo_stroke (cr);
}

static gboolean draw_pdf_page (cairo_t *cr, const BadgePage *page, gboolean shared, double bleed_pt,
                               GError **error)
{
  double margin = draw_sheet_margin_pt (bleed_pt), width = page->width_pt, height = page->height_pt;
  cairo_pdf_surface_set_size (cairo_get_target (cr), width + 2 * margin, height + 2 * margin);
  cairo_save (cr);
  if (bleed_pt > 0) {
    cairo_translate (cr, margin, margin);
    draw_cut_marks (cr, width, height, bleed_pt);
  }
  gboolean good = draw_vector_page (cr, page, shared, bleed_pt, error);
  cairo_restore (cr);
  if (good)
    cairo_show_page (cr);
  return good;
}

gboolean draw_pdf_pages (cairo_t *cr, const GPtrArray *pages, gboolean shared, double bleed_pt,
                         GError **error)
{
  collect ((const BadgePage *const *) pages->pdata, pages->len);
  for (guint i = 0; i < pages->len; i++)
    if (!draw_pdf_page (cr, g_ptr_array_index (pages, i), shared, bleed_pt, error))
      return FALSE;
  return TRUE;
}

/* Copies the art's rows, without those that are folded away. */
static gboolean copy_art (const BadgePage *page, cairo_surface_t *art, double px_per_pt,
                          cairo_surface_t *surface)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (art),
        from_rows = (gsize) cairo_image_surface_get_height (art),
        rows = (gsize) cairo_image_surface_get_height (surface), at = 0;
  Box strip;
  cairo_surface_flush (art);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return FALSE;
  for (guint i = 0; get_strip (page, i, px_per_pt, &strip); i++) {
    gsize top = (gsize) lround (strip.y * px_per_pt), n = (gsize) lround (strip.height * px_per_pt);
    n = MIN (MIN (n, from_rows - MIN (top, from_rows)), rows - at);
    memcpy (cairo_image_surface_get_data (surface) + at * stride,
            cairo_image_surface_get_data (art) + top * stride, n * stride);
    at += n;
  }
  cairo_surface_mark_dirty (surface);
  return TRUE;
}

cairo_surface_t *draw_raster_page (const BadgePage *page, guint dpi, GError **error)
{
  const double px_per_pt = dpi / 72.0;
  cairo_surface_t *art = art_raster (template_art (page->template_), page->art, dpi, error);
  if (art == NULL)
    return NULL;
  int width = cairo_image_surface_get_width (art),
      height = (int) lround (badge_page_height_pt (page, px_per_pt) * px_per_pt);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, width, MIN (height, cairo_image_surface_get_height (art)));
  if (!copy_art (page, art, px_per_pt, surface)) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot draw a badge of %d × %d pixels: %s"), width, height,
                 cairo_status_to_string (cairo_surface_status (surface)));
    cairo_surface_destroy (surface);
    return NULL;
  }
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, px_per_pt, px_per_pt);
  draw_content (cr, page, px_per_pt, 0);
  cairo_destroy (cr);
  return surface;
}
