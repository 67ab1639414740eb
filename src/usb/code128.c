#include "usb/code128.h"

#include <string.h>

#define SHIFT 98u
#define FNC3 96u
#define START_B 104u
#define STOP 106u
#define CHECK_MODULUS 103u

/* Widths of bar, space, bar … of each value; the stop has one bar more. */
static const char *const WIDTHS[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
  "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
  "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
  "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
  "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
  "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
  "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
  "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
  "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

static void append_value (GByteArray *modules, guint value)
{
  guint8 dark = 1;

  for (const char *width = WIDTHS[value]; *width != '\0'; width++, dark = !dark)
    for (char i = '0'; i < *width; i++)
      g_byte_array_append (modules, &dark, 1);
}

/* Adds a value and counts it into the check. */
static void add (GByteArray *modules, guint value, guint *check, guint *position)
{
  append_value (modules, value);
  *check = (*check + value * *position) % CHECK_MODULUS;
  (*position)++;
}

GBytes *code128_modules (const char *text)
{
  GByteArray *modules = g_byte_array_new ();
  gsize length = strnlen (text, CODE128_TEXT_MAX + 1);
  guint check = START_B, position = 1;
  gboolean good = length > 0 && length <= CODE128_TEXT_MAX;

  append_value (modules, START_B);
  for (gsize i = 0; good && i < length; i++) {
    char c = text[i];
    good = g_ascii_isprint (c) || g_ascii_iscntrl (c) || c == CODE128_FNC3;
    if (c == CODE128_FNC3)
      add (modules, FNC3, &check, &position);
    else if (g_ascii_iscntrl (c) && c != 0x7F) {
      add (modules, SHIFT, &check, &position);
      add (modules, (guint) c + 64, &check, &position);
    } else if (good)
      add (modules, (guint) c - 32, &check, &position);
  }
  append_value (modules, check);
  append_value (modules, STOP);
  if (good)
    return g_byte_array_free_to_bytes (modules);
  g_byte_array_unref (modules);
  return NULL;
}
