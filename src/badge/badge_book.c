#include "badge/badge_book.h"

#include "badge/draft.h"
#include "badge/draw.h"
#include "badge/pdf_boxes.h"
#include "core/words.h"

#include <cairo-pdf.h>

struct _BadgeBook {
  Draft *draft;
  char *path;
  cairo_surface_t *surface; /* from the first page on */
  cairo_t *cr;              /* NULL once sealed */
  double bleed_pt;
};

BadgeBook *badge_book_new (const char *path, double bleed_mm, GError **error)
{
  Draft *draft = draft_new (path, error);
  if (draft == NULL)
    return NULL;
  BadgeBook *book = g_new0 (BadgeBook, 1);
  book->draft = draft;
  book->path = g_strdup (path);
  book->bleed_pt = bleed_mm * PT_PER_MM;
  return book;
}

static gboolean check_status (const BadgeBook *book, GError **error)
{
  cairo_status_t status = cairo_surface_status (book->surface);
  return draft_check (
      book->draft,
      status == CAIRO_STATUS_SUCCESS && book->cr != NULL ? cairo_status (book->cr) : status, error);
}

gboolean badge_book_add (BadgeBook *book, BadgeTemplate *template_, const BadgeContent *content,
                         BadgeSides sides, GError **error)
{
  g_autoptr (GPtrArray) pages = draw_compose_sides (template_, content, sides, FALSE, error);
  if (pages == NULL)
    return FALSE;
  if (book->surface == NULL) {
    const BadgePage *first = g_ptr_array_index (pages, 0);
    book->surface = cairo_pdf_surface_create_for_stream (draft_append, book->draft, first->width_pt,
                                                         first->height_pt);
    if (book->bleed_pt > 0)
      cairo_pdf_surface_restrict_to_version (book->surface, PDF_BOXES_VERSION);
    cairo_pdf_surface_set_metadata (book->surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
    book->cr = cairo_create (book->surface);
    font_set_begin (template_fonts (template_));
  }
  return draw_pdf_pages (book->cr, pages, TRUE, book->bleed_pt, error)
         && check_status (book, error);
}

static gboolean add_boxes (BadgeBook *book, GError **error)
{
  g_autoptr (GMappedFile) pdf = draft_map (book->draft, error);
  g_autoptr (GString) update
      = pdf != NULL
            ? pdf_boxes_update (g_mapped_file_get_contents (pdf), g_mapped_file_get_length (pdf),
                                draw_sheet_margin_pt (book->bleed_pt), book->bleed_pt, error)
            : NULL;
  return update != NULL
         && draft_check (
             book->draft,
             draft_append (book->draft, (const guint8 *) update->str, (guint) update->len), error);
}

gboolean badge_book_seal (BadgeBook *book, GError **error)
{
  if (book->surface == NULL) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot write badges to %s: there are none"), book->path);
    return FALSE;
  }
  gboolean open = book->cr != NULL;
  g_clear_pointer (&book->cr, cairo_destroy);
  cairo_surface_finish (book->surface);
  return check_status (book, error) && (!open || book->bleed_pt <= 0 || add_boxes (book, error))
         && draft_seal (book->draft, error);
}

gboolean badge_book_finish (BadgeBook *book, GError **error)
{
  return badge_book_seal (book, error) && draft_finish (book->draft, error);
}

void badge_book_free (BadgeBook *book)
{
  if (book == NULL)
    return;
  g_clear_pointer (&book->cr, cairo_destroy);
  g_clear_pointer (&book->surface, cairo_surface_destroy); /* writes: before the file is closed */
  draft_free (book->draft);
  g_free (book->path);
  g_free (book);
}
