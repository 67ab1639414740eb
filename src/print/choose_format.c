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
 * in page_bits.c). */
static double lost (double sheet_mm, double medium_mm, double before_mm, double after_mm)
{
  double begin = (medium_mm - sheet_mm) / 2;

  if (medium_mm > sheet_mm + MEDIA_TOLERANCE_MM)
    begin = before_mm + (medium_mm - before_mm - after_mm - sheet_mm) / 2;
  return MAX (0, MAX (before_mm - begin, begin + sheet_mm - (medium_mm - after_mm)));
}

static PrintFormat *wish_of (const MediaFit *fit, const Capabilities *traits)
{
  PrintFormat *wish = g_new0 (PrintFormat, 1);

  wish->format = PRINT_FORMAT_PDF;
  wish->media = g_strdup (fit->name);
  wish->width_mm = fit->width_mm;
  wish->height_mm = fit->height_mm;
  wish->rotated = fit->rotated;
  wish->dpi = traits->dpi > 0         ? traits->dpi
              : traits->dpis->len > 0 ? g_array_index (traits->dpis, guint, 0)
                                      : 0;
  wish->colour = traits->colour;
  wish->two_sided = traits->two_sided;
  wish->head = g_new0 (PrintFormatHead, 1);
  return wish;
}

/* Pixels of the whole medium. */
static void set_medium (PrintFormat *wish)
{
  wish->head->medium_width_px = px_of (wish->width_mm, wish->dpi);
  wish->head->medium_height_px = px_of (wish->height_mm, wish->dpi);
}

/* Raster for the queue's own driver: FALSE if it wants none of one bit. */
static gboolean wish_for_driver (PrintFormat *wish, const Capabilities *traits, Driver *driver,
                                 const MediaFit *fit)
{
  cups_page_header2_t *page = &wish->head->page;
  gboolean black;

  /* One that can do both halftones unless it is told otherwise. */
  if (!driver_reads (driver, "application/vnd.cups-raster")
      || (!traits->colour && !driver_ask_for_bits (driver, wish->head->option, wish->head->choice))
      || !driver_head (driver, fit, page))
    return FALSE;
  black = page->cupsColorSpace == CUPS_CSPACE_K || page->cupsColorSpace == CUPS_CSPACE_W
          || page->cupsColorSpace == CUPS_CSPACE_SW;
  if (page->cupsBitsPerColor != 1 || page->cupsBitsPerPixel != 1
      || page->HWResolution[0] != page->HWResolution[1] || !black)
    return FALSE;
  wish->format = PRINT_FORMAT_CUPS_RASTER;
  wish->one_bit = TRUE;
  wish->colour = FALSE;
  wish->dpi = page->HWResolution[0];
  set_medium (wish);
  wish->head->left_px = px_of (page->cupsImagingBBox[0] * MM_PER_INCH / 72, wish->dpi);
  wish->head->top_px
      = px_of (wish->height_mm - page->cupsImagingBBox[3] * MM_PER_INCH / 72, wish->dpi);
  return TRUE;
}

static gboolean has_type (const Capabilities *traits, const char *type)
{
  return g_strv_contains ((const char *const *) traits->raster_types, type);
}

/* PWG raster for the printer itself: FALSE if it has no type that is made here. */
static gboolean wish_for_printer (PrintFormat *wish, const Capabilities *traits)
{
  const char *type = traits->colour && has_type (traits, "srgb_8") ? "srgb_8"
                     : has_type (traits, "black_1")
                             && (wish->dpi <= DECIDE_BITS_DPI_MAX || !has_type (traits, "sgray_8"))
                         ? "black_1"
                     : has_type (traits, "sgray_8") ? "sgray_8"
                     : has_type (traits, "srgb_8")  ? "srgb_8"
                                                    : NULL;
  const char *sides = wish->two_sided ? "two-sided-long-edge" : "one-sided";
  pwg_media_t *media = pwgMediaForPWG (wish->media);

  if (type == NULL || wish->dpi == 0 || media == NULL
      || !cupsRasterInitPWGHeader (&wish->head->page, media, type, (int) wish->dpi, (int) wish->dpi,
                                   "one-sided", NULL)
      || !cupsRasterInitPWGHeader (&wish->head->back, media, type, (int) wish->dpi, (int) wish->dpi,
                                   sides, traits->sheet_back))
    return FALSE;
  wish->format = PRINT_FORMAT_PWG_RASTER;
  wish->one_bit = strcmp (type, "black_1") == 0;
  wish->colour = strcmp (type, "srgb_8") == 0;
  wish->head->medium_width_px = wish->head->page.cupsWidth;
  wish->head->medium_height_px = wish->head->page.cupsHeight;
  return TRUE;
}

static PrintFormat *wish_for_zpl (const char *queue, const Capabilities *traits, double width_mm,
                                  double height_mm, GError **error)
{
  MediaFit fit = { .width_mm = width_mm, .height_mm = height_mm };
  PrintFormat *wish;
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
  wish = wish_of (&fit, traits);
  g_free (fit.name);
  wish->format = PRINT_FORMAT_ZPL;
  wish->mime = print_format_mime (PRINT_FORMAT_ZPL);
  wish->one_bit = TRUE;
  wish->colour = wish->two_sided = FALSE;
  wish->dpi = dpi;
  set_medium (wish);
  return wish;
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

static void fill_format (PrintFormat *wish, const Capabilities *traits, Driver *driver,
                         const MediaFit *fit)
{
  gboolean raster = is_read (traits, driver, "image/pwg-raster");

  if (driver != NULL && wish_for_driver (wish, traits, driver, fit))
    return;
  if (!is_read (traits, driver, "application/vnd.cups-pdf")
      && !is_read (traits, driver, "application/pdf")) {
    if (raster)
      wish_for_printer (wish, traits);
    return;
  }
  /* The printer, or its driver, reads PDF. */
  wish->one_bit = !wish->colour && wish->dpi > 0 && wish->dpi <= DECIDE_BITS_DPI_MAX;
  if (wish->one_bit
      && !(raster && has_type (traits, "black_1") && wish_for_printer (wish, traits))) {
    wish->format = PRINT_FORMAT_PDF_BITS;
    set_medium (wish);
  }
}

PrintFormat *choose_format (const char *queue, const Capabilities *traits, Driver *driver,
                            double width_mm, double height_mm, GError **error)
{
  gboolean reads
      = is_read (traits, driver, "application/pdf") || is_read (traits, driver, "image/pwg-raster");
  MediaFit fit;
  PrintFormat *wish;

  /* Without a driver, an IPP printer still says itself what it reads; of any other only a
   * person can. */
  if (traits->raw && !reads)
    return wish_for_zpl (queue, traits, width_mm, height_mm, error);
  if (!media_choose (traits->media, width_mm, height_mm, &fit)) {
    set_no_media (queue, traits, width_mm, height_mm, error);
    return NULL;
  }
  wish = wish_of (&fit, traits);
  wish->lost_mm
      = MAX (lost (fit.rotated ? height_mm : width_mm, fit.width_mm, fit.left_mm, fit.right_mm),
             lost (fit.rotated ? width_mm : height_mm, fit.height_mm, fit.top_mm, fit.bottom_mm));
  fill_format (wish, traits, driver, &fit);
  g_free (fit.name);
  /* Past CUPS's filter that fits pages to paper, where a driver comes after it; a raw
   * queue has neither. */
  wish->mime = print_format_mime (
      wish->format == PRINT_FORMAT_PDF_BITS && driver == NULL ? PRINT_FORMAT_PDF : wish->format);
  return wish;
}
