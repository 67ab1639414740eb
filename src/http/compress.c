#include "http/compress.h"

#include <gio/gio.h>
#include <string.h>

#define STEP 16384

/* “gzip;q=0.5”: the coding's name, and whether its weight is more than nothing. */
static gboolean is_named (const char *part, const char *coding, gboolean *wanted)
{
  gsize length = strlen (coding);
  const char *weight;

  part += strspn (part, " \t");
  if (g_ascii_strncasecmp (part, coding, length) != 0 || strchr ("; \t", part[length]) == NULL)
    return FALSE;
  weight = strstr (part + length, "q=");
  *wanted = weight == NULL || g_ascii_strtod (weight + 2, NULL) > 0;
  return TRUE;
}

gboolean compress_is_taken (const char *header)
{
  g_auto (GStrv) parts = g_strsplit (header != NULL ? header : "", ",", -1);
  gboolean wanted = FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    if (is_named (parts[i], "gzip", &wanted))
      return wanted;
  for (guint i = 0; parts[i] != NULL; i++)
    if (is_named (parts[i], "*", &wanted))
      return wanted;
  return FALSE;
}

GBytes *compress_gzip (gconstpointer data, gsize length, gint level)
{
  g_autoptr (GZlibCompressor) compressor
      = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, level);
  GByteArray *out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize taken = 0, filled = 0, read, written;

  while (result == G_CONVERTER_CONVERTED) {
    g_byte_array_set_size (out, (guint) (filled + STEP));
    result = g_converter_convert (G_CONVERTER (compressor), (const guint8 *) data + taken,
                                  length - taken, out->data + filled, STEP,
                                  G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
    /* Into memory that is there, from memory that is there: nothing can fail. */
    g_assert (result != G_CONVERTER_ERROR);
    taken += read;
    filled += written;
  }
  g_byte_array_set_size (out, (guint) filled);
  return g_byte_array_free_to_bytes (out);
}
