#include "spool/print_plate.h"

#include "print/raster.h"

void print_plate_free (PrintPlate *plate)
{
  if (plate == NULL)
    return;
  print_format_free (plate->wish);
  g_clear_pointer (&plate->document, g_bytes_unref);
  g_free (plate);
}

/* What the printer wants for this badge, whose height on a roll only its drawing
 * tells. */
static PrintFormat *wish_for (Printer *printer, BadgeTemplate *template_,
                              const BadgeContent *content, GError **error)
{
  double height_mm = badge_height_mm (template_);

  if (badge_height_is_auto (template_)) {
    g_autoptr (BadgeSheet) drawn = badge_pdf (template_, content, BADGE_FRONT, error);
    if (drawn == NULL)
      return NULL;
    height_mm = drawn->height_mm;
  }
  return printer_wish (printer, badge_width_mm (template_), height_mm, error);
}

static GBytes *pdf_of (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides,
                       GError **error)
{
  g_autoptr (BadgeSheet) sheet = badge_pdf (template_, content, sides, error);

  return sheet != NULL ? g_bytes_ref (sheet->bytes) : NULL;
}

static BadgeSheet *pixels_of (const PrintFormat *wish, BadgeTemplate *template_,
                              const BadgeContent *content, BadgeSides side, GError **error)
{
  return wish->one_bit ? badge_bits (template_, content, side, wish->dpi, error)
                       : badge_raster (template_, content, side, wish->dpi, error);
}

static GBytes *raster_of (const PrintFormat *wish, BadgeTemplate *template_,
                          const BadgeContent *content, guint count, GError **error)
{
  g_autoptr (BadgeSheet) front = pixels_of (wish, template_, content, BADGE_FRONT, error);
  g_autoptr (BadgeSheet) back = front != NULL && count == 2
                                    ? pixels_of (wish, template_, content, BADGE_BACK, error)
                                    : NULL;
  const BadgeSheet *sheets[] = { front, back };
  PageSide sides[2];

  if (front == NULL || (count == 2 && back == NULL))
    return NULL;
  for (guint i = 0; i < count; i++)
    sides[i] = (PageSide){ wish->one_bit ? PAGE_SIDE_BITS : PAGE_SIDE_RGB,
                           g_bytes_get_data (sheets[i]->bytes, NULL), sheets[i]->width_px,
                           sheets[i]->height_px, sheets[i]->stride };
  return raster_document (wish, sides, count, error);
}

PrintPlate *print_plate_make (Printer *printer, BadgeTemplate *template_,
                              const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (PrintPlate) plate = g_new0 (PrintPlate, 1);

  plate->wish = wish_for (printer, template_, content, error);
  if (plate->wish == NULL)
    return NULL;
  plate->sides
      = (sides & BADGE_BACK) != 0 && badge_has_back (template_) && plate->wish->two_sided ? 2 : 1;
  if (plate->wish->format == PRINT_FORMAT_PDF)
    plate->document
        = pdf_of (template_, content, plate->sides == 2 ? BADGE_BOTH : BADGE_FRONT, error);
  else
    plate->document = raster_of (plate->wish, template_, content, plate->sides, error);
  return plate->document != NULL ? g_steal_pointer (&plate) : NULL;
}

gint print_plate_send (Printer *printer, const char *name, const PrintPlate *plate, GError **error)
{
  return printer_send (printer, name, plate->wish, plate->document, plate->sides, error);
}
