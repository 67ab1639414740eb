/* draw.h: a composed page onto a Cairo context in points.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/page.h"

/* Draws all but the art. @px_per_pt is the resolution of a raster, on whose grid the code's modules are set so that each is the same whole number of pixels; 0 for a vector page. */
void draw_page (cairo_t *cr, BadgeTemplate *template_, const Page *page, double px_per_pt);

/* The side of a module as draw_page() draws it. */
double draw_qr_module_pt (const Page *page, double px_per_pt);
