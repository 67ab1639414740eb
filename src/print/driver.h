/* driver.h: the driver of a CUPS queue, as its PPD file describes it: what it reads, and
 * the page of a raster that it wants.
 *
 * CUPS has announced the end of PPD files; label printers in Debian 12 have no other
 * drivers. The page header carries what the queue's owner has set (darkness, media
 * tracking, cutter), so that it is left alone.
 *
 * Only print/ includes this. Errors are PRINTER_ERROR's.
 * Threads: a Driver belongs to one thread. Nothing here blocks, but for a file in
 * memory.  */
#pragma once

#include "print/media.h"

#include <cups/raster.h>

#define DRIVER_BYTES_MAX (4 * 1024 * 1024)

typedef struct _Driver Driver;

/* NULL with PRINTER_ERROR_DOCUMENT if it is no PPD. */
Driver *driver_parse (GBytes *ppd, GError **error);
void driver_free (Driver *driver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Driver, driver_free)

/* TRUE if a filter of its own, or the printer, reads @mime
 * ("application/vnd.cups-raster"). */
gboolean driver_reads (const Driver *driver, const char *mime);
/* Adds the sizes and margins that the driver has, and the range of its custom ones. */
void driver_add_media (const Driver *driver, GArray *media);
/* What becomes of @fit, a fixed size, at the queue: CUPS cuts a page to the driver's
 * imageable area, whatever the printer has said. Sets @fit's margins where that is more,
 * or where they are not known. @size (41 bytes) becomes the driver's name for the one to
 * ask for: it may have that size borderless and not. "": it has none. */
void driver_settle (const Driver *driver, MediaFit *fit, char *size);
/* Sets the driver to one bit where an option of its own decides between that and
 * halftones; @option and @choice (PPD_NAME bytes each) then say which to send with a job,
 * else they become "". FALSE if the driver knows only more. */
gboolean driver_ask_for_bits (Driver *driver, char *option, char *choice);
/* The page header for a medium; FALSE if the driver cannot say. */
gboolean driver_head (Driver *driver, const MediaFit *fit, cups_page_header2_t *head);
