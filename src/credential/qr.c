#include "credential/qr.h"

#include "core/words.h"

#include <errno.h>
#include <gio/gio.h>
#include <qrencode.h>
#include <string.h>

/* Capacity of the largest symbol, 40-L, in the densest mode; anything longer need not be
 * tried. */
#define TEXT_MAX 7089
#define MODULE_PX_MAX 64

G_DEFINE_QUARK (qr - error - quark, qr_error)

Qr *qr_new (const char *text, GError **error)
{
  QRcode *symbol = NULL;
  Qr *qr;
  guint count;

  if (text[0] != '\0' && strnlen (text, TEXT_MAX + 1) <= TEXT_MAX)
    symbol = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  if (symbol == NULL) {
    /* The library fails for want of room or of memory, and GLib's rule for memory is to
     * abort long before. */
    g_set_error (error, QR_ERROR, QR_ERROR_TOO_LONG,
                 _ ("drawing a QR symbol: a text of %zu bytes does not fit into one"),
                 strnlen (text, TEXT_MAX + 1));
    return NULL;
  }

  qr = g_new0 (Qr, 1);
  qr->size = (guint) symbol->width;
  count = qr->size * qr->size;
  qr->modules = g_new (guint8, count);
  for (guint i = 0; i < count; i++)
    qr->modules[i] = symbol->data[i] & 1;
  QRcode_free (symbol);
  return qr;
}

void qr_free (Qr *qr)
{
  if (qr == NULL)
    return;
  g_free (qr->modules);
  g_free (qr);
}

gboolean qr_is_dark (const Qr *qr, guint x, guint y)
{
  return x < qr->size && y < qr->size && qr->modules[y * qr->size + x];
}

/* Dark module at a place counted from the quiet zone's corner. */
static gboolean is_dark_with_quiet (const Qr *qr, guint x, guint y)
{
  return x >= QR_QUIET_MODULES && y >= QR_QUIET_MODULES
         && qr_is_dark (qr, x - QR_QUIET_MODULES, y - QR_QUIET_MODULES);
}

/* PNG (ISO/IEC 15948) ---------------------------------------------------------------- */

static guint32 crc32_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

static void append_int (GByteArray *png, guint32 value)
{
  guint32 big_endian = GUINT32_TO_BE (value);
  g_byte_array_append (png, (const guint8 *) &big_endian, sizeof big_endian);
}

static void append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint start;

  append_int (png, (guint32) length);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  if (length)
    g_byte_array_append (png, data, (guint) length);
  append_int (png, crc32_of (png->data + start, png->len - start));
}

/* Rows of one bit a pixel, 1 is white, each led by its filter type 0. */
static GByteArray *rows_of (const Qr *qr, guint module_px, guint side_px)
{
  guint row_bytes = (side_px + 7) / 8 + 1;
  GByteArray *rows = g_byte_array_sized_new (row_bytes * side_px);
  g_autofree guint8 *row = g_malloc (row_bytes);

  for (guint y = 0; y < side_px / module_px; y++) {
    memset (row, 0xff, row_bytes);
    row[0] = 0;
    for (guint x = 0; x < side_px; x++)
      if (is_dark_with_quiet (qr, x / module_px, y))
        row[1 + x / 8] &= (guint8) ~(0x80 >> x % 8);
    for (guint i = 0; i < module_px; i++)
      g_byte_array_append (rows, row, row_bytes);
  }
  return rows;
}

/* zlib's deflate through GIO. */
static GByteArray *compress (const GByteArray *data)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  GByteArray *out = g_byte_array_new ();
  gsize used = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED) {
    guint8 buffer[4096];
    gsize read = 0, written = 0;
    result = g_converter_convert (G_CONVERTER (compressor), data->data + used, data->len - used,
                                  buffer, sizeof buffer, G_CONVERTER_INPUT_AT_END, &read, &written,
                                  NULL);
    g_assert (
        result
        != G_CONVERTER_ERROR); /* compressing memory into an empty buffer has no way to fail */
    used += read;
    g_byte_array_append (out, buffer, (guint) written);
  }
  return out;
}

GBytes *qr_png (const Qr *qr, guint module_px)
{
  static const guint8 SIGNATURE[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  GByteArray *png = g_byte_array_new ();
  guint scale = CLAMP (module_px, 1, MODULE_PX_MAX);
  guint side_px = (qr->size + 2 * QR_QUIET_MODULES) * scale;
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) rows = rows_of (qr, scale, side_px);
  g_autoptr (GByteArray) packed = compress (rows);
  static const guint8 FORMAT[]
      = { 1, 0, 0, 0, 0 }; /* one bit, grey, deflate, filters, not interlaced */

  append_int (header, side_px);
  append_int (header, side_px);
  g_byte_array_append (header, FORMAT, sizeof FORMAT);

  g_byte_array_append (png, SIGNATURE, sizeof SIGNATURE);
  append_chunk (png, "IHDR", header->data, header->len);
  append_chunk (png, "IDAT", packed->data, packed->len);
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

/* Terminal --------------------------------------------------------------------------- */

char *qr_text (const Qr *qr)
{
  /* Black on white is asked for, since a reader may not take the symbol that a dark
   * terminal would show inverted. */
  static const char ON[] = "\033[30;107m", OFF[] = "\033[0m\n";
  static const char *const HALVES[] = { " ", "▀", "▄", "█" };
  guint side = qr->size + 2 * QR_QUIET_MODULES;
  GString *text = g_string_new (NULL);

  for (guint y = 0; y < side; y += 2) {
    g_string_append (text, ON);
    for (guint x = 0; x < side; x++)
      g_string_append (text, HALVES[(is_dark_with_quiet (qr, x, y) ? 1 : 0)
                                    + (is_dark_with_quiet (qr, x, y + 1) ? 2 : 0)]);
    g_string_append (text, OFF);
  }
  return g_string_free (text, FALSE);
}
