#include "badge/phrase.h"

#include "core/text.h"

#include <string.h>

#define SHORT_WORD 3 /* letters; "de", "la", "aux" stay with the word that follows */

static const char typographic_apostrophe[] = "\xe2\x80\x99";

/* One line, single spaces; an apostrophe between letters of French text becomes a typographic one. */
static char *typeset (const char *text, gboolean han)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  gunichar last = 0;
  for (const char *p = text ? text : ""; *p; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isspace (c) && c != 0xa0 && c != 0x202f) {
      space = out->len > 0;
      continue;
    }
    if (g_unichar_iscntrl (c))
      continue;
    if (space)
      g_string_append_c (out, ' ');
    if (c == '\'' && !han && g_unichar_isalpha (last) && !space)
      g_string_append (out, typographic_apostrophe);
    else
      g_string_append_unichar (out, c);
    space = FALSE;
    last = c;
  }
  return g_string_free (out, FALSE);
}

Phrase *phrase_new (const char *text, gboolean han, PhraseWeight weight)
{
  Phrase *phrase = g_new0 (Phrase, 1);
  phrase->text = typeset (text, han);
  phrase->han = han;
  phrase->bold_to = weight == PHRASE_BOLD ? strlen (phrase->text) : 0;
  return phrase;
}

void phrase_free (Phrase *phrase)
{
  if (!phrase)
    return;
  g_free (phrase->text);
  g_free (phrase);
}

gboolean phrase_is_empty (const Phrase *phrase)
{
  return phrase->text[0] == '\0';
}

static gboolean ends_word (gunichar c)
{
  return c == ' ' || c == 0xa0 || c == '\'' || c == 0x2019;
}

/* Words that begin small stay as written only if another begins with a capital: a name typed all in small letters is no row of particles. */
char *phrase_family_capitals (const char *family)
{
  g_autofree char *text = typeset (family, FALSE);
  gboolean any_capital = FALSE, start = TRUE;
  for (const char *p = text; *p; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    any_capital |= start && g_unichar_isupper (c);
    start = ends_word (c);
  }
  GString *out = g_string_new (NULL);
  const char *word = text;
  for (const char *p = text;; p = text_next (p)) {
    if (*p && !ends_word (g_utf8_get_char (p)))
      continue;
    if (p > word && any_capital && g_unichar_islower (g_utf8_get_char (word)))
      g_string_append_len (out, word, p - word);
    else {
      g_autofree char *capitals = g_utf8_strup (word, p - word);
      g_string_append (out, capitals);
    }
    if (!*p)
      break;
    word = text_next (p);
    g_string_append_len (out, p, word - p);
  }
  return g_string_free (out, FALSE);
}

Phrase *phrase_new_latin_name (const char *family, const char *given)
{
  g_autofree char *capitals = phrase_family_capitals (family);
  g_autofree char *light = typeset (given, FALSE);
  Phrase *phrase = g_new0 (Phrase, 1);
  phrase->bold_to = strlen (capitals);
  phrase->text = g_strconcat (capitals, *capitals && *light ? " " : "", light, NULL);
  return phrase;
}

Phrase *phrase_new_han_name (const char *name, guint surname)
{
  Phrase *phrase = phrase_new (name, TRUE, PHRASE_LIGHT);
  const char *end = phrase->text;
  for (guint i = 0; i < surname && *end; i++)
    end = text_next (end);
  phrase->bold_to = (gsize) (end - phrase->text);
  return phrase;
}

/* Attributes ---------------------------------------------------------------------------------------------------------------------------------------- */

static void add (PangoAttrList *list, PangoAttribute *attribute, gsize from, gsize to)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) to;
  pango_attr_list_insert (list, attribute);
}

/* Letters and figures of Chinese text come from the Latin font: one kind of figures on the whole badge. */
static void latin_runs (PangoAttrList *list, const char *text, gsize length)
{
  for (gsize i = 0; i < length;) {
    gsize end = i;
    while (end < length && (g_ascii_isalnum (text[end]) || (end > i && strchr ("&./+", text[end]))))
      end++;
    if (end > i) {
      add (list, pango_attr_family_new (FONT_LATIN ", " FONT_HAN), i, end);
      add (list, pango_attr_language_new (pango_language_from_string ("fr")), i, end); /* else Pango opens one more Chinese face to measure lines */
    }
    i = end > i ? end : i + 1;
  }
}

/* The dot between the parts of a transliterated name, which the font draws as wide as a character. */
static void narrow_dots (PangoAttrList *list, const char *text, gsize length)
{
  for (gsize i = 0; i + 1 < length; i++)
    if (memcmp (text + i, "\xc2\xb7", 2) == 0)
      add (list, pango_attr_font_features_new ("halt"), i, i + 2);
}

/* The letters of an ordinal at @text, which follows a figure: 0 if there is none. */
static gsize ordinal_length (const char *text, gsize length)
{
  static const char *const endings[] = { "ers", "res", "es", "er", "re", "e" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize n = strlen (endings[i]);
    if (n <= length && strncmp (text, endings[i], n) == 0 && (n == length || text[n] == ' '))
      return n;
  }
  return 0;
}

static void ordinals (PangoAttrList *list, const char *text, gsize length)
{
  for (gsize i = 1; i < length; i++) {
    gsize n = g_ascii_isdigit (text[i - 1]) ? ordinal_length (text + i, length - i) : 0;
    if (n) {
      add (list, pango_attr_scale_new (0.64), i, i + n);
      add (list, pango_attr_rise_new ((int) (0.30 * PHRASE_SHAPED_PT * PANGO_SCALE)), i, i + n);
    }
  }
}

PangoAttrList *phrase_attributes (const Phrase *phrase, gsize from, gsize to)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *text = phrase->text + from;
  gsize length = to - from;
  add (list, pango_attr_language_new (pango_language_from_string (phrase->han ? "zh-cn" : "fr")), 0, length);
  add (list, pango_attr_family_new (phrase->han ? FONT_HAN ", " FONT_LATIN : FONT_LATIN ", " FONT_HAN), 0, length);
  if (phrase->han) {
    latin_runs (list, text, length);
    narrow_dots (list, text, length);
  } else
    ordinals (list, text, length);
  gsize bold_from = MAX (phrase->bold_from, from), bold_to = MIN (phrase->bold_to, to);
  if (bold_from < bold_to)
    add (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), bold_from - from, bold_to - from);
  if (phrase->tabular)
    add (list, pango_attr_font_features_new ("tnum"), 0, length);
  return list;
}

PhraseBreak phrase_break_at (const Phrase *phrase, gsize at)
{
  const char *p = phrase->text + at;
  const char *before = g_utf8_find_prev_char (phrase->text, p);
  gunichar c = before ? g_utf8_get_char (before) : 0;
  if (phrase->han)
    return c == 0xb7 || c == 0x30fb || c == ' ' || g_unichar_ispunct (c) ? PHRASE_BREAK_GOOD : PHRASE_BREAK_POOR;
  if (c != ' ')
    return PHRASE_BREAK_POOR;
  glong letters = 0;
  for (const char *q = before; q > phrase->text;) {
    q = g_utf8_prev_char (q);
    if (ends_word (g_utf8_get_char (q)))
      break;
    letters++;
  }
  return letters <= SHORT_WORD ? PHRASE_BREAK_POOR : PHRASE_BREAK_GOOD;
}
