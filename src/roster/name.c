#include "roster/name.h"

#include "core/han_name.h"
#include "core/pinyin.h"
#include "core/text.h"
#include "roster/name_order.h"
#include "roster/name_word.h"

#include <string.h>

#define HAN_MAX 6 /* characters of a name without a dot; more are an organisation */

Name *name_new (void)
{
  Name *name = g_new (Name, 1);
  for (gsize i = 0; i < sizeof *name / sizeof (char *); i++)
    ((char **) name)[i] = g_strdup ("");
  return name;
}

void name_free (Name *name)
{
  for (gsize i = 0; name != NULL && i < sizeof *name / sizeof (char *); i++)
    g_free (((char **) name)[i]);
  g_free (name);
}

/* Titles, commas, brackets ----------------------------------------------------------- */

/* What stands behind a comma. */
typedef enum { TAIL_NAME, TAIL_TITLE, TAIL_DEGREE, TAIL_FUNCTION } Tail;

static Tail tail_kind (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint count = g_strv_length (words);
  if (name_word_is_degree (text))
    return TAIL_DEGREE;
  if (name_word_titles (words, count) == count && !(count == 1 && name_word_is_function (text)))
    return TAIL_TITLE;
  for (guint i = 0; i < count; i++)
    if (name_word_is_function (words[i]) && name_word_kind (words[i]) != NAME_WORD_CAPITALS)
      return TAIL_FUNCTION;
  return count == 1 && name_word_is_function (text) ? TAIL_FUNCTION : TAIL_NAME;
}

static NameDoubt read_stretch (const char *text, const char *name_zh, Name *name)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint count = g_strv_length (words), titles = name_word_titles (words, count);
  if (titles == count)
    return NAME_ODD;
  g_autofree char *title = name_text_join (words, titles);
  name_text_append (&name->title, title);
  return name_order_words (words + titles, count - titles, name_zh, name);
}

/* The parts behind the name: what each is. FALSE if one may be a name. */
static gboolean take_tails (char **parts, Name *name)
{
  for (guint i = 0; parts[i] != NULL; i++)
    switch (tail_kind (parts[i])) {
    case TAIL_TITLE:
      name_text_append (&name->title, parts[i]);
      break;
    case TAIL_DEGREE:
      name_text_append (&name->aside, parts[i]);
      break;
    case TAIL_FUNCTION:
      if (*name->function != '\0')
        name_text_append (&name->function, "–");
      name_text_append (&name->function, parts[i]);
      break;
    case TAIL_NAME:
      return FALSE;
    }
  return TRUE;
}

/* The parts between commas, cleaned; NULL if one is empty. */
static char **parts_of (const char *text)
{
  g_auto (GStrv) raw = g_regex_split_simple (" *[,，、] *", text, 0, 0);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  for (guint i = 0; raw[i] != NULL; i++) {
    g_autofree char *part = text_clean (raw[i]);
    if (*part == '\0')
      return NULL;
    g_strv_builder_add (parts, part);
  }
  return g_strv_builder_end (parts);
}

static NameDoubt read_latin (const char *text, const char *name_zh, Name *name)
{
  g_auto (GStrv) parts = parts_of (text);
  if (parts == NULL || parts[0] == NULL)
    return NAME_ODD;
  if (parts[1] == NULL)
    return read_stretch (parts[0], name_zh, name);
  g_autoptr (Name) alone = name_new ();
  NameDoubt doubt = read_stretch (parts[0], name_zh, alone);
  gboolean complete = doubt == NAME_CLEAR && *alone->given != '\0';
  Tail kind = tail_kind (parts[1]);
  if (kind == TAIL_DEGREE && parts[2] != NULL && !complete) { /* King, Jr., Martin Luther */
    name_text_append (&name->aside, parts[1]);
    doubt = name_order_halves (parts[0], parts[2], name);
    return doubt == NAME_CLEAR && !take_tails (parts + 3, name) ? NAME_TAIL : doubt;
  }
  if (kind == TAIL_NAME) {
    if (complete)
      return NAME_TAIL;
    doubt = name_order_halves (parts[0], parts[1], name);
    return doubt == NAME_CLEAR && !take_tails (parts + 2, name) ? NAME_TAIL : doubt;
  }
  doubt = read_stretch (parts[0], name_zh, name);
  return doubt == NAME_CLEAR && !take_tails (parts + 1, name) ? NAME_TAIL : doubt;
}

/* Scripts ---------------------------------------------------------------------------- */

static gboolean is_dot (gunichar c)
{
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x30FB || c == 0xFF0E
         || c == 0x22C5;
}

/* Between @p and the next Han character there are only dots and spaces. */
static gboolean han_goes_on (const char *p)
{
  while (*p != '\0' && (is_dot (g_utf8_get_char (p)) || *p == ' '))
    p = text_next (p);
  return *p != '\0' && text_is_han (g_utf8_get_char (p));
}

static void end_of_han (GString *run, GPtrArray *runs)
{
  if (run->len > 0)
    g_ptr_array_add (runs, text_clean (run->str));
  g_string_truncate (run, 0);
}

/* The stretches of Han characters of @text go to @runs; what is left is given back, with
 * a comma where one stood. */
static char *take_han (const char *text, GPtrArray *runs)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autoptr (GString) run = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (text_is_han (c) || (run->len > 0 && (is_dot (c) || c == ' ') && han_goes_on (p)))
      g_string_append_unichar (run, c);
    else {
      if (run->len > 0)
        g_string_append_c (rest, ' ');
      end_of_han (run, runs);
      g_string_append_unichar (rest, c);
    }
  }
  end_of_han (run, runs);
  return text_clean (rest->str);
}

/* Signs that part the two scripts, at either end. */
static char *without_ends (const char *text)
{
  static const char ENDS[] = " /|\\,，、;；:：-–—()（）[]【】<>《》";
  const char *start = text, *end = text + strlen (text);
  while (start < end && g_utf8_strchr (ENDS, -1, g_utf8_get_char (start)) != NULL)
    start = text_next (start);
  while (end > start && g_utf8_strchr (ENDS, -1, g_utf8_get_char (g_utf8_prev_char (end))) != NULL)
    end = g_utf8_prev_char (end);
  return g_strndup (start, (gsize) (end - start));
}

/* 王　明, 欧阳 思远: spaces that only fill a line. FALSE if two whole names may stand there. */
static gboolean without_fill (char **name_zh)
{
  if (strchr (*name_zh, ' ') == NULL || name_order_is_dotted (*name_zh))
    return TRUE;
  g_auto (GStrv) parts = g_strsplit (*name_zh, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  guint surname = pinyin_surname_length (joined);
  gboolean one
      = g_utf8_strlen (parts[0], -1) <= (glong) surname || han_name_kind (joined) == HAN_NAME_OTHER;
  for (guint i = 1; parts[i] != NULL && parts[i + 1] != NULL; i++)
    one = one && g_utf8_strlen (parts[i], -1) == 1;
  if (one)
    name_text_replace (name_zh, g_steal_pointer (&joined));
  return one;
}

static NameDoubt read_han (GPtrArray *runs, Name *name)
{
  for (guint i = 0; i < runs->len; i++) {
    const char *run = g_ptr_array_index (runs, i);
    if (name_word_is_title_zh (run) && runs->len > 1)
      name_text_append (&name->title, run);
    else if (*name->name_zh == '\0')
      name_text_replace (&name->name_zh, g_strdup (run));
    else
      return NAME_ODD;
  }
  g_autofree char *title = g_strdup ("");
  name_take_title (&name->name_zh, &title);
  name_text_append (&name->title, title);
  if (!without_fill (&name->name_zh))
    return NAME_ODD;
  guint characters = 0;
  gboolean dotted = name_order_is_dotted (name->name_zh);
  for (const char *p = name->name_zh; *p != '\0'; p = text_next (p))
    characters += text_is_han (g_utf8_get_char (p)) != FALSE;
  return !dotted && characters > HAN_MAX ? NAME_ODD : NAME_CLEAR;
}

/* What stands in brackets, taken off @text; Latin only. */
static char *take_brackets (const char *text, Name *name)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  const char *p = text;
  while (*p != '\0') {
    const char *close = *p == '(' ? strchr (p, ')') : NULL;
    if (close == NULL) {
      g_string_append_c (rest, *p++);
      continue;
    }
    g_autofree char *inside = g_strndup (p + 1, (gsize) (close - p - 1));
    g_autofree char *clean = text_clean (inside);
    Tail kind = *clean != '\0' ? tail_kind (clean) : TAIL_DEGREE;
    name_text_append (kind == TAIL_TITLE      ? &name->title
                      : kind == TAIL_FUNCTION ? &name->function
                                              : &name->aside,
                      clean);
    g_string_append_c (rest, ' ');
    p = close + 1;
  }
  return text_clean (rest->str);
}

NameDoubt name_read (const char *text, const char *name_zh, Name *name)
{
  g_autofree char *clean = text_clean (text);
  if (!text_has_han (clean)) {
    g_autofree char *bare = take_brackets (clean, name);
    return read_latin (bare, name_zh, name);
  }
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rest = take_han (clean, runs), *latin = without_ends (rest);
  NameDoubt doubt = read_han (runs, name);
  if (doubt != NAME_CLEAR)
    return doubt;
  if (*latin == '\0') /* 先生 alone is nobody */
    return *name->name_zh != '\0' ? NAME_CLEAR : NAME_ODD;
  g_autofree char *bare = take_brackets (latin, name);
  return read_latin (bare, name->name_zh, name);
}

/* Names in several columns ----------------------------------------------------------- */

static void take_title_latin (char **name, char **title)
{
  if (strchr (*name, ' ') == NULL)
    return; /* nothing but a title stays */
  g_auto (GStrv) words = g_strsplit (*name, " ", -1);
  guint count = g_strv_length (words), titles = name_word_titles (words, count);
  /* « M. » alone may be an initial, and « Maire » a name: the column says what it is. */
  if (titles == 0 || titles == count || name_word_is_function (words[0]))
    return;
  if (**title == '\0')
    name_text_replace (title, name_text_join (words, titles));
  name_text_replace (name, name_text_join (words + titles, count - titles));
}

void name_take_title (char **name, char **title)
{
  if (!text_has_han (*name)) {
    take_title_latin (name, title);
    return;
  }
  gsize bytes = name_word_title_zh (*name), length = strlen (*name);
  if (bytes == 0)
    return;
  g_autofree char *before = g_strndup (*name, length - bytes);
  if (**title == '\0')
    name_text_replace (title, g_strdup (*name + length - bytes));
  name_text_replace (name, text_clean (before));
}

void name_take_hanzi (char **family, char **given, char **name_zh)
{
  gboolean both = text_has_han (*given);
  if (!text_has_han (*family) && !(both && **family == '\0'))
    return;
  if (**name_zh == '\0')
    name_text_replace (name_zh, g_strconcat (*family, both ? *given : "", NULL));
  name_text_replace (family, g_strdup (""));
  if (both)
    name_text_replace (given, g_strdup (""));
}

/* Hanzi are read as pinyin in the passports of the mainland only; where nobody said, a
 * dot shows that the person is not Chinese. */
static gboolean is_of_pinyin (const char *name_zh, const char *country)
{
  return strcmp (country, "CN") == 0 || (*country == '\0' && !name_order_is_dotted (name_zh));
}

gboolean name_pinyin (const char *name_zh, const char *country, char **family, char **given)
{
  *family = *given = NULL;
  return text_has_han (name_zh) && is_of_pinyin (name_zh, country)
         && han_name_kind (name_zh) == HAN_NAME_CHINESE && pinyin_of_name (name_zh, family, given);
}

char *name_as_read (const char *name_zh, const char *country)
{
  g_autofree char *family = NULL, *given = NULL;
  if (!text_has_han (name_zh) || !is_of_pinyin (name_zh, country) || name_order_is_dotted (name_zh))
    return NULL;
  if (han_name_kind (name_zh) != HAN_NAME_OTHER)
    return pinyin_of_name (name_zh, &family, &given)
               ? name_text_join ((char *[]){ family, given }, 2)
               : NULL;
  g_auto (GStrv) syllables = pinyin_syllables (name_zh);
  if (g_strv_contains ((const char *const *) syllables, ""))
    return NULL;
  char *word = g_strjoinv ("", syllables);
  *word = g_ascii_toupper (*word);
  return word;
}
