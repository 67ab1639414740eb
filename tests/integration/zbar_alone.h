/* zbar_alone.h: what ZBar reads of a picture by itself, without a finder. Include it once, in a
 * test. */
#pragma once

#include "camera/frame.h"

#include <string.h>
#include <zbar.h>

static gboolean zbar_alone_reads (const Frame *frame, const char *text)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  gboolean read = FALSE;

  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, frame->grey, (gsize) frame->width * frame->height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    read = read || strcmp (zbar_symbol_get_data (symbol), text) == 0;
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return read;
}
