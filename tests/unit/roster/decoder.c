/* Bytes of each encoding to UTF-8, piece by piece. */
#include "roster/decoder.h"

#include "roster/import_fault.h"

#include <string.h>

/* All of it, read in pieces of @piece bytes. */
static char *decode (const char *bytes, gsize length, Encoding encoding, gsize piece,
                     GError **error)
{
  g_autoptr (Decoder) decoder = decoder_new ((const guint8 *) bytes, length, encoding);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (piece);
  gssize got;
  while ((got = decoder_read (decoder, buffer, piece, error)) > 0)
    g_string_append_len (text, buffer, got);
  if (got < 0)
    return NULL;
  g_assert_cmpuint (decoder_position (decoder), ==, length);
  return g_strdup (text->str);
}

static void test_round (void)
{
  static const char TEXT[] = "Référence;Œuvre Ÿ d'Estienne – 12 €\r\n";
  static const char HANZI[] = "编号,姓名\r\nCN-1,王䶮𬭶赟喆堃,Chargé de mission,Œ\r\n";
  static const struct {
    const char *text, *as;
    Encoding encoding;
  } ROWS[] = {
    { TEXT, "WINDOWS-1252", ENCODING_WINDOWS_1252 }, { TEXT, "UTF-8", ENCODING_UTF8 },
    { TEXT, "UTF-16LE", ENCODING_UTF16LE },          { TEXT, "GB18030", ENCODING_GB18030 },
    { HANZI, "GB18030", ENCODING_GB18030 },          { HANZI, "UTF-16BE", ENCODING_UTF16BE },
    { HANZI, "UTF-16LE", ENCODING_UTF16LE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (gsize piece = 16; piece < 100; piece += 7) {
      gsize length;
      g_autoptr (GError) error = NULL;
      g_autofree char *bytes
          = g_convert (ROWS[i].text, -1, ROWS[i].as, "UTF-8", NULL, &length, NULL);
      g_autofree char *text = decode (bytes, length, ROWS[i].encoding, piece, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, ROWS[i].text);
    }
}

/* What was typed as 0xFE9F and its kin in older Chinese systems are characters of their
 * own, not private ones. */
static void test_rare (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = decode ("\xFE\x9F\xFE\x59", 4, ENCODING_GB18030, 16, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "䶮龴");
}

static void test_no_character (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    Encoding encoding;
    const char *says;
  } ROWS[] = {
    { "ab\n\xFF\x41", 5, ENCODING_GB18030, "line 2, byte 1 (0xFF)" },
    { "ab\nc\xB0", 5, ENCODING_GB18030, "line 2, byte 2 (0xB0)" },
    { "a\x81", 2, ENCODING_WINDOWS_1252, "line 1, byte 2 (0x81)" },
    { "a\0\x00\xD8", 4, ENCODING_UTF16LE, "line 1, byte 3" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (decode (ROWS[i].bytes, ROWS[i].length, ROWS[i].encoding, 64, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_ENCODING);
    g_assert_nonnull (strstr (error->message, ROWS[i].says));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder/round", test_round);
  g_test_add_func ("/decoder/rare", test_rare);
  g_test_add_func ("/decoder/no-character", test_no_character);
  return g_test_run ();
}
