/* bits.h: a drawn page as one bit a dot.
 * Threads: reentrant.  */
#pragma once

#include <cairo.h>
#include <glib.h>

/* Where one bit draws the line between black and white, in luma of 0…255. */
#define BITS_BLACK_BELOW 128

/* Packs an RGB24 surface: 1 is black, the leftmost dot in the highest bit, rows padded
 * with white to whole bytes; @stride is told. */
GBytes *bits_pack (cairo_surface_t *surface, guint *stride);
