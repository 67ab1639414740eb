/* choose_format.h: from what is known of a queue to what it is given.
 *
 * A printer of one bit gets bits that were drawn for its dots: CUPS's filters would
 * render a PDF in grey and pierce letters and code with a halftone. So its own driver is
 * given CUPS raster where it reads that; where it wants a PDF (Brother's, by
 * foomatic-rip), one that holds the bits. Of a driverless printer that offers URF CUPS
 * 2.4 knows no PWG raster, and URF has no bits: it gets greys that are black or white.
 *
 * Only print/ includes this. Errors are PRINTER_ERROR's. Threads: as Driver. Nothing here
 * blocks.  */
#pragma once

#include "print/driver.h"
#include "print/capabilities.h"
#include "print/print_format.h"

/* Monochrome printers up to that resolution get bits; finer ones can halftone a grey that
 * is still even. */
#define DECIDE_BITS_DPI_MAX 360

/* What raster.h needs to know beyond the format. All in pixels of the medium as it is
 * fed. */
struct _PrintFormatHead {
  cups_page_header2_t page;    /* of a raster */
  cups_page_header2_t back;    /* of its second side */
  char option[41], choice[41]; /* of the driver, with the job: "" for none (PPD keywords have at
                                  most 40 letters) */
  char size[41];               /* the driver's name of the paper; "" where it has none */
  guint left_px, top_px;       /* where the page begins on the medium */
  guint medium_width_px, medium_height_px;
};

/* @driver NULL: the queue has none, or it is not known. @queue is for messages. */
PrintFormat *choose_format (const char *queue, const Capabilities *traits, Driver *driver,
                            double width_mm, double height_mm, GError **error);
