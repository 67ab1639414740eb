#include "credential/base45.h"

#define BASE 45

static const char ALPHABET[BASE + 1] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static int digit_of (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'A' && c <= 'Z')
    return c - 'A' + 10;
  for (int i = 36; i < BASE; i++)
    if (ALPHABET[i] == c)
      return i;
  return -1;
}

char *base45_encode (const guint8 *data, gsize length)
{
  GString *text = g_string_sized_new (length / 2 * 3 + 3);
  gsize i = 0;

  for (; i + 1 < length; i += 2) {
    guint value = (guint) data[i] << 8 | data[i + 1];
    g_string_append_c (text, ALPHABET[value % BASE]);
    g_string_append_c (text, ALPHABET[value / BASE % BASE]);
    g_string_append_c (text, ALPHABET[value / (BASE * BASE)]);
  }
  if (i < length) {
    g_string_append_c (text, ALPHABET[data[i] % BASE]);
    g_string_append_c (text, ALPHABET[data[i] / BASE]);
  }
  return g_string_free (text, FALSE);
}

/* Two or three digits, least first; -1 if one is none. */
static int value_of (const char *text, gsize digits)
{
  int value = 0;

  for (gsize i = digits; i-- > 0;) {
    int digit = digit_of (text[i]);
    if (digit < 0)
      return -1;
    value = value * BASE + digit;
  }
  return value;
}

gboolean base45_decode (const char *text, gsize text_length, guint8 *data, gsize size,
                        gsize *length)
{
  gsize at = 0;

  /* A single digit left over stands for nothing. Each byte sequence has exactly one text,
   * so what passes here is canonical. */
  if (text_length % 3 == 1 || text_length / 3 * 2 + (text_length % 3 ? 1 : 0) > size)
    return FALSE;

  for (gsize i = 0; i < text_length; i += 3) {
    gsize digits = MIN (3, text_length - i);
    int value = value_of (text + i, digits);
    if (value < 0 || value > (digits == 3 ? 0xffff : 0xff))
      return FALSE;
    if (digits == 3)
      data[at++] = (guint8) (value >> 8);
    data[at++] = (guint8) (value & 0xff);
  }
  *length = at;
  return TRUE;
}
