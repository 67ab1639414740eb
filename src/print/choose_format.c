#include "print/choose_format.h"

#include "core/words.h"
#include "print/printer_job.h"

#include <cups/cups.h>
#include <cups/pwg.h>
#include <math.h>
#include <string.h>

#define HUNDREDTHS_A_MM 100
#define MM_PER_INCH 25.4
#define SIZES_LISTED 6

static guint px_of (double mm, guint dpi)
{
  return (guint) lround (mm * dpi / MM_PER_INCH);
}

/* How much of a sheet's side of @sheet_mm stands on the margins of a medium (begin_of()
 * in page_bits.c), at its beginning and its end. */
static void lose (double sheet_mm, double medium_mm, double before_mm, double after_mm,
                  double *first, double *last)
{
  double begin = (medium_mm - sheet_mm) / 2;

  if (medium_mm > sheet_mm + MEDIA_TOLERANCE_MM)
    begin = before_mm + (medium_mm - before_mm - after_mm - sheet_mm) / 2;
  *first = MAX (0, before_mm - begin);
  *last = MAX (0, begin + sheet_mm - (medium_mm - after_mm));
}

/* A sheet that lies across is turned a quarter clockwise: its left edge comes to the
 * top. */
static void set_lost (PrintFormat *format, const MediaFit *fit, double width_mm, double height_mm)
{
  double left, right, top, bottom;

  lose (fit->rotated ? height_mm : width_mm, fit->width_mm, fit->left_mm, fit->right_mm, &left,
        &right);
  lose (fit->rotated ? width_mm : height_mm, fit->height_mm, fit->top_mm, fit->bottom_mm, &top,
        &bottom);
  format->lost_mm = MAX (MAX (left, right), MAX (top, bottom));
  format->lost_left_mm = fit->rotated ? top : left;
  format->lost_right_mm = fit->rotated ? bottom : right;
  format->lost_top_mm = fit->rotated ? right : top;
  format->lost_bottom_mm = fit->rotated ? left : bottom;
}

static PrintFormat *new_format (const MediaFit *fit, const Capabilities *traits)
{
  PrintFormat *format = g_new0 (PrintFormat, 1);

  format->format = PRINT_FORMAT_PDF;
  format->media = g_strdup (fit->name);
  format->width_mm = fit->width_mm;
  format->height_mm = fit->height_mm;
  format->rotated = fit->rotated;
  format->dpi = traits->dpi > 0         ? traits->dpi
                : traits->dpis->len > 0 ? g_array_index (traits->dpis, guint, 0)
                                        : 0;
  format->colour = traits->colour;
  format->two_sided = traits->two_sided;
  format->head = g_new0 (PrintFormatHead, 1);
  return format;
}

/* Pixels of the whole medium. */
static void set_medium (PrintFormat *format)
{
  format->head->medium_width_px = px_of (format->width_mm, format->dpi);
  format->head->medium_height_px = px_of (format->height_mm, format->dpi);
}

/* Raster for the queue's own driver: FALSE if it wants none of one bit. */
static gboolean set_for_driver (PrintFormat *format, const Capabilities *traits, Driver *driver,
                                const MediaFit *fit)
{
  cups_page_header2_t *page = &format->head->page;
  gboolean black;

  /* One that can do both halftones unless it is told otherwise. */
  if (!driver_reads (driver, "application/vnd.cups-raster")
      || (!traits->colour
          && !driver_ask_for_bits (driver, format->head->option, format->head->choice))
      || !driver_head (driver, fit, page))
    return FALSE;
  black = page->cupsColorSpace == CUPS_CSPACE_K || page->cupsColorSpace == CUPS_CSPACE_W
          || page->cupsColorSpace == CUPS_CSPACE_SW;
  if (page->cupsBitsPerColor != 1 || page->cupsBitsPerPixel != 1
      || page->HWResolution[0] != page->HWResolution[1] || !black)
    return FALSE;
  format->format = PRINT_FORMAT_CUPS_RASTER;
  format->one_bit = TRUE;
  format->colour = FALSE;
  format->dpi = page->HWResolution[0];
  set_medium (format);
  format->head->left_px = px_of (page->cupsImagingBBox[0] * MM_PER_INCH / 72, format->dpi);
  format->head->top_px
      = px_of (format->height_mm - page->cupsImagingBBox[3] * MM_PER_INCH / 72, format->dpi);
  return TRUE;
}

static gboolean has_type (const Capabilities *traits, const char *type)
{
  for (guint i = 0; traits->raster_types[i] != NULL; i++)
    if (g_ascii_strcasecmp (traits->raster_types[i], type) == 0)
      return TRUE;
  return FALSE;
}

/* The one of @dpis that is nearest to what is wanted; that itself if none is said. */
static guint nearest_dpi (const GArray *dpis, guint wanted)
{
  guint best = 0;

  for (guint i = 0; i < dpis->len; i++) {
    guint each = g_array_index (dpis, guint, i);
    if (best == 0 || ABS ((gint) each - (gint) wanted) < ABS ((gint) best - (gint) wanted))
      best = each;
  }
  return best > 0 ? best : wanted;
}

/* PWG raster for the printer itself: FALSE if it has no type that is made here. */
static gboolean set_for_printer (PrintFormat *format, const Capabilities *traits)
{
  const char *grey = has_type (traits, "sgray_8")   ? "sgray_8"
                     : has_type (traits, "black_8") ? "black_8"
                                                    : NULL;
  guint dpi = nearest_dpi (traits->raster_dpis, format->dpi);
  const char *type = traits->colour && has_type (traits, "srgb_8") ? "srgb_8"
                     : has_type (traits, "black_1") && (dpi <= DECIDE_BITS_DPI_MAX || grey == NULL)
                         ? "black_1"
                     : grey != NULL                ? grey
                     : has_type (traits, "srgb_8") ? "srgb_8"
                                                   : NULL;
  const char *sides = format->two_sided ? "two-sided-long-edge" : "one-sided";
  pwg_media_t *media = pwgMediaForPWG (format->media);

  if (type == NULL || dpi == 0 || media == NULL
      || !cupsRasterInitPWGHeader (&format->head->page, media, type, (int) dpi, (int) dpi,
                                   "one-sided", NULL)
      || !cupsRasterInitPWGHeader (&format->head->back, media, type, (int) dpi, (int) dpi, sides,
                                   traits->sheet_back))
    return FALSE;
  format->format = PRINT_FORMAT_PWG_RASTER;
  format->dpi = dpi;
  format->one_bit = strcmp (type, "black_1") == 0;
  format->colour = strcmp (type, "srgb_8") == 0;
  format->head->medium_width_px = format->head->page.cupsWidth;
  format->head->medium_height_px = format->head->page.cupsHeight;
  return TRUE;
}

/* TRUE if the printer takes URF of greys ("W8"), or does not say. */
static gboolean takes_grey_urf (const Capabilities *traits)
{
  gboolean grey = traits->urf[0] == NULL;

  for (guint i = 0; traits->urf[i] != NULL; i++)
    grey = grey || g_str_has_prefix (traits->urf[i], "W8");
  return grey;
}

/* The resolution of URF that is nearest to @wanted, where the printer names any
 * ("RS203-300"). */
static guint urf_dpi (const Capabilities *traits, guint wanted)
{
  g_autoptr (GArray) dpis = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; traits->urf[i] != NULL; i++) {
    g_auto (GStrv) each = NULL;
    if (!g_str_has_prefix (traits->urf[i], "RS"))
      continue;
    each = g_strsplit (traits->urf[i] + 2, "-", -1);
    for (guint j = 0; each[j] != NULL; j++) {
      guint dpi = (guint) g_ascii_strtoull (each[j], NULL, 10);
      if (dpi > 0)
        g_array_append_val (dpis, dpi);
    }
  }
  return nearest_dpi (dpis, wanted);
}

/* Our bits in a PDF, for whoever reads that. */
static void set_pdf_bits (PrintFormat *format)
{
  format->format = PRINT_FORMAT_PDF_BITS;
  format->one_bit = TRUE;
  set_medium (format);
}

/* URF for a printer of one bit: greys without a grey, which no halftone changes. One that
 * takes colours only gets the same through CUPS's filters, where there are any. */
static gboolean set_for_urf (PrintFormat *format, const Capabilities *traits, gboolean filters)
{
  pwg_media_t *media = pwgMediaForPWG (format->media);
  guint dpi = urf_dpi (traits, format->dpi);

  if (dpi == 0 || MAX (dpi, format->dpi) > DECIDE_BITS_DPI_MAX || format->colour || media == NULL
      || !(takes_grey_urf (traits) || filters))
    return FALSE;
  format->dpi = dpi;
  if (!takes_grey_urf (traits)) {
    set_pdf_bits (format);
    return TRUE;
  }
  if (!cupsRasterInitPWGHeader (&format->head->page, media, "sgray_8", (int) dpi, (int) dpi,
                                "one-sided", NULL))
    return FALSE;
  format->head->back = format->head->page;
  format->format = PRINT_FORMAT_URF;
  format->one_bit = TRUE;
  format->two_sided = FALSE;
  format->head->medium_width_px = format->head->page.cupsWidth;
  format->head->medium_height_px = format->head->page.cupsHeight;
  return TRUE;
}

static void set_no_driver (const char *queue, GError **error)
{
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT,
               _ ("Queue %s has no driver, and its printer reads neither PDF nor a raster that is "
                  "made here; give it its driver (lpadmin -p %s -m everywhere, or lpinfo -m)"),
               queue, queue);
}

static void set_another_roll (const char *queue, const Capabilities *traits, double width_mm,
                              double height_mm, GError **error)
{
  g_autofree char *loaded = media_list (traits->ready, width_mm, height_mm, SIZES_LISTED);

  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA,
               _ ("Queue %s is to print on %.4g × %.4g mm, but its printer says that this is "
                  "loaded: %s. Put in the other roll, or choose another template."),
               queue, width_mm, height_mm, loaded);
}

static PrintFormat *set_for_zpl (const char *queue, const Capabilities *traits, double width_mm,
                                 double height_mm, GError **error)
{
  MediaFit fit = { .width_mm = width_mm, .height_mm = height_mm };
  PrintFormat *format;
  guint dpi;

  if (!capabilities_speak_zpl (traits, &dpi)) {
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT,
                 _ ("Queue %s has no driver, so what is sent there reaches the printer as it is, "
                    "and nobody knows what the printer understands. Give it its driver (lpinfo -m "
                    "lists them; lpadmin -p %s -m …); "
                    "if it is a printer of ZPL, say so and its resolution: lpadmin -p %s -D \"ZPL "
                    "203 dpi\""),
                 queue, queue, queue);
    return NULL;
  }
  fit.name = g_strdup_printf ("custom_%dx%dmm_%dx%dmm", (int) lround (width_mm),
                              (int) lround (height_mm), (int) lround (width_mm),
                              (int) lround (height_mm));
  format = new_format (&fit, traits);
  g_free (fit.name);
  format->format = PRINT_FORMAT_ZPL;
  format->mime = print_format_mime (PRINT_FORMAT_ZPL);
  format->one_bit = TRUE;
  format->colour = format->two_sided = FALSE;
  format->dpi = dpi;
  set_medium (format);
  return format;
}

static void set_no_media (const char *queue, const Capabilities *traits, double width_mm,
                          double height_mm, GError **error)
{
  g_autofree char *sizes = media_list (traits->media, width_mm, height_mm, SIZES_LISTED);

  if (traits->media->len > 0)
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA,
                 _ ("Queue %s has no paper of %.4g × %.4g mm; the nearest there are: %s. Choose "
                    "another template, or a queue for that paper."),
                 queue, width_mm, height_mm, sizes);
  else
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA,
                 _ ("Queue %s names no paper sizes, so it is not known whether %.4g × %.4g mm "
                    "fits; give it the printer's own driver (lpinfo -m lists them)"),
                 queue, width_mm, height_mm);
}

/* TRUE if what is sent as @mime reaches a driver, or without one a printer, that reads
 * it. */
static gboolean is_read (const Capabilities *traits, const Driver *driver, const char *mime)
{
  return driver != NULL ? driver_reads (driver, mime)
                        : g_strv_contains ((const char *const *) traits->formats, mime);
}

/* FALSE if nothing that can be made reaches anybody who reads it. */
static gboolean fill_format (PrintFormat *format, const Capabilities *traits, Driver *driver,
                             const MediaFit *fit)
{
  gboolean raster = is_read (traits, driver, "image/pwg-raster");

  if (driver != NULL && set_for_driver (format, traits, driver, fit))
    return TRUE;
  if (!is_read (traits, driver, "application/vnd.cups-pdf")
      && !is_read (traits, driver, "application/pdf"))
    /* A driver has CUPS's filters before it, which read PDF. */
    return (raster && set_for_printer (format, traits))
           || (is_read (traits, driver, "image/urf")
               && set_for_urf (format, traits, driver != NULL))
           || driver != NULL;
  /* The printer, or its driver, reads PDF. */
  format->one_bit = !format->colour && format->dpi > 0 && format->dpi <= DECIDE_BITS_DPI_MAX;
  if (format->one_bit
      && !(raster && has_type (traits, "black_1") && set_for_printer (format, traits)))
    set_pdf_bits (format);
  return TRUE;
}

PrintFormat *choose_format (const char *queue, const Capabilities *traits, Driver *driver,
                            double width_mm, double height_mm, GError **error)
{
  gboolean reads = is_read (traits, driver, "application/pdf")
                   || is_read (traits, driver, "image/pwg-raster")
                   || is_read (traits, driver, "image/urf");
  char size[sizeof ((PrintFormatHead *) NULL)->size] = "";
  MediaFit fit;
  PrintFormat *format;
  gboolean good;

  /* Without a driver, an IPP printer still says itself what it reads; of any other only a
   * person can. */
  if (traits->raw && !reads)
    return set_for_zpl (queue, traits, width_mm, height_mm, error);
  if (!media_choose (traits->media, width_mm, height_mm, &fit)) {
    set_no_media (queue, traits, width_mm, height_mm, error);
    return NULL;
  }
  if (media_is_another (traits->ready, &fit)) {
    set_another_roll (queue, traits, width_mm, height_mm, error);
    g_free (fit.name);
    return NULL;
  }
  if (driver != NULL)
    driver_settle (driver, &fit, size);
  format = new_format (&fit, traits);
  g_strlcpy (format->head->size, size, sizeof format->head->size);
  set_lost (format, &fit, width_mm, height_mm);
  good = fill_format (format, traits, driver, &fit);
  g_free (fit.name);
  if (!good) {
    set_no_driver (queue, error);
    print_format_free (format);
    return NULL;
  }
  /* Past CUPS's filter that fits pages to paper, where a driver comes after it; a raw
   * queue has neither. */
  format->mime = print_format_mime (format->format == PRINT_FORMAT_PDF_BITS && driver == NULL
                                        ? PRINT_FORMAT_PDF
                                        : format->format);
  return format;
}
