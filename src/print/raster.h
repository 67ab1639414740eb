/* raster.h: a caller's pixels as the document that a format asks for: PWG raster (PWG
 * 5102.4), URF, CUPS raster (cups.org/doc/spec-raster.html) or ZPL II (Zebra, ZPL II
 * Programming Guide, ^GF).
 *
 * Must not know what is drawn. Errors are PRINTER_ERROR's.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "print/page_bits.h"

/* A document of @count sides (1, or 2 if the format has two). Pixels are set on the
 * medium's corner, unscaled; what does not fit by a pixel or two is cut. Of PAGE_SIDE_RGB
 * a format of one bit takes what is darker than half as black. PRINTER_ERROR_DOCUMENT if
 * the format is for a PDF, or the sides do not have its size.  */
GBytes *raster_document (const PrintFormat *format, const PageSide *sides, guint count,
                         GError **error);
