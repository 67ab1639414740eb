#include "credential/qr.h"

#include <gio/gio.h>
#include <string.h>

static const char SAMPLE[] = "AC:BB8QED8WEX0%69 VD92EX0UJCLQE7W581";

static guint32 int_at (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* The three finder patterns of ISO/IEC 18004, 6.3.3: rings dark, light, dark. */
static void check_finder (const Qr *qr, guint left, guint top)
{
  for (guint y = 0; y < 7; y++)
    for (guint x = 0; x < 7; x++) {
      guint ring = MIN (MIN (x, 6 - x), MIN (y, 6 - y));
      g_assert_cmpint (qr_is_dark (qr, left + x, top + y), ==, ring != 1);
    }
}

static void test_finders (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Qr) qr = qr_new (SAMPLE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (qr->size, ==, 25); /* version 2 */
  check_finder (qr, 0, 0);
  check_finder (qr, qr->size - 7, 0);
  check_finder (qr, 0, qr->size - 7);
  g_assert_false (qr_is_dark (qr, qr->size, 0));
  g_assert_false (qr_is_dark (qr, 0, G_MAXUINT));
}

/* The longest code, 159 characters, fits version 7 only in alphanumeric mode. */
static void test_alphanumeric (void)
{
  g_autofree char *ours = g_strnfill (159, ':');
  g_autofree char *bytes = g_strnfill (159, 'a');
  g_autoptr (Qr) dense = qr_new (ours, NULL);
  g_autoptr (Qr) plain = qr_new (bytes, NULL);

  g_assert_cmpuint (dense->size, ==, 4 * 7 + 17);
  g_assert_cmpuint (plain->size, >, dense->size);
}

static void test_too_long (void)
{
  static const gsize LENGTHS[] = { 0, 3400, 7089, 7090, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++) {
    g_autofree char *text = g_strnfill (LENGTHS[i], 'A');
    g_autoptr (GError) error = NULL;
    g_assert_null (qr_new (text, &error));
    g_assert_error (error, QR_ERROR, QR_ERROR_TOO_LONG);
  }
}

/* Unpacks the rows of a PNG whose one IDAT chunk follows its header. */
static GByteArray *unpack (const guint8 *png, gsize size)
{
  g_autoptr (GZlibDecompressor) inflate = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  guint32 length = int_at (png + 33);
  gsize room = 1024 * 1024, read, written;
  g_autofree guint8 *out = g_malloc (room);
  g_autoptr (GError) error = NULL;

  g_assert_cmpmem (png + 37, 4, "IDAT", 4);
  g_assert_cmpuint (41 + length + 4 + 12, ==, size);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (inflate), png + 41, length, out, room,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, &error),
                   ==, G_CONVERTER_FINISHED);
  return g_byte_array_append (g_byte_array_new (), out, (guint) written);
}

static void test_png (void)
{
  static const guint SCALES[] = { 1, 3, 8 };
  g_autoptr (Qr) qr = qr_new (SAMPLE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (SCALES); i++) {
    guint scale = SCALES[i], side = (qr->size + 8) * scale, row_bytes = (side + 7) / 8 + 1;
    g_autoptr (GBytes) bytes = qr_png (qr, scale);
    gsize size;
    const guint8 *png = g_bytes_get_data (bytes, &size);
    g_autoptr (GByteArray) rows = NULL;

    g_assert_cmpmem (png, 16, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    g_assert_cmpuint (int_at (png + 16), ==, side);
    g_assert_cmpuint (int_at (png + 20), ==, side);
    g_assert_cmpmem (png + 24, 5, "\1\0\0\0\0", 5);
    g_assert_cmpmem (png + size - 12, 12, "\0\0\0\0IEND\xae\x42\x60\x82",
                     12); /* whose CRC is known */
    rows = unpack (png, size);
    g_assert_cmpuint (rows->len, ==, row_bytes * side);
    for (guint y = 0; y < side; y++) {
      g_assert_cmpuint (rows->data[y * row_bytes], ==, 0);
      for (guint x = 0; x < side; x++) {
        gboolean white = rows->data[y * row_bytes + 1 + x / 8] >> (7 - x % 8) & 1;
        gboolean quiet = MIN (x, y) / scale < 4;
        g_assert_cmpint (white, ==, quiet || !qr_is_dark (qr, x / scale - 4, y / scale - 4));
      }
    }
  }
}

/* Reads the half blocks back into modules. */
static void test_text (void)
{
  g_autoptr (Qr) qr = qr_new (SAMPLE, NULL);
  g_autofree char *text = qr_text (qr);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  guint side = qr->size + 8;

  g_assert_cmpuint (g_strv_length (rows), ==, (side + 1) / 2 + 1);
  for (guint y = 0; y < side; y++) {
    const char *at = rows[y / 2] + strlen ("\033[30;107m");
    g_assert_true (g_str_has_prefix (rows[y / 2], "\033[30;107m"));
    for (guint x = 0; x < side; x++) {
      gunichar c = g_utf8_get_char (at);
      gboolean dark = c == 0x2588 || c == (y % 2 ? 0x2584 : 0x2580);
      g_assert_true (c == ' ' || c == 0x2588 || c == 0x2584 || c == 0x2580);
      g_assert_cmpint (dark, ==, x >= 4 && y >= 4 && qr_is_dark (qr, x - 4, y - 4));
      at += g_utf8_skip[(guchar) *at];
    }
    g_assert_cmpstr (at, ==, "\033[0m");
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket/qr/finders", test_finders);
  g_test_add_func ("/ticket/qr/alphanumeric", test_alphanumeric);
  g_test_add_func ("/ticket/qr/too-long", test_too_long);
  g_test_add_func ("/ticket/qr/png", test_png);
  g_test_add_func ("/ticket/qr/text", test_text);
  return g_test_run ();
}
