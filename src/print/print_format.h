/* print_format.h: what a queue wants to be given for a sheet of some size: format,
 * medium, resolution.
 *
 * Asked of printer_format(); the document is then made by the caller (a PDF) or by
 * raster.h (from the caller's pixels) and handed over by printer_send(). Sizes are of
 * the medium as it leaves the printer, in mm.
 * Threads: immutable after printer_format(), may be shared. Nothing here blocks. */
#pragma once

#include <glib.h>

typedef enum {
  PRINT_FORMAT_PDF,        /* application/pdf */
  PRINT_FORMAT_PDF_BITS,   /* a PDF that holds our bits: a printer of one bit whose driver wants PDF
                            */
  PRINT_FORMAT_PWG_RASTER, /* image/pwg-raster (PWG 5102.4): a driverless printer that takes no PDF
                            */
  PRINT_FORMAT_URF, /* image/urf (Apple Raster), black and white only: a driverless printer of one
                       bit whose queue does not read PWG raster */
  PRINT_FORMAT_CUPS_RASTER, /* application/vnd.cups-raster for the queue's own driver: a label
                               printer of one bit, whose PDFs CUPS would halftone */
  PRINT_FORMAT_ZPL, /* ZPL II with a graphic field: a queue without a driver that leads to a printer
                       of that language */
} PrintFormatKind;

typedef struct _PrintFormatHead PrintFormatHead;

typedef struct {
  PrintFormatKind format;
  const char *mime;           /* "application/pdf"; static */
  char *media;                /* PWG 5101.1 name, "iso_a6_105x148mm", "custom_62x110mm_62x110mm" */
  double width_mm, height_mm; /* of the medium, as the printer feeds it */
  gboolean rotated; /* the sheet lies across the medium: a quarter turn clockwise brings it there.
                       raster.h turns pixels itself, printer_send() asks CUPS to turn a PDF */
  double lost_mm;   /* so much of the sheet's edge the printer cannot print on: a template's art and
                       texts should stay away from it */
  double lost_left_mm, lost_right_mm, lost_top_mm, lost_bottom_mm; /* the same of each edge of the
                                                                      sheet, held upright */
  guint dpi;                                                       /* of pixels */
  gboolean one_bit; /* black or nothing: for a PDF, that colours and greys will be halftoned */
  gboolean colour;
  gboolean two_sided;    /* can print the back */
  PrintFormatHead *head; /* raster.h's */
} PrintFormat;

/* How CUPS is told what @format is. */
const char *print_format_mime (PrintFormatKind format);
void print_format_free (PrintFormat *format);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintFormat, print_format_free)
