/* bits_document.h: the two documents that are made here of a medium's bits: ZPL II
 * (Zebra, ZPL II Programming Guide: ^GF with its compression of hexadecimal data) and a
 * PDF of one image (ISO 32000, 8.9.5). Only print/ includes this. Errors are
 * PRINTER_ERROR's. Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "print/page_bits.h"

GBytes *bits_document_zpl (const PrintFormat *format, const PageSide *sides, guint count,
                           GError **error);
GBytes *bits_document_pdf (const PrintFormat *format, const PageSide *sides, guint count,
                           GError **error);
