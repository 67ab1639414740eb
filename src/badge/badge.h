/* badge.h: a badge from an SVG template and a person's texts, as PDF, PNG, pixels or
 * bits.
 *
 * A template is an SVG file that a designer edits in Inkscape: its page size is the
 * badge's; elements with known ids are slots (told to the designer in the comment at the
 * top of assets/badge/a6-portrait.svg, to programmers in template.h). A sibling of the
 * same name that ends in .back.svg is its back. librsvg draws the art, Pango sets texts
 * in the slots: own script first, shrunk or broken over lines until they fit, never cut.
 * Fonts come only from the pinned fontconfig file (fontconfig is used here and nowhere
 * else). The same content gives the same bytes.
 *
 * A template for a roll (data-height="auto") gives pages of different heights: how large
 * a badge is, its sheet says.
 *
 * Must not know: delegates, facts, printers. What to write on the badge is decided by its
 * caller.
 *
 * Threads: badge_fonts_start() once, before any other call and before threads. A
 * BadgeTemplate may be used by one thread at a time. Blocks on disk when loading, and a
 * BadgeBook on writing its file.  */
#pragma once

#include "badge/badge_book.h"
#include "badge/badge_content.h"

#include <glib.h>

/* A badge that has been drawn; free with badge_sheet_free(). */
typedef struct {
  GBytes *bytes;
  double width_mm, height_mm;        /* of the first page */
  guint width_px, height_px, stride; /* of pixels and bits; stride in bytes a row. 0 of a PDF */
  guint pages;                       /* of a PDF: 1 or 2; else 1 */
} BadgeSheet;

void badge_sheet_free (BadgeSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeSheet, badge_sheet_free)

/* A PDF, fonts embedded, its text searchable. BADGE_BOTH: the front and, where the
 * template has one, the back. BADGE_BACK is refused where it has none
 * (BADGE_ERROR_TEMPLATE), here and below. */
BadgeSheet *badge_pdf (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides,
                       GError **error);
/* The same for a print shop, on larger sheets: what reaches an edge goes on @bleed_mm
 * beyond it, marks say where to cut, and so do TrimBox and BleedBox. 0: as badge_pdf().
 * Not for a roll (badge_height_is_auto()), whose art is folded. */
BadgeSheet *badge_pdf_bleeding (BadgeTemplate *template_, const BadgeContent *content,
                                BadgeSides sides, double bleed_mm, GError **error);

/* One side, BADGE_FRONT or BADGE_BACK, at @dpi (36…1200) … */

/* … as a PNG, */
BadgeSheet *badge_png (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                       guint dpi, GError **error);
/* … as pixels of 32 bits (CAIRO_FORMAT_RGB24, native endian), */
BadgeSheet *badge_raster (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                          guint dpi, GError **error);
/* … and as a label printer wants it: one bit a dot, 1 is black, the leftmost dot in the
 * highest bit, rows padded with white to whole bytes. @dpi must be the printer's own:
 * nothing is dithered, strokes of letters are set on its dots, modules of the code are
 * whole dots, and categories differ by pattern instead of colour.  */
BadgeSheet *badge_bits (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                        guint dpi, GError **error);
