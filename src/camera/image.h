/* image.h: QR codes in image files (PNG, JPEG, …), found as qr_finder.h finds them.
 * Threads: reentrant. Blocks on disk.  */
#pragma once

#include <glib.h>

#define IMAGE_PIXELS_MAX (100u * 1000 * 1000)
#define IMAGE_BYTES_MAX (64 * 1024 * 1024)

#define IMAGE_ERROR image_error_quark ()
GQuark image_error_quark (void);
typedef enum {
  IMAGE_ERROR_READ,    /* missing, too large, or no image */
  IMAGE_ERROR_NO_CODE, /* no QR code in it */
} ImageError;

/* The texts of all QR codes in the file, NULL-terminated, at least one; free with
 * g_strfreev(). */
char **image_file_codes (const char *path, GError **error);
