/* png_file.h: pictures as PNG files (ISO/IEC 15948) in memory, written by libpng.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

/* One bit a pixel, grey. @bits: @height rows of (@width + 7) / 8 bytes, the first pixel
 * in the highest bit, 1 is white. Free with g_bytes_unref(). */
GBytes *png_file_of_bits (const guint8 *bits, guint width, guint height);
