/* draw.h: composed pages onto Cairo surfaces.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/compose.h"

#define DRAW_QR_MODULE_MIN_MM COMPOSE_QR_MODULE_MIN_MM

/* The pages (BadgePage) of the sides asked for, front first; NULL if a text does not fit
 * or there is no such side. @one_bit: for a raster of one bit. */
GPtrArray *draw_compose_sides (BadgeTemplate *template_, const BadgeContent *content,
                               BadgeSides sides, gboolean one_bit, GError **error);

/* Draws @page, art and all, in points. @shared: other pages of the file will draw the
 * same art, which stands in it once. With @bleed_pt, what reaches an edge of the page
 * goes on beyond it. */
gboolean draw_vector_page (cairo_t *cr, const BadgePage *page, gboolean shared, double bleed_pt,
                           GError **error);
/* The pages of one badge, at least one, as pages of a PDF surface, which it ends:
 * together, so that they share their excerpts of the fonts. With @bleed_pt for a print
 * shop: each stands in the middle of a sheet that is draw_sheet_margin_pt() larger on
 * every side, with marks where to cut. Not for a roll. */
gboolean draw_pdf_pages (cairo_t *cr, const GPtrArray *pages, gboolean shared, double bleed_pt,
                         GError **error);
double draw_sheet_margin_pt (double bleed_pt);
/* A new RGB24 surface with @page at @dpi. */
cairo_surface_t *draw_raster_page (const BadgePage *page, guint dpi, GError **error);

/* The side of a module of the code at @px_per_pt: on a raster a whole number of pixels; 0
 * for a vector page. */
double draw_qr_module_pt (const BadgePage *page, double px_per_pt);
