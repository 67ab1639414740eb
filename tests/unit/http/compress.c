/* Who takes gzip, and that what was compressed is what it was. */
#include "http/compress.h"

#include <gio/gio.h>

static void test_taken (void)
{
  static const struct {
    const char *header;
    gboolean taken;
  } CASES[] = {
    { NULL, FALSE },
    { "", FALSE },
    { "identity", FALSE },
    { "gzip", TRUE },
    { "GZIP", TRUE },
    { "deflate, gzip, br", TRUE },
    { "br;q=1.0,gzip;q=0.8", TRUE },
    { "gzip;q=0", FALSE },
    { "gzip; q=0.000, *", FALSE },
    { "*", TRUE },
    { "*;q=0", FALSE },
    { "gzipped", FALSE },
    { "x-gzip", FALSE },
    { ",,;,", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    if (compress_is_taken (CASES[i].header) != CASES[i].taken)
      g_error ("%s", CASES[i].header);
}

static void check (gsize length, gboolean same, gint level)
{
  g_autofree guint8 *data = g_malloc (length + 1);
  g_autoptr (GZlibDecompressor) back = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autofree guint8 *out = g_malloc (length + 1);
  g_autoptr (GBytes) small = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gsize read, written = 0, small_length;

  for (gsize i = 0; i < length; i++)
    data[i] = same ? 'a' : (guint8) g_rand_int (rand);
  small = compress_gzip (data, length, level);
  const guint8 *bytes = g_bytes_get_data (small, &small_length);
  GConverterResult result
      = g_converter_convert (G_CONVERTER (back), bytes, small_length, out, length + 1,
                             G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  g_assert_cmpmem (out, (int) written, data, (int) length);
  if (same && length > 1000)
    g_assert_cmpuint (small_length, <, length / 50);
}

static void test_round (void)
{
  static const gsize LENGTHS[] = { 0, 1, 16383, 16384, 16385, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++)
    for (guint same = 0; same < 2; same++) {
      check (LENGTHS[i], same, COMPRESS_FAST);
      check (LENGTHS[i], same, COMPRESS_BEST);
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/compress/taken", test_taken);
  g_test_add_func ("/http/compress/round", test_round);
  return g_test_run ();
}
