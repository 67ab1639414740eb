#include "badge/badge.h"

#include "badge/draw.h"
#include "core/words.h"

#include <cairo-pdf.h>

#define DPI_MIN 36
#define DPI_MAX 1200

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot draw the badge: %s"), cairo_status_to_string (status));
  return FALSE;
}

GBytes *badge_pdf (BadgeTemplate *template_, const BadgeContent *content, GError **error)
{
  g_autoptr (Page) page = page_compose (template_, content, error);
  if (!page)
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, template_width_pt (template_), template_height_pt (template_));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, content->label ? content->label : "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "-"); /* none: the same badge is the same file */
  cairo_t *cr = cairo_create (surface);
  gboolean good = template_draw_art (template_, cr, error);
  if (good) {
    draw_page (cr, template_, page, 0);
    cairo_show_page (cr);
    good = check_status (cairo_status (cr), error);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  good = good && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static cairo_surface_t *draw_raster (BadgeTemplate *template_, const BadgeContent *content, guint dpi, GError **error)
{
  if (dpi < DPI_MIN || dpi > DPI_MAX) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _("Cannot draw a badge at %u dots an inch; choose between %d and %d"), dpi, DPI_MIN, DPI_MAX);
    return NULL;
  }
  g_autoptr (Page) page = page_compose (template_, content, error);
  cairo_surface_t *surface = page ? template_art_surface (template_, dpi, error) : NULL;
  if (!surface)
    return NULL;
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  draw_page (cr, template_, page, dpi / 72.0);
  gboolean good = check_status (cairo_status (cr), error);
  cairo_destroy (cr);
  if (!good)
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}

GBytes *badge_png (BadgeTemplate *template_, const BadgeContent *content, guint dpi, GError **error)
{
  cairo_surface_t *surface = draw_raster (template_, content, dpi, error);
  if (!surface)
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean good = check_status (cairo_surface_write_to_png_stream (surface, append, bytes), error);
  cairo_surface_destroy (surface);
  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

GBytes *badge_raster (BadgeTemplate *template_, const BadgeContent *content, guint dpi, guint *width_px, guint *height_px, guint *stride, GError **error)
{
  cairo_surface_t *surface = draw_raster (template_, content, dpi, error);
  if (!surface)
    return NULL;
  cairo_surface_flush (surface);
  *width_px = (guint) cairo_image_surface_get_width (surface);
  *height_px = (guint) cairo_image_surface_get_height (surface);
  *stride = (guint) cairo_image_surface_get_stride (surface);
  return g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) *stride * *height_px, (GDestroyNotify) cairo_surface_destroy, surface);
}
