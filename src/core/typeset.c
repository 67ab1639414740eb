#include "core/typeset.h"

#include "core/text.h"

#include <string.h>

#define NARROW_SPACE 0x202f
#define APOSTROPHE 0x2019

static gboolean is_plain_space (gunichar c)
{
  return g_unichar_isspace (c) && c != 0xa0 && c != NARROW_SPACE;
}

/* Whether French sets a narrow no-break space before @c, @next being what follows;
 * @space: there is a space already. Where there is none, only what can be no part of an
 * hour, an address or a brand gets one. */
static gboolean wants_space_before (gunichar c, gunichar last, gunichar next, gboolean space)
{
  if (c == 0xbb)
    return last != 0;
  if (c == '!' || c == '?')
    return space && last != 0;
  return (c == ';' || c == ':') && last != 0 && (next == 0 || g_unichar_isspace (next))
         && (space || g_unichar_isalpha (last));
}

static void append_french (GString *out, gunichar c, gunichar last, gunichar next, gboolean space)
{
  gboolean narrow = wants_space_before (c, last, next, space)
                    || (last == 0xab && c != 0xa0 && c != NARROW_SPACE);
  if (narrow && last != 0xa0 && last != NARROW_SPACE)
    g_string_append_unichar (out, NARROW_SPACE);
  else if (space && !narrow)
    g_string_append_c (out, ' ');
  if (c == '\'' && g_unichar_isalpha (last) && !space)
    g_string_append_unichar (out, APOSTROPHE);
  else
    g_string_append_unichar (out, c);
}

static char *typeset (const char *text, gboolean han)
{
  g_autofree char *composed
      = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  gunichar last = 0;
  for (const char *p = composed != NULL ? composed : ""; *p; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_plain_space (c)) {
      space = out->len > 0;
      continue;
    }
    if (g_unichar_iscntrl (c))
      continue;
    if (!han)
      append_french (out, c, last, g_utf8_get_char (text_next (p)), space);
    else {
      if (space)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
    }
    space = FALSE;
    last = c;
  }
  return g_string_free (out, FALSE);
}

char *typeset_french (const char *text)
{
  return typeset (text, FALSE);
}

char *typeset_chinese (const char *text)
{
  return typeset (text, TRUE);
}

gsize typeset_ordinal (const char *text, gsize length)
{
  static const char *const ENDINGS[] = { "ers", "res", "es", "er", "re", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++) {
    gsize n = strlen (ENDINGS[i]);
    if (n <= length && strncmp (text, ENDINGS[i], n) == 0 && (n == length || text[n] == ' '))
      return n;
  }
  return 0;
}

char *typeset_french_plain (const char *text)
{
  g_autofree char *line = typeset_french (text);
  GString *out = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p++) {
    gsize letters = p > line && g_ascii_isdigit (p[-1]) ? typeset_ordinal (p, strlen (p)) : 0;
    if (letters == 0)
      g_string_append_c (out, *p);
    for (gsize i = 0; i < letters; i++)
      g_string_append (out, p[i] == 'e' ? "ᵉ" : p[i] == 'r' ? "ʳ" : "ˢ");
    p += letters > 0 ? letters - 1 : 0;
  }
  return g_string_free (out, FALSE);
}

/* Names ------------------------------------------------------------------------------ */

gboolean typeset_ends_word (gunichar c)
{
  return c == ' ' || c == 0xa0 || c == '\'' || c == 0x2019;
}

gboolean typeset_is_turkish (const char *name)
{
  return name != NULL
         && (strstr (name, "ı") != NULL || strstr (name, "İ") != NULL || strstr (name, "ğ") != NULL
             || strstr (name, "Ğ") != NULL);
}

/* Not g_utf8_strup(), whose capitals depend on the machine's locale. */
static void append_capitals (GString *out, const char *from, const char *to, gboolean turkish)
{
  for (const char *p = from; p < to; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == 0xdf)
      g_string_append (out, "SS");
    else
      g_string_append_unichar (out, c == 'i' && turkish ? 0x130 : g_unichar_toupper (c));
  }
}

/* Words that begin small stay as written only if another begins with a capital: a name
 * typed all in small letters is no row of particles. */
char *typeset_family (const char *family, gboolean turkish)
{
  g_autofree char *text = typeset_french (family);
  gboolean any_capital = FALSE, start = TRUE;
  for (const char *p = text; *p; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    any_capital |= start && g_unichar_isupper (c);
    start = typeset_ends_word (c);
  }
  GString *out = g_string_new (NULL);
  const char *word = text;
  for (const char *p = text;; p = text_next (p)) {
    if (*p && !typeset_ends_word (g_utf8_get_char (p)))
      continue;
    if (p > word && any_capital && g_unichar_islower (g_utf8_get_char (word)))
      g_string_append_len (out, word, p - word);
    else
      append_capitals (out, word, p, turkish);
    if (!*p)
      break;
    word = text_next (p);
    g_string_append_len (out, p, word - p);
  }
  return g_string_free (out, FALSE);
}
