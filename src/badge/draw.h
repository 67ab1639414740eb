/* draw.h: composed pages onto Cairo surfaces.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/badge.h"
#include "badge/page.h"

/* The pages (Page) of the sides asked for, front first; NULL if a text does not fit or there is no such side. */
GPtrArray *draw_compose_sides (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides, GError **error);

/* Draws @page, art and all, on a PDF surface, and ends the page. */
gboolean draw_pdf_page (cairo_t *cr, const Page *page, GError **error);
/* A new RGB24 surface with @page at @dpi. */
cairo_surface_t *draw_raster_page (const Page *page, guint dpi, GError **error);

/* The side of a module as draw_page() draws it. */
double draw_qr_module_pt (const Page *page, double px_per_pt);

/* The side of a module of the code at @px_per_pt: on a raster a whole number of pixels; 0 for a vector page. */
double draw_qr_module_pt (const Page *page, double px_per_pt);
