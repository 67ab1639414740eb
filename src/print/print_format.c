#include "print/print_format.h"

const char *print_format_mime (PrintFormatKind format)
{
  static const char *const MIMES[] = {
    [PRINT_FORMAT_PDF] = "application/pdf",
    [PRINT_FORMAT_PDF_BITS] = "application/vnd.cups-pdf",
    [PRINT_FORMAT_PWG_RASTER] = "image/pwg-raster",
    [PRINT_FORMAT_URF] = "image/urf",
    [PRINT_FORMAT_CUPS_RASTER] = "application/vnd.cups-raster",
    [PRINT_FORMAT_ZPL] = "application/vnd.cups-raw",
  };
  return MIMES[format];
}

void print_format_free (PrintFormat *format)
{
  if (format == NULL)
    return;
  g_free (format->media);
  g_free (format->head);
  g_free (format);
}
