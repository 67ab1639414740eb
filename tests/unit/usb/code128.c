/* Code 128: the shape that the standard demands of every character, and what ZBar reads
 * from the bars. */
#include "usb/code128.h"

#include <string.h>
#include <zbar.h>

#define MODULE_PX 3
#define HEIGHT_PX 60

/* The bars as a picture, read with Code 128 alone. NULL if nothing is read. Free with
 * g_free(). */
static char *read_back (GBytes *bars)
{
  gsize count;
  const guint8 *modules = g_bytes_get_data (bars, &count);
  guint width = (guint) (count + 2 * CODE128_QUIET_MODULES) * MODULE_PX;
  g_autofree guint8 *grey = g_malloc (width * HEIGHT_PX);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  char *text = NULL;

  memset (grey, 255, width * HEIGHT_PX);
  for (guint y = 0; y < HEIGHT_PX; y++)
    for (guint x = 0; x < count * MODULE_PX; x++)
      grey[y * width + CODE128_QUIET_MODULES * MODULE_PX + x] = modules[x / MODULE_PX] ? 0 : 255;
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, HEIGHT_PX);
  zbar_image_set_data (image, grey, (gsize) width * HEIGHT_PX, NULL);
  if (zbar_scan_image (scanner, image) > 0) {
    const zbar_symbol_t *symbol = zbar_image_first_symbol (image);
    text = g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return text;
}

static void test_reads_back (void)
{
  static const struct {
    const char *text, *read;
  } ROWS[] = {
    { "DEFALT.", "DEFALT." },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz" },
    { "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
      "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" },
    { "$P,AE,P\r", "$P,AE,P\r" },
    { "a\001b\037c\r\n", "a\001b\037c\r\n" },
    { "\x81"
      "TRMUSB130.",
      "TRMUSB130." }, /* ZBar checks FNC3 and leaves it out */
    { "\x81"
      "$P,Ae,P\r",
      "$P,Ae,P\r" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GBytes) bars = code128_modules (ROWS[i].text);
    g_autofree char *text = read_back (bars);
    g_assert_cmpstr (text, ==, ROWS[i].read);
  }
}

/* FNC3 is there: the symbol is one character longer, and that character is 114311 right
 * behind the start. */
static void test_fnc3 (void)
{
  static const char START_AND_FNC3[]
      = "1101001000010111100010"; /* 211214, 114311 in modules: bars 1, spaces 0 */
  g_autoptr (GBytes) with = code128_modules ("\x81"
                                             "A"),
                     without = code128_modules ("A");
  const guint8 *modules = g_bytes_get_data (with, NULL);

  g_assert_cmpuint (g_bytes_get_size (with), ==, g_bytes_get_size (without) + 11);
  for (guint i = 0; i < strlen (START_AND_FNC3); i++)
    g_assert_cmpuint (modules[i], ==, START_AND_FNC3[i] - '0');
}

/* Each character: eleven modules, three bars and three spaces, an even number of dark
 * modules; no two alike. */
static void test_characters (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (char c = ' '; c < 0x7F; c++) {
    char text[] = { c, '\0' };
    g_autoptr (GBytes) bars = code128_modules (text);
    const guint8 *modules = g_bytes_get_data (bars, NULL);
    guint dark = 0, changes = 0;
    char *shape = g_malloc0 (12);
    g_assert_cmpuint (g_bytes_get_size (bars), ==, 3 * 11 + 13);
    for (guint i = 11; i < 22; i++) {
      dark += modules[i];
      changes += modules[i] != modules[i - 1] ? 1 : 0;
      shape[i - 11] = (char) ('0' + modules[i]);
    }
    g_assert_cmpuint (dark % 2, ==, 0);
    g_assert_cmpuint (changes, ==, 6);
    g_assert_true (g_hash_table_add (seen, shape));
  }
}

static void test_refused (void)
{
  g_autofree char *long_text = g_strnfill (CODE128_TEXT_MAX + 1, 'x');

  g_assert_null (code128_modules (""));
  g_assert_null (code128_modules (long_text));
  g_assert_null (code128_modules ("é"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/code128/reads-back", test_reads_back);
  g_test_add_func ("/scan/code128/fnc3", test_fnc3);
  g_test_add_func ("/scan/code128/characters", test_characters);
  g_test_add_func ("/scan/code128/refused", test_refused);
  return g_test_run ();
}
