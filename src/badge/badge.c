#include "badge/badge.h"

#include "badge/bits.h"
#include "badge/draw.h"
#include "badge/pdf_boxes.h"
#include "core/words.h"

#include <cairo-pdf.h>

#define DPI_MIN 36
#define DPI_MAX 1200

void badge_sheet_free (BadgeSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_clear_pointer (&sheet->bytes, g_bytes_unref);
  g_free (sheet);
}

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot draw the badge: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

/* PDF -------------------------------------------------------------------------------- */

static gboolean add_boxes (GByteArray *pdf, double bleed_pt, GError **error)
{
  g_autoptr (GString) update = pdf_boxes_update ((const char *) pdf->data, pdf->len,
                                                 draw_sheet_margin_pt (bleed_pt), bleed_pt, error);
  if (update != NULL)
    g_byte_array_append (pdf, (const guint8 *) update->str, (guint) update->len);
  return update != NULL;
}

BadgeSheet *badge_pdf (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides,
                       GError **error)
{
  return badge_pdf_bleeding (template_, content, sides, 0, error);
}

BadgeSheet *badge_pdf_bleeding (BadgeTemplate *template_, const BadgeContent *content,
                                BadgeSides sides, double bleed_mm, GError **error)
{
  const double bleed = bleed_mm * PT_PER_MM;
  g_autoptr (GPtrArray) pages = draw_compose_sides (template_, content, sides, FALSE, error);
  if (pages == NULL)
    return NULL;
  const BadgePage *first = g_ptr_array_index (pages, 0);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, bytes, first->width_pt, first->height_pt);
  if (bleed > 0)
    cairo_pdf_surface_restrict_to_version (surface, PDF_BOXES_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  content->label != NULL ? content->label : "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "-"); /* none: the same badge is the same file */
  cairo_t *cr = cairo_create (surface);
  font_set_begin (template_fonts (template_));
  gboolean good
      = draw_pdf_pages (cr, pages, FALSE, bleed, error) && check_status (cairo_status (cr), error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  good = good && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  if (!good || (bleed > 0 && !add_boxes (bytes, bleed, error)))
    return NULL;
  BadgeSheet *sheet = g_new0 (BadgeSheet, 1);
  *sheet = (BadgeSheet){ g_byte_array_free_to_bytes (g_steal_pointer (&bytes)),
                         first->width_pt / PT_PER_MM, first->height_pt / PT_PER_MM,
                         .pages = pages->len };
  return sheet;
}

/* Pixels ----------------------------------------------------------------------------- */

static cairo_surface_t *draw_raster (BadgeTemplate *template_, const BadgeContent *content,
                                     BadgeSides side, guint dpi, gboolean one_bit,
                                     BadgeSheet *sheet, GError **error)
{
  if (dpi < DPI_MIN || dpi > DPI_MAX) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot draw a badge at %u dots an inch; choose between %d and %d"), dpi,
                 DPI_MIN, DPI_MAX);
    return NULL;
  }
  if (side != BADGE_FRONT && side != BADGE_BACK) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, "%s",
                 _ ("Cannot draw both sides of a badge in one picture"));
    return NULL;
  }
  g_autoptr (GPtrArray) pages = draw_compose_sides (template_, content, side, one_bit, error);
  if (pages == NULL)
    return NULL;
  cairo_surface_t *surface = draw_raster_page (g_ptr_array_index (pages, 0), dpi, error);
  if (surface == NULL)
    return NULL;
  cairo_surface_flush (surface);
  *sheet = (BadgeSheet){ .pages = 1,
                         .width_px = (guint) cairo_image_surface_get_width (surface),
                         .height_px = (guint) cairo_image_surface_get_height (surface),
                         .stride = (guint) cairo_image_surface_get_stride (surface) };
  sheet->width_mm = sheet->width_px * 25.4 / dpi;
  sheet->height_mm = sheet->height_px * 25.4 / dpi;
  if (check_status (cairo_surface_status (surface), error))
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

BadgeSheet *badge_png (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                       guint dpi, GError **error)
{
  g_autoptr (BadgeSheet) sheet = g_new0 (BadgeSheet, 1);
  cairo_surface_t *surface = draw_raster (template_, content, side, dpi, FALSE, sheet, error);
  if (surface == NULL)
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean good = check_status (cairo_surface_write_to_png_stream (surface, append, bytes), error);
  cairo_surface_destroy (surface);
  if (!good)
    return NULL;
  sheet->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return g_steal_pointer (&sheet);
}

BadgeSheet *badge_raster (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                          guint dpi, GError **error)
{
  g_autoptr (BadgeSheet) sheet = g_new0 (BadgeSheet, 1);
  cairo_surface_t *surface = draw_raster (template_, content, side, dpi, FALSE, sheet, error);
  if (surface == NULL)
    return NULL;
  sheet->bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                             (gsize) sheet->stride * sheet->height_px,
                                             (GDestroyNotify) cairo_surface_destroy, surface);
  return g_steal_pointer (&sheet);
}

BadgeSheet *badge_bits (BadgeTemplate *template_, const BadgeContent *content, BadgeSides side,
                        guint dpi, GError **error)
{
  g_autoptr (BadgeSheet) sheet = g_new0 (BadgeSheet, 1);
  cairo_surface_t *surface = draw_raster (template_, content, side, dpi, TRUE, sheet, error);
  if (surface == NULL)
    return NULL;
  sheet->bytes = bits_pack (surface, &sheet->stride);
  cairo_surface_destroy (surface);
  return g_steal_pointer (&sheet);
}
