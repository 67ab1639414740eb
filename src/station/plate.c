#include "station/plate.h"

#include "print/raster.h"

void plate_free (Plate *plate)
{
  if (plate == NULL)
    return;
  wish_free (plate->wish);
  g_clear_pointer (&plate->document, g_bytes_unref);
  g_free (plate);
}

/* What the printer wants for this badge, whose height on a roll only its drawing tells. */
static Wish *wish_for (Printer *printer, BadgeTemplate *template_, const BadgeContent *content, GError **error)
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

static GBytes *pdf_of (BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (BadgeSheet) sheet = badge_pdf (template_, content, sides, error);

  return sheet != NULL ? g_bytes_ref (sheet->bytes) : NULL;
}

static BadgeSheet *pixels_of (const Wish *wish, BadgeTemplate *template_, const BadgeContent *content, BadgeSides side, GError **error)
{
  return wish->one_bit ? badge_bits (template_, content, side, wish->dpi, error) : badge_raster (template_, content, side, wish->dpi, error);
}

static GBytes *raster_of (const Wish *wish, BadgeTemplate *template_, const BadgeContent *content, guint count, GError **error)
{
  g_autoptr (BadgeSheet) front = pixels_of (wish, template_, content, BADGE_FRONT, error);
  g_autoptr (BadgeSheet) back = front != NULL && count == 2 ? pixels_of (wish, template_, content, BADGE_BACK, error) : NULL;
  const BadgeSheet *sheets[] = { front, back };
  Side sides[2];

  if (front == NULL || (count == 2 && back == NULL))
    return NULL;
  for (guint i = 0; i < count; i++)
    sides[i] = (Side){ wish->one_bit ? SIDE_BITS : SIDE_RGB, g_bytes_get_data (sheets[i]->bytes, NULL), sheets[i]->width_px, sheets[i]->height_px, sheets[i]->stride };
  return raster_document (wish, sides, count, error);
}

Plate *plate_make (Printer *printer, BadgeTemplate *template_, const BadgeContent *content, BadgeSides sides, GError **error)
{
  g_autoptr (Plate) plate = g_new0 (Plate, 1);

  plate->wish = wish_for (printer, template_, content, error);
  if (plate->wish == NULL)
    return NULL;
  plate->sides = (sides & BADGE_BACK) != 0 && badge_has_back (template_) && plate->wish->two_sided ? 2 : 1;
  if (plate->wish->format == WISH_PDF)
    plate->document = pdf_of (template_, content, plate->sides == 2 ? BADGE_BOTH : BADGE_FRONT, error);
  else
    plate->document = raster_of (plate->wish, template_, content, plate->sides, error);
  return plate->document != NULL ? g_steal_pointer (&plate) : NULL;
}

gint plate_send (Printer *printer, const char *name, const Plate *plate, GError **error)
{
  return printer_send (printer, name, plate->wish, plate->document, plate->sides, error);
}
