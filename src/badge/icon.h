/* icon.h: the pictures that stand beside words, as lines of one weight; never a glyph,
 * which a font may lack.
 * Threads: reentrant. */
#pragma once

#include "badge/badge_page.h"

/* In the current colour. */
void icon_draw (cairo_t *cr, Icon icon, Box box);
