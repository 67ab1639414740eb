#include "spool/print_document.h"

#include "badge/font_pages.h"
#include "core/words.h"
#include "issuance/badge_data.h"
#include "print/raster.h"

void print_document_free (PrintDocument *document)
{
  if (document == NULL)
    return;
  /* Not when it was drawn: a badge is not to wait for this. */
  if (document->art != NULL) {
    lock_take (&document->art->lock);
    font_pages_give_back ();
    lock_give (&document->art->lock);
  }
  print_format_free (document->format);
  g_clear_pointer (&document->bytes, g_bytes_unref);
  g_free (document);
}

/* What the printer wants for this badge, whose height on a roll only its drawing
 * tells. */
static PrintFormat *format_for (Printer *printer, BadgeTemplate *template_,
                                const BadgeContent *content, GError **error)
{
  double height_mm = badge_height_mm (template_);

  if (badge_height_is_auto (template_)) {
    g_autoptr (BadgeSheet) drawn = badge_pdf (template_, content, BADGE_FRONT, error);
    if (drawn == NULL)
      return NULL;
    height_mm = drawn->height_mm;
  }
  return printer_format (printer, badge_width_mm (template_), height_mm, error);
}

/* A badge whose name or code would be cut is not printed: nobody looks at each. */
static gboolean is_whole (const PrintFormat *format, const BadgeTemplate *template_, GError **error)
{
  const char *cut = badge_cut_slot (template_, format->lost_left_mm, format->lost_right_mm,
                                    format->lost_top_mm, format->lost_bottom_mm);

  if (cut == NULL)
    return TRUE;
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA,
               _ ("This printer leaves up to %.1f mm of the badge's edge white, and would cut “%s” "
                  "of the template; choose borderless paper or another queue, or move it inwards"),
               format->lost_mm, cut);
  return FALSE;
}

static GBytes *pdf_of (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides,
                       GError **error)
{
  g_autoptr (BadgeSheet) sheet = badge_pdf (template_, content, sides, error);

  return sheet != NULL ? g_bytes_ref (sheet->bytes) : NULL;
}

static BadgeSheet *pixels_of (const PrintFormat *format, BadgeTemplate *template_,
                              const BadgeContent *content, BadgeSides side, GError **error)
{
  return format->one_bit ? badge_bits (template_, content, side, format->dpi, error)
                         : badge_raster (template_, content, side, format->dpi, error);
}

static GBytes *raster_of (const PrintFormat *format, BadgeTemplate *template_,
                          const BadgeContent *content, guint count, GError **error)
{
  g_autoptr (BadgeSheet) front = pixels_of (format, template_, content, BADGE_FRONT, error);
  g_autoptr (BadgeSheet) back = front != NULL && count == 2
                                    ? pixels_of (format, template_, content, BADGE_BACK, error)
                                    : NULL;
  const BadgeSheet *sheets[] = { front, back };
  PageSide sides[2];

  if (front == NULL || (count == 2 && back == NULL))
    return NULL;
  for (guint i = 0; i < count; i++)
    sides[i] = (PageSide){ format->one_bit ? PAGE_SIDE_BITS : PAGE_SIDE_RGB,
                           g_bytes_get_data (sheets[i]->bytes, NULL), sheets[i]->width_px,
                           sheets[i]->height_px, sheets[i]->stride };
  return raster_document (format, sides, count, error);
}

PrintDocument *print_document_draw (Printer *printer, BadgeTemplate *template_,
                                    const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (PrintDocument) document = g_new0 (PrintDocument, 1);
  PrintFormat *format = document->format = format_for (printer, template_, content, error);
  gboolean both;

  if (format == NULL || !is_whole (format, template_, error))
    return NULL;
  both = (sides & BADGE_BACK) != 0 && badge_has_back (template_) && format->two_sided;
  document->sides = both ? 2 : 1;
  if (format->format == PRINT_FORMAT_PDF)
    document->bytes = pdf_of (template_, content, both ? BADGE_BOTH : BADGE_FRONT, error);
  else
    document->bytes = raster_of (format, template_, content, document->sides, error);
  return document->bytes != NULL ? g_steal_pointer (&document) : NULL;
}

PrintDocument *print_document_make (Journal *journal, PrintDocumentArt *art, Printer *printer,
                                    const char *reference, guint serial, GError **error)
{
  g_autoptr (BadgeDataText) text = badge_data_text_issued (journal, reference, serial, error);
  PrintDocument *document;

  /* The queue is asked before the others are kept from drawing. */
  if (text == NULL || printer_traits (printer, error) == NULL)
    return NULL;
  lock_take (&art->lock);
  document = print_document_draw (printer, art->template_, badge_data_text_content (text),
                                  art->back ? BADGE_BOTH : BADGE_FRONT, error);
  lock_give (&art->lock);
  if (document != NULL)
    document->art = art;
  return document;
}

PrintFailure print_document_failure (const GError *error)
{
  static const struct {
    int code;
    PrintFailure failure;
  } BADGE[] = { { BADGE_ERROR_FIT, PRINT_FAILURE_FIT },
                { BADGE_ERROR_FONT, PRINT_FAILURE_FONT },
                { BADGE_ERROR_TEMPLATE, PRINT_FAILURE_TEMPLATE } };

  if (g_error_matches (error, BADGE_DATA_ERROR, BADGE_DATA_ERROR_KEY))
    return PRINT_FAILURE_KEY;
  if (g_error_matches (error, BADGE_DATA_ERROR, BADGE_DATA_ERROR_UNKNOWN))
    return PRINT_FAILURE_GONE;
  for (guint i = 0; i < G_N_ELEMENTS (BADGE); i++)
    if (g_error_matches (error, BADGE_ERROR, BADGE[i].code))
      return BADGE[i].failure;
  return PRINT_FAILURE_DRAWING;
}

gint print_document_send (Printer *printer, const char *name, const PrintDocument *document,
                          GError **error)
{
  return printer_send (printer, name, document->format, document->bytes, document->sides, error);
}
