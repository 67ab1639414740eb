#include "print/wish.h"

const char *wish_mime (WishFormat format)
{
  static const char *const MIMES[] = {
    [WISH_PDF] = "application/pdf",
    [WISH_PDF_BITS] = "application/vnd.cups-pdf",
    [WISH_PWG_RASTER] = "image/pwg-raster",
    [WISH_CUPS_RASTER] = "application/vnd.cups-raster",
    [WISH_ZPL] = "application/vnd.cups-raw",
  };
  return MIMES[format];
}

void wish_free (Wish *wish)
{
  if (wish == NULL)
    return;
  g_free (wish->media);
  g_free (wish->head);
  g_free (wish);
}
