/* band.h: the band behind the category, in its colour or, on paper of one bit, in a
 * pattern of its own.
 *
 * Eight patterns: solid, stripes, dots and bars, each with black and with white panels
 * for what stands on the band. A category is always a word as well.
 *
 * Threads: reentrant.  */
#pragma once

#include "badge/badge_page.h"

#define BAND_PATTERNS 8

/* In the band's colour; one that one bit of black would lose gets edges. */
void band_draw_colour (cairo_t *cr, const BadgePage *page, Box band);
/* In black and white; @panels (Box) are kept clear of the pattern: black where white text
 * stands on them. */
void band_draw_pattern (cairo_t *cr, guint pattern, Box band, const GArray *panels,
                        double px_per_pt);
