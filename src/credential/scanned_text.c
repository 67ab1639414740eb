#include "credential/scanned_text.h"

#include <string.h>

/* Around a code, where reader_append() has made "?" of what is no text. None of these
 * is a digit of base45 but the space, which is never its last (code.c). */
static const char *const AROUND[]
    = { "?", "\"", "'", "#", "`",        "\xC2\xAB",     "\xC2\xBB",
        "“", "”",  "‘", "’", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\xAF" };

/* The bytes of what surrounds a code at the beginning of @text; 0: nothing. */
static gsize around (const char *text, gsize length)
{
  if (length == 0)
    return 0;
  if (g_ascii_isspace (*text) || g_ascii_iscntrl (*text))
    return 1;
  /* The symbology (ISO/IEC 15424): QR is Q, with a digit. */
  if (length >= 3 && text[0] == ']' && text[1] == 'Q' && g_ascii_isdigit (text[2]))
    return 3;
  for (guint i = 0; i < G_N_ELEMENTS (AROUND); i++)
    if (length >= strlen (AROUND[i]) && strncmp (text, AROUND[i], strlen (AROUND[i])) == 0)
      return strlen (AROUND[i]);
  return 0;
}

/* The same at its end. */
static gsize around_end (const char *text, gsize length)
{
  if (length == 0)
    return 0;
  if (g_ascii_isspace (text[length - 1]) || g_ascii_iscntrl (text[length - 1]))
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (AROUND); i++) {
    gsize bytes = strlen (AROUND[i]);
    if (length >= bytes && strncmp (text + length - bytes, AROUND[i], bytes) == 0)
      return bytes;
  }
  return 0;
}

const char *scanned_text_trim (const char *text, gsize *length)
{
  gsize bytes;

  while ((bytes = around (text, *length)) > 0) {
    text += bytes;
    *length -= bytes;
  }
  while ((bytes = around_end (text, *length)) > 0)
    *length -= bytes;
  return text;
}

char *scanned_text_within (const char *text, gsize length, const char *prefix)
{
  g_autofree char *plain = g_uri_unescape_segment (text, text + length, NULL);
  g_autofree char *copy = g_strndup (text, length);
  const char *whole = plain != NULL ? plain : copy;
  const char *found = strstr (whole, "://") != NULL ? strstr (whole, prefix) : NULL;

  return found != NULL ? g_strndup (found, strcspn (found, "&#\"'")) : NULL;
}

/* What a French keyboard makes of the keys of an American one, of base45's digits and the
 * colon. */
static const struct {
  const char *french;
  char meant;
} KEYS[] = {
  { "&", '1' }, { "é", '2' }, { "\"", '3' }, { "'", '4' }, { "(", '5' }, { "-", '6' },
  { "è", '7' }, { "_", '8' }, { "ç", '9' },  { "à", '0' }, { "4", '$' }, { "5", '%' },
  { "8", '*' }, { ")", '-' }, { ":", '.' },  { "!", '/' }, { "M", ':' }, { "+", '+' },
  { " ", ' ' }, { "Q", 'A' }, { "A", 'Q' },  { "Z", 'W' }, { "W", 'Z' }, { "?", 'M' },
};

/* The bytes of a key at @text, and what was meant; 0: no key that a code has. */
static gsize key_at (const char *text, gsize length, char *meant)
{
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    gsize bytes = strlen (KEYS[i].french);
    if (length >= bytes && strncmp (text, KEYS[i].french, bytes) == 0) {
      *meant = KEYS[i].meant;
      return bytes;
    }
  }
  *meant = *text;
  return g_ascii_isupper (*text) ? 1 : 0;
}

char *scanned_text_of_azerty (const char *text, gsize length)
{
  g_autoptr (GString) meant = g_string_new (NULL);

  while (length > 0) {
    char each;
    gsize bytes = key_at (text, length, &each);
    if (bytes == 0)
      return NULL;
    g_string_append_c (meant, each);
    text += bytes;
    length -= bytes;
  }
  return g_string_free (g_steal_pointer (&meant), FALSE);
}
