#include "badge/phrase.h"

#include "core/text.h"

#include <string.h>

#define NARROW_SPACE 0x202f
#define SHORT_WORD 3 /* letters; "de", "la", "aux" stay with the word that follows */

static const char typographic_apostrophe[] = "\xe2\x80\x99";

/* Typesetting ---------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean is_plain_space (gunichar c)
{
  return g_unichar_isspace (c) && c != 0xa0 && c != NARROW_SPACE;
}

/* Whether French sets a narrow no-break space before @c, @next being what follows; @space: there is a space already. Where there is none, only what can be no part of an hour, an address or a brand gets one. */
static gboolean wants_space_before (gunichar c, gunichar last, gunichar next, gboolean space)
{
  if (c == 0xbb)
    return last != 0;
  if (c == '!' || c == '?')
    return space && last != 0;
  return (c == ';' || c == ':') && last != 0 && (next == 0 || g_unichar_isspace (next)) && (space || g_unichar_isalpha (last));
}

static void append_french (GString *out, gunichar c, gunichar last, gunichar next, gboolean space)
{
  gboolean narrow = wants_space_before (c, last, next, space) || (last == 0xab && c != 0xa0 && c != NARROW_SPACE);
  if (narrow && last != 0xa0 && last != NARROW_SPACE)
    g_string_append_unichar (out, NARROW_SPACE);
  else if (space && !narrow)
    g_string_append_c (out, ' ');
  if (c == '\'' && g_unichar_isalpha (last) && !space)
    g_string_append (out, typographic_apostrophe);
  else
    g_string_append_unichar (out, c);
}

/* One line, single spaces, NFC; French text with its apostrophes and spaces. */
static char *typeset (const char *text, gboolean han)
{
  g_autofree char *composed = g_utf8_normalize (text ? text : "", -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  gunichar last = 0;
  for (const char *p = composed ? composed : ""; *p; p = text_next (p)) {
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

gboolean phrase_is_turkish (const char *name)
{
  return name && (strstr (name, "ı") || strstr (name, "İ") || strstr (name, "ğ") || strstr (name, "Ğ"));
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

/* Words that begin small stay as written only if another begins with a capital: a name typed all in small letters is no row of particles. */
char *phrase_family_capitals (const char *family, gboolean turkish)
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
    else
      append_capitals (out, word, p, turkish);
    if (!*p)
      break;
    word = text_next (p);
    g_string_append_len (out, p, word - p);
  }
  return g_string_free (out, FALSE);
}

Phrase *phrase_new_latin_name (const char *family, const char *given, gboolean turkish)
{
  g_autofree char *capitals = phrase_family_capitals (family, turkish);
  g_autofree char *light = typeset (given, FALSE);
  Phrase *phrase = g_new0 (Phrase, 1);
  phrase->bold_to = strlen (capitals);
  phrase->text = g_strconcat (capitals, *capitals && *light ? " " : "", light, NULL);
  return phrase;
}

static gboolean is_selector (gunichar c)
{
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

Phrase *phrase_new_han_name (const char *name, guint surname)
{
  Phrase *phrase = phrase_new (name, TRUE, PHRASE_LIGHT);
  const char *end = phrase->text;
  for (guint i = 0; i < surname && *end; i++) {
    end = text_next (end);
    while (is_selector (g_utf8_get_char (end)))
      end = text_next (end);
  }
  phrase->bold_to = (gsize) (end - phrase->text);
  return phrase;
}

/* Chinese punctuation -------------------------------------------------------------------------------------------------------------------------------- */

/* Full-width, the ink in the right half; and in the left. */
static const char opening[] = "（〔【《〈「『“‘〖［｛", closing[] = "）〕】》〉」』”’〗］｝，。、；：！？";
/* More that may not begin a line: what joins to the text before. */
static const char joining[] = "·・‧％‰℃—…～-–/／)]}.,;:!?%";
static const char joining_after[] = "￥＄＃$#([{/／";

static gunichar char_before (const char *text, gsize at)
{
  const char *p = at > 0 ? g_utf8_find_prev_char (text, text + at) : NULL;
  while (p && p > text && is_selector (g_utf8_get_char (p)))
    p = g_utf8_find_prev_char (text, p);
  return p ? g_utf8_get_char (p) : 0;
}

static gboolean is_one_of (const char *set, gunichar c)
{
  return c != 0 && g_utf8_strchr (set, -1, c) != NULL;
}

gboolean phrase_may_break (const Phrase *phrase, gsize at)
{
  gunichar before = char_before (phrase->text, at), after = g_utf8_get_char (phrase->text + at);
  if (!phrase->han)
    return TRUE;
  if (before == ' ')
    before = char_before (phrase->text, at - 1);
  return !is_one_of (closing, after) && !is_one_of (joining, after) && !is_one_of (opening, before) && !is_one_of (joining_after, before);
}

static gboolean is_full_width_mark (gunichar c)
{
  return is_one_of (opening, c) || is_one_of (closing, c);
}

/* Set to half its width inside of a line already: after its like, or before another mark. */
static gboolean is_half_inside (gunichar before, gunichar c, gunichar after)
{
  return (is_one_of (closing, c) && is_full_width_mark (after)) || (is_one_of (opening, c) && is_one_of (opening, before));
}

double phrase_trim_end (const Phrase *phrase, gsize at)
{
  gunichar last = char_before (phrase->text, at), after = g_utf8_get_char (phrase->text + at);
  return phrase->han && is_one_of (closing, last) && !is_half_inside (0, last, after) ? 0.5 : 0;
}

double phrase_trim_start (const Phrase *phrase, gsize at)
{
  gunichar first = g_utf8_get_char (phrase->text + at), before = char_before (phrase->text, at);
  return phrase->han && is_one_of (opening, first) && !is_half_inside (before, first, 0) ? 0.5 : 0;
}

/* Attributes ---------------------------------------------------------------------------------------------------------------------------------------- */

static void add (PangoAttrList *list, PangoAttribute *attribute, gsize from, gsize to)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) to;
  pango_attr_list_insert (list, attribute);
}

static gboolean is_full_width (gunichar c)
{
  return c >= 0xff00 && c <= 0xffef;
}

static gboolean is_latin (gunichar c)
{
  return (c < 0x80 && g_ascii_isalnum ((char) c)) || (c >= 0xc0 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN && !is_full_width (c));
}

/* Letters and figures of Chinese text come from the Latin font: one kind of figures on the whole badge. */
static void latin_runs (PangoAttrList *list, const char *text, gsize length)
{
  const char *end = text + length;
  for (const char *p = text; p < end;) {
    const char *start = p;
    while (p < end && (is_latin (g_utf8_get_char (p)) || (p > start && is_one_of ("&./+'’–-", g_utf8_get_char (p)) && text_next (p) < end && is_latin (g_utf8_get_char (text_next (p))))))
      p = text_next (p);
    if (p > start) {
      add (list, pango_attr_family_new (FONT_LATIN ", " FONT_HAN), (gsize) (start - text), (gsize) (p - text));
      add (list, pango_attr_language_new (pango_language_from_string ("fr")), (gsize) (start - text), (gsize) (p - text)); /* else Pango opens one more Chinese face to measure lines */
    } else
      p = text_next (p);
  }
}

/* The dot between the parts of a transliterated name, which the font draws as wide as a character, and marks at the ends of a line and beside each other. */
static void narrow_marks (PangoAttrList *list, const char *text, gsize length)
{
  const char *end = text + length;
  gunichar before = 0;
  for (const char *p = text; p < end; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p), after = text_next (p) < end ? g_utf8_get_char (text_next (p)) : 0;
    gboolean at_edge = (before == 0 && is_one_of (opening, c)) || (after == 0 && is_one_of (closing, c));
    if (c == 0xb7 || at_edge || is_half_inside (before, c, after))
      add (list, pango_attr_font_features_new ("halt"), (gsize) (p - text), (gsize) (text_next (p) - text));
    before = c;
  }
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
    narrow_marks (list, text, length);
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
