/* page.h: the two documents that are made here of a medium's bits: ZPL II (Zebra, ZPL II Programming Guide: ^GF with its compression of hexadecimal data) and a PDF of one image (ISO 32000, 8.9.5).
 * Only print/ includes this. Errors are PRINTER_ERROR's. Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "print/side.h"

GBytes *page_zpl (const Wish *wish, const Side *sides, guint count, GError **error);
GBytes *page_pdf (const Wish *wish, const Side *sides, guint count, GError **error);
