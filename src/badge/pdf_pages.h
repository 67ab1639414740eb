/* pdf_pages.h: pages of one PDF that are drawn without a template: sheets, lists, labels.
 *
 * Lines are kept until their page is shown, so that one excerpt of each font serves all.
 * The same drawing gives the same bytes.
 *
 * Threads: badge_fonts_start() first (badge.h). A PdfPages belongs to one thread. Blocks on
 * nothing.  */
#pragma once

#include "badge/layout.h"

typedef struct {
  FontSet *fonts, *own_fonts; /* own: NULL where they are the caller's */
  GByteArray *bytes;
  cairo_surface_t *surface;
  cairo_t *cr;
  GArray *lines; /* of the page */
  GError *error; /* the first */
} PdfPages;

/* In points. @fonts are the caller's and serve one PdfPages at a time; NULL for new ones. */
PdfPages *pdf_pages_new (const char *title, double width, double height, FontSet *fonts);
void pdf_pages_free (PdfPages *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPages, pdf_pages_free)

void pdf_pages_fill (PdfPages *pdf, Box box, Colour colour);
/* The stroke of two colours that stands over every sheet of paper. */
void pdf_pages_rule (PdfPages *pdf, Box box);
/* A block without parts; @keep_whole: Block.keep_whole. */
Block pdf_pages_block (Box box, double max_pt, double min_pt, double keep_whole, Colour colour);
/* Sets @block into @lines; how deep it is. Nothing, where something has gone wrong before. */
double pdf_pages_set (PdfPages *pdf, const Block *block, GArray *lines);
/* The page with its lines; what is drawn afterwards stands on the next. */
void pdf_pages_show (PdfPages *pdf);
/* The PDF; free with g_bytes_unref(). NULL where something went wrong: BADGE_ERROR_WRITE, or
 * the first that pdf_pages_set() met. Nothing can be drawn afterwards. */
GBytes *pdf_pages_finish (PdfPages *pdf, GError **error);
