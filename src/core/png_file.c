#include "core/png_file.h"

#include <png.h>

static void append (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

static void nothing_to_flush (png_structp png)
{
}

/* What libpng cannot do for a picture in memory is for want of memory, and GLib's rule
 * for that is to abort. */
static void G_GNUC_NORETURN fail (png_structp png, png_const_charp why)
{
  g_error ("writing a picture: %s", why);
}

static void ignore (png_structp png, png_const_charp why)
{
}

GBytes *png_file_of_bits (const guint8 *bits, guint width, guint height)
{
  GByteArray *bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
  png_infop info = png != NULL ? png_create_info_struct (png) : NULL;
  gsize stride = (width + 7) / 8;

  if (info == NULL)
    g_error ("writing a picture: libpng cannot start");
  png_set_write_fn (png, bytes, append, nothing_to_flush);
  png_set_IHDR (png, info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level (png, 9);
  png_write_info (png, info);
  for (guint y = 0; y < height; y++)
    png_write_row (png, bits + y * stride);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}
