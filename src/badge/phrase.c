#include "badge/phrase.h"

#include "core/text.h"
#include "core/typeset.h"
#include "core/words.h"

#include <string.h>

#define LEFT_TO_RIGHT_MARK 0x200e
#define SHORT_WORD 3 /* letters; "de", "la", "aux" stay with the word that follows */

/* Of the scripts that the pinned fonts have. */
static gboolean is_right_to_left (gunichar c)
{
  if (c < 0x590)
    return FALSE;
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_ARABIC:
  case G_UNICODE_SCRIPT_HEBREW:
  case G_UNICODE_SCRIPT_SYRIAC:
  case G_UNICODE_SCRIPT_THAANA:
  case G_UNICODE_SCRIPT_NKO:
  case G_UNICODE_SCRIPT_ADLAM:
    return TRUE;
  default:
    return FALSE;
  }
}

/* As its first letter is written. */
static gboolean begins_at_the_right (const char *text)
{
  while (*text != '\0' && !g_unichar_isalpha (g_utf8_get_char (text)))
    text = text_next (text);
  return is_right_to_left (g_utf8_get_char (text));
}

/* Takes @text; with a mark of direction after each run of words that are written the other
 * way than the rest: else figures and separators that follow would become a part of it
 * (UAX 9, 3.3.4). */
static char *keep_apart (char *text)
{
  GString *marked = NULL;
  const char *kept = text, *end = NULL; /* what is in @marked; the end of an open run */
  for (const char *p = text;; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_right_to_left (c))
      end = text_next (p);
    else if (end != NULL && c != ' ' && !g_unichar_ismark (c)) {
      marked = marked != NULL ? marked : g_string_new (NULL);
      g_string_append_len (marked, kept, end - kept);
      g_string_append_unichar (marked, LEFT_TO_RIGHT_MARK);
      kept = end;
      end = NULL;
    }
    if (c == 0)
      break;
  }
  if (marked == NULL)
    return text;
  g_string_append (marked, kept);
  g_free (text);
  return g_string_free (marked, FALSE);
}

/* Takes @text. */
static Phrase *make (char *text, gboolean han, PhraseWeight weight)
{
  Phrase *phrase = g_new0 (Phrase, 1);
  phrase->right_to_left = begins_at_the_right (text);
  phrase->text = phrase->right_to_left ? text : keep_apart (text);
  phrase->han = han;
  phrase->bold_to = weight == PHRASE_BOLD ? strlen (phrase->text) : 0;
  return phrase;
}

Phrase *phrase_new (const char *text, gboolean han, PhraseWeight weight)
{
  return make (han ? typeset_chinese (text) : typeset_french (text), han, weight);
}

Phrase *phrase_new_plain (const char *text, PhraseWeight weight)
{
  return make (typeset_chinese (text), FALSE, weight);
}

void phrase_free (Phrase *phrase)
{
  if (phrase == NULL)
    return;
  g_free (phrase->text);
  g_free (phrase);
}

gboolean phrase_is_empty (const Phrase *phrase)
{
  return phrase->text[0] == '\0';
}

Phrase *phrase_new_latin_name (const char *family, const char *given, gboolean turkish)
{
  g_autofree char *capitals = typeset_family (family, turkish);
  g_autofree char *light = typeset_french (given);
  Phrase *phrase = g_new0 (Phrase, 1);
  phrase->bold_to = strlen (capitals);
  phrase->text = g_strconcat (capitals, *capitals && *light ? " " : "", light, NULL);
  phrase->right_to_left = begins_at_the_right (phrase->text);
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

/* Chinese punctuation ---------------------------------------------------------------- */

/* Full-width, the ink in the right half; and in the left. */
static const char opening[] = "（〔【《〈「『“‘〖［｛",
                  closing[] = "）〕】》〉」』”’〗］｝，。、；：！？";
/* More that may not begin a line: what joins to the text before. */
static const char joining[] = "·・‧％‰℃—…～-–/／)]}.,;:!?%";
static const char joining_after[] = "￥＄＃$#([{/／";

static gunichar char_before (const char *text, gsize at)
{
  const char *p = at > 0 ? g_utf8_find_prev_char (text, text + at) : NULL;
  while (p != NULL && p > text && is_selector (g_utf8_get_char (p)))
    p = g_utf8_find_prev_char (text, p);
  return p != NULL ? g_utf8_get_char (p) : 0;
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
  return !is_one_of (closing, after) && !is_one_of (joining, after) && !is_one_of (opening, before)
         && !is_one_of (joining_after, before);
}

static gboolean is_full_width_mark (gunichar c)
{
  return is_one_of (opening, c) || is_one_of (closing, c);
}

/* Set to half its width inside of a line already: after its like, or before another
 * mark. */
static gboolean is_half_inside (gunichar before, gunichar c, gunichar after)
{
  return (is_one_of (closing, c) && is_full_width_mark (after))
         || (is_one_of (opening, c) && is_one_of (opening, before));
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

/* Attributes ------------------------------------------------------------------------- */

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
  return (c < 0x80 && g_ascii_isalnum ((char) c))
         || (c >= 0xc0 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN && !is_full_width (c));
}

/* The dot between two texts, with a space on either side: the same in both scripts. */
static gboolean is_divider (const char *text, const char *p)
{
  return p > text && g_utf8_get_char (p) == 0xb7
         && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (p)))
         && g_unichar_isspace (g_utf8_get_char (text_next (p)));
}

/* Letters and figures of Chinese text come from the Latin font: one kind of figures on
 * the whole badge. */
static void latin_runs (PangoAttrList *list, const char *text, gsize length)
{
  const char *end = text + length;
  for (const char *p = text; p < end;) {
    const char *start = p;
    while (p < end
           && (is_latin (g_utf8_get_char (p)) || is_divider (text, p)
               || (p > start
                   && is_one_of ("&./+"
                                 "'’–-",
                                 g_utf8_get_char (p))
                   && text_next (p) < end && is_latin (g_utf8_get_char (text_next (p))))))
      p = text_next (p);
    if (p > start) {
      add (list, pango_attr_family_new (FONT_LATIN ", " FONT_HAN), (gsize) (start - text),
           (gsize) (p - text));
      add (list, pango_attr_language_new (pango_language_from_string (words_tag (WORDS_FIRST))),
           (gsize) (start - text),
           (gsize) (p - text)); /* else Pango opens one more Chinese face to measure lines */
    } else
      p = text_next (p);
  }
}

/* The dot between the parts of a transliterated name, which the font draws as wide as a
 * character, and marks at the ends of a line and beside each other. */
static void narrow_marks (PangoAttrList *list, const char *text, gsize length)
{
  const char *end = text + length;
  gunichar before = 0;
  for (const char *p = text; p < end; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p),
             after = text_next (p) < end ? g_utf8_get_char (text_next (p)) : 0;
    gboolean at_edge
        = (before == 0 && is_one_of (opening, c)) || (after == 0 && is_one_of (closing, c));
    if (c == 0xb7 || at_edge || is_half_inside (before, c, after))
      add (list, pango_attr_font_features_new ("halt"), (gsize) (p - text),
           (gsize) (text_next (p) - text));
    before = c;
  }
}

/* The bytes of an ordinal's letters at @i, 0 for none. */
static gsize ordinal_at (const char *text, gsize length, gsize i)
{
  return g_ascii_isdigit (text[i - 1]) ? typeset_ordinal (text + i, length - i) : 0;
}

gboolean phrase_has_ordinal (const Phrase *phrase)
{
  gsize length = strlen (phrase->text);
  for (gsize i = 1; !phrase->han && i < length; i++)
    if (ordinal_at (phrase->text, length, i) > 0)
      return TRUE;
  return FALSE;
}

static void ordinals (PangoAttrList *list, const char *text, gsize length)
{
  for (gsize i = 1; i < length; i++) {
    gsize n = ordinal_at (text, length, i);
    if (n) {
      add (list, pango_attr_scale_new (PHRASE_ORDINAL), i, i + n);
      add (list, pango_attr_rise_new ((int) (0.30 * PHRASE_SHAPED_PT * PANGO_SCALE)), i, i + n);
    }
  }
}

PangoAttrList *phrase_attributes (const Phrase *phrase, gsize from, gsize to)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *text = phrase->text + from;
  gsize length = to - from;
  add (list,
       pango_attr_language_new (
           pango_language_from_string (phrase->han ? "zh-cn" : words_tag (WORDS_FIRST))),
       0, length);
  add (list,
       pango_attr_family_new (phrase->han ? FONT_HAN ", " FONT_LATIN : FONT_LATIN ", " FONT_HAN), 0,
       length);
  if (phrase->han) {
    latin_runs (list, text, length);
    narrow_marks (list, text, length);
  } else if (!phrase->plain_ordinals)
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
  gunichar c = before != NULL ? g_utf8_get_char (before) : 0;
  if (phrase->han)
    return c == 0xb7 || c == 0x30fb || c == ' ' || g_unichar_ispunct (c) ? PHRASE_BREAK_GOOD
                                                                         : PHRASE_BREAK_POOR;
  if (c != ' ')
    return PHRASE_BREAK_POOR;
  glong letters = 0;
  for (const char *q = before; q > phrase->text;) {
    q = g_utf8_prev_char (q);
    if (typeset_ends_word (g_utf8_get_char (q)))
      break;
    letters++;
  }
  return letters <= SHORT_WORD ? PHRASE_BREAK_POOR : PHRASE_BREAK_GOOD;
}
