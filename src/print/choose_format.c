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
  return g_strv_contains ((const char *const *) traits->raster_types, type);
}

/* PWG raster for the printer itself: FALSE if it has no type that is made here. */
static gboolean set_for_printer (PrintFormat *format, const Capabilities *traits)
{
  const char *type
      = traits->colour && has_type (traits, "srgb_8") ? "srgb_8"
        : has_type (traits, "black_1")
                && (format->dpi <= DECIDE_BITS_DPI_MAX || !has_type (traits, "sgray_8"))
            ? "black_1"
        : has_type (traits, "sgray_8") ? "sgray_8"
        : has_type (traits, "srgb_8")  ? "srgb_8"
                                       : NULL;
  const char *sides = format->two_sided ? "two-sided-long-edge" : "one-sided";
  pwg_media_t *media = pwgMediaForPWG (format->media);

  if (type == NULL || format->dpi == 0 || media == NULL
      || !cupsRasterInitPWGHeader (&format->head->page, media, type, (int) format->dpi,
                                   (int) format->dpi, "one-sided", NULL)
      || !cupsRasterInitPWGHeader (&format->head->back, media, type, (int) format->dpi,
                                   (int) format->dpi, sides, traits->sheet_back))
    return FALSE;
  format->format = PRINT_FORMAT_PWG_RASTER;
  format->one_bit = strcmp (type, "black_1") == 0;
  format->colour = strcmp (type, "srgb_8") == 0;
  format->head->medium_width_px = format->head->page.cupsWidth;
  format->head->medium_height_px = format->head->page.cupsHeight;
  return TRUE;
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

static void fill_format (PrintFormat *format, const Capabilities *traits, Driver *driver,
                         const MediaFit *fit)
{
  gboolean raster = is_read (traits, driver, "image/pwg-raster");

  if (driver != NULL && set_for_driver (format, traits, driver, fit))
    return;
  if (!is_read (traits, driver, "application/vnd.cups-pdf")
      && !is_read (traits, driver, "application/pdf")) {
    if (raster)
      set_for_printer (format, traits);
    return;
  }
  /* The printer, or its driver, reads PDF. */
  format->one_bit = !format->colour && format->dpi > 0 && format->dpi <= DECIDE_BITS_DPI_MAX;
  if (format->one_bit
      && !(raster && has_type (traits, "black_1") && set_for_printer (format, traits))) {
    format->format = PRINT_FORMAT_PDF_BITS;
    set_medium (format);
  }
}

PrintFormat *choose_format (const char *queue, const Capabilities *traits, Driver *driver,
                            double width_mm, double height_mm, GError **error)
{
  gboolean reads
      = is_read (traits, driver, "application/pdf") || is_read (traits, driver, "image/pwg-raster");
  MediaFit fit;
  PrintFormat *format;

  /* Without a driver, an IPP printer still says itself what it reads; of any other only a
   * person can. */
  if (traits->raw && !reads)
    return set_for_zpl (queue, traits, width_mm, height_mm, error);
  if (!media_choose (traits->media, width_mm, height_mm, &fit)) {
    set_no_media (queue, traits, width_mm, height_mm, error);
    return NULL;
  }
  format = new_format (&fit, traits);
  format->lost_mm
      = MAX (lost (fit.rotated ? height_mm : width_mm, fit.width_mm, fit.left_mm, fit.right_mm),
             lost (fit.rotated ? width_mm : height_mm, fit.height_mm, fit.top_mm, fit.bottom_mm));
  fill_format (format, traits, driver, &fit);
  g_free (fit.name);
  /* Past CUPS's filter that fits pages to paper, where a driver comes after it; a raw
   * queue has neither. */
  format->mime = print_format_mime (format->format == PRINT_FORMAT_PDF_BITS && driver == NULL
                                        ? PRINT_FORMAT_PDF
                                        : format->format);
  return format;
}
