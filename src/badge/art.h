/* art.h: what a template draws around its slots, in each of the variants that the
 * conditions of its groups make.
 *
 * A variant is made when a badge first needs it, and kept: as a drawing for PDFs, and as
 * pixels for the resolution last used.
 *
 * Threads: one at a time. Blocks on disk where the art has pictures in files beside
 * it.  */
#pragma once

#include "badge/svg.h"

#include <cairo.h>
#include <gio/gio.h>

#define ART_VARIANTS_MAX 16 /* kept */
#define ART_RASTERS_MAX 4
#define ART_CONDITIONS_MAX 64

typedef struct _Art Art;

/* @root must outlive the Art. @is_art tells slots from art; what is under a slot is no
 * art either. Not more than ART_CONDITIONS_MAX conditional elements: the rest would
 * always be shown. */
Art *art_new (const SvgNode *root, SvgKeep is_art, gpointer data, GFile *base, double width_pt,
              double height_pt);
void art_free (Art *art);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Art, art_free)

/* From now on art_draw() leaves @node out. */
void art_leave_out (Art *art, const SvgNode *node);

guint art_conditions (const Art *art);
/* The variant for somebody with @traits. */
guint64 art_variant (const Art *art, const char *const *traits);

/* Draws in points; @shared: as a drawing that a PDF holds once for all pages; with what
 * stands up to @bleed_pt outside of the page. BADGE_ERROR_TEMPLATE. */
gboolean art_draw (Art *art, guint64 variant, cairo_t *cr, gboolean shared, double bleed_pt,
                   GError **error);
/* A surface of the art's own, to be copied from: RGB24, white paper and the art.
 * BADGE_ERROR_WRITE, BADGE_ERROR_TEMPLATE. */
cairo_surface_t *art_raster (Art *art, guint64 variant, guint dpi, GError **error);

/* TRUE if @node itself is shown to somebody with @traits, and all that it is in. */
gboolean art_is_shown (const SvgNode *node, const char *const *traits);
