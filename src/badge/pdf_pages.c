#include "badge/pdf_pages.h"

#include "badge/badge_page.h"
#include "core/words.h"

#include <cairo-pdf.h>

static const Colour blue = { 0.122, 0.227, 0.576 }, red = { 0.784, 0.063, 0.180 };

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

PdfPages *pdf_pages_new (const char *title, double width, double height, FontSet *fonts)
{
  PdfPages *pdf = g_new0 (PdfPages, 1);
  pdf->own_fonts = fonts == NULL ? font_set_new () : NULL;
  pdf->fonts = fonts != NULL ? fonts : pdf->own_fonts;
  font_set_begin (pdf->fonts);
  pdf->bytes = g_byte_array_new ();
  pdf->lines = layout_lines_new ();
  pdf->surface = cairo_pdf_surface_create_for_stream (append, pdf->bytes, width, height);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
  pdf->cr = cairo_create (pdf->surface);
  return pdf;
}

void pdf_pages_free (PdfPages *pdf)
{
  if (pdf == NULL)
    return;
  cairo_destroy (pdf->cr);
  cairo_surface_finish (pdf->surface);
  cairo_surface_destroy (pdf->surface);
  g_clear_pointer (&pdf->bytes, g_byte_array_unref);
  g_array_unref (pdf->lines);
  font_set_free (pdf->own_fonts);
  g_clear_error (&pdf->error);
  g_free (pdf);
}

void pdf_pages_fill (PdfPages *pdf, Box box, Colour colour)
{
  cairo_set_source_rgb (pdf->cr, colour.red, colour.green, colour.blue);
  cairo_rectangle (pdf->cr, box.x, box.y, box.width, box.height);
  cairo_fill (pdf->cr);
}

void pdf_pages_rule (PdfPages *pdf, Box box)
{
  box.width /= 2;
  pdf_pages_fill (pdf, box, blue);
  box.x += box.width;
  pdf_pages_fill (pdf, box, red);
}

Block pdf_pages_block (Box box, double max_pt, double min_pt, double keep_whole, Colour colour)
{
  Block block = { .slot = SLOT_LABEL,
                  .box = box,
                  .max_pt = max_pt,
                  .min_pt = min_pt,
                  .other = 1,
                  .keep_whole = keep_whole };
  layout_block_colour (&block, colour);
  return block;
}

double pdf_pages_set (PdfPages *pdf, const Block *block, GArray *lines)
{
  double used = 0;
  if (pdf->error == NULL)
    layout_block (pdf->fonts, block, lines, &used, &pdf->error);
  return used;
}

void pdf_pages_show (PdfPages *pdf)
{
  layout_show (pdf->fonts, pdf->cr, pdf->lines);
  cairo_show_page (pdf->cr);
}

GBytes *pdf_pages_finish (PdfPages *pdf, GError **error)
{
  cairo_status_t status = cairo_status (pdf->cr);
  cairo_surface_finish (pdf->surface);
  status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (pdf->surface) : status;
  if (pdf->error == NULL && status != CAIRO_STATUS_SUCCESS)
    g_set_error (&pdf->error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot draw the sheet: %s"),
                 cairo_status_to_string (status));
  if (pdf->error == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&pdf->bytes));
  g_propagate_error (error, g_steal_pointer (&pdf->error));
  return NULL;
}
