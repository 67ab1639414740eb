/* Pictures as PNG files: read back by libpng, every pixel of many sizes. */
#include "core/png_file.h"

#include <png.h>
#include <string.h>

static gboolean is_white (guint x, guint y)
{
  return (x * 7 + y * 13) % 5 < 2;
}

static void check (guint width, guint height)
{
  gsize stride = (width + 7) / 8, length;
  g_autofree guint8 *bits = g_malloc0 (stride * height), *read = g_malloc (width * height);
  png_image image = { .version = PNG_IMAGE_VERSION };

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (is_white (x, y))
        bits[y * stride + x / 8] |= (guint8) (0x80 >> x % 8);
  g_autoptr (GBytes) png = png_file_of_bits (bits, width, height);
  const guint8 *data = g_bytes_get_data (png, &length);
  g_assert_cmpuint (data[24], ==, 1); /* bit depth */
  g_assert_true (png_image_begin_read_from_memory (&image, data, length));
  g_assert_cmpuint (image.width, ==, width);
  g_assert_cmpuint (image.height, ==, height);
  image.format = PNG_FORMAT_GRAY;
  g_assert_true (png_image_finish_read (&image, NULL, read, 0, NULL));
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      g_assert_cmpuint (read[y * width + x], ==, is_white (x, y) ? 255 : 0);
}

static void test_bits (void)
{
  static const guint SIDES[] = { 1, 7, 8, 9, 33, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (SIDES); i++)
    for (guint j = 0; j < G_N_ELEMENTS (SIDES); j++)
      check (SIDES[i], SIDES[j]);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/png-file/bits", test_bits);
  return g_test_run ();
}
