/* pdf_boxes.h: tells a print shop where the pages of a PDF are cut, and how far their art
 * goes beyond that: TrimBox and BleedBox, which Cairo cannot write.
 *
 * They are appended as an incremental update: new versions of the page objects, with
 * their own table of references, which name the old one. So a file of 10,000 badges is
 * not written twice.
 *
 * Source: ISO 32000-1 (PDF 1.7), 7.5.4 and 7.5.6, and 14.11.2 of the boxes.
 * Threads: reentrant. Blocks on nothing.  */
#pragma once

#include <cairo-pdf.h>
#include <glib.h>

/* What a PDF must be restricted to: later ones may hide pages in compressed objects. */
#define PDF_BOXES_VERSION CAIRO_PDF_VERSION_1_4

/* What to append to the finished @pdf of Cairo's: each page is cut @margin_pt inside its
 * sheet, and drawn @bleed_pt beyond that. BADGE_ERROR_WRITE where it is no such file. */
GString *pdf_boxes_update (const char *pdf, gsize length, double margin_pt, double bleed_pt,
                           GError **error);
