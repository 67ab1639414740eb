#include "roster/name.h"

#include "core/pinyin.h"
#include "core/text.h"
#include "roster/name_word.h"

#include <string.h>

#define GIVEN_WORDS_MAX 4 /* more are a sentence */
#define HAN_MAX 6         /* characters of a name without a dot; more are an organisation */

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

static void replace (char **place, char *by)
{
  g_free (*place);
  *place = by;
}

/* @text behind what @place holds. */
static void append (char **place, const char *text)
{
  if (*text != '\0')
    replace (place, g_strconcat (*place, **place != '\0' ? " " : "", text, NULL));
}

/* @count words as one text. */
static char *joined (char *const *words, guint count)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i]);
  return g_strdup (text->str);
}

/* The order of Latin words ----------------------------------------------------------- */

/* Words and what they are; the family name is those from @start to before @end. */
typedef struct {
  char **words;
  NameWord *kinds;
  guint count, start, end;
} Order;

static gboolean is_given (NameWord kind)
{
  return kind == NAME_WORD_MIXED || kind == NAME_WORD_INITIAL || kind == NAME_WORD_SMALL;
}

/* Names, apart from particles: « VAN DER BERG » has one, « EL FASSI Ahmed » two. */
static guint real_words (const Order *order)
{
  guint real = 0;
  for (guint i = 0; i < order->count; i++)
    real += !name_word_is_particle (order->words[i]) || (i + 1 == order->count && real == 0);
  return real;
}

static gboolean has_kind (const Order *order, NameWord kind)
{
  for (guint i = 0; i < order->count; i++)
    if (order->kinds[i] == kind)
      return TRUE;
  return FALSE;
}

/* Y in VELASQUEZ Y GARCIA, in capitals between capitals. */
static gboolean is_link (const char *word)
{
  return strcmp (word, "Y") == 0 || strcmp (word, "E") == 0 || strcmp (word, "I") == 0;
}

/* From the first word in capitals to the last: nothing but what belongs to one name. */
static gboolean find_capitals (Order *order)
{
  guint first = 0, last = order->count;
  while (first < order->count && order->kinds[first] != NAME_WORD_CAPITALS)
    first++;
  while (last > first && order->kinds[last - 1] != NAME_WORD_CAPITALS)
    last--;
  for (guint i = first; i < last; i++)
    if (is_given (order->kinds[i])
        && !(order->kinds[i] == NAME_WORD_INITIAL && is_link (order->words[i])))
      return FALSE;
  order->start = first;
  order->end = last;
  return first < last;
}

/* A particle that is a given name too is one only if there is another: Ben SMITH, but
 * Mohamed Ben SALEM. */
static gboolean others_have_given (const Order *order, guint at)
{
  for (guint i = 0; i < order->count; i++)
    if (i != at && (i < order->start || i >= order->end) && is_given (order->kinds[i]))
      return TRUE;
  return FALSE;
}

static void take_particles (Order *order)
{
  while (order->start > 0) {
    NameWord kind = order->kinds[order->start - 1];
    if (kind != NAME_WORD_PARTICLE && kind != NAME_WORD_LARGE_PARTICLE
        && !(kind == NAME_WORD_DOUBLE_PARTICLE && others_have_given (order, order->start - 1)))
      break;
    order->start--;
  }
  while (order->end < order->count && order->kinds[order->end] == NAME_WORD_JOINED)
    order->end++;
}

/* The given name's words, from @from to before @to, if they can be nothing else. */
static NameDoubt check_given (const Order *order, guint from, guint to)
{
  gboolean any = FALSE;
  if (to - from > GIVEN_WORDS_MAX)
    return NAME_TAIL;
  for (guint i = from; i < to; i++) {
    NameWord kind = order->kinds[i];
    if ((kind == NAME_WORD_MIXED || kind == NAME_WORD_SMALL)
        && name_word_is_function (order->words[i]))
      return NAME_TAIL;
    if (kind == NAME_WORD_SMALL && to - from > 1)
      return NAME_ORDER;
    any |= is_given (kind) || kind == NAME_WORD_DOUBLE_PARTICLE;
  }
  if (!any || order->kinds[to - 1] == NAME_WORD_PARTICLE)
    return NAME_ORDER;
  return order->kinds[from] == NAME_WORD_PARTICLE ? NAME_ORDER : NAME_CLEAR;
}

/* « BEETHOVEN Ludwig van », « GAULLE Charles de »: the particles at the end go in
 * front. */
static char *family_of (const Order *order, guint *given_end)
{
  while (*given_end > order->end + 1 && order->kinds[*given_end - 1] == NAME_WORD_PARTICLE)
    --*given_end;
  g_autofree char *behind = joined (order->words + *given_end, order->count - *given_end);
  g_autofree char *family = joined (order->words + order->start, order->end - order->start);
  return g_strconcat (behind, *behind != '\0' ? " " : "", family, NULL);
}

static NameDoubt split_by_capitals (Order *order, Name *name)
{
  if (!find_capitals (order))
    return NAME_ORDER;
  take_particles (order);
  guint from = 0, to = order->start;
  gboolean first = order->start == 0;
  if ((!first && order->end < order->count) || (first && order->end == order->count))
    return NAME_ORDER;
  guint given_end = order->count;
  g_autofree char *family = family_of (order, &given_end);
  if (first) {
    from = order->end;
    to = given_end;
  }
  NameDoubt doubt = check_given (order, from, to);
  if (doubt != NAME_CLEAR)
    return doubt;
  replace (&name->family, g_steal_pointer (&family));
  replace (&name->given, joined (order->words + from, to - from));
  return NAME_CLEAR;
}

/* The words' kinds; FALSE if one has what no name has. */
static gboolean classify (Order *order, char **words, guint count)
{
  *order = (Order){ .words = words, .count = count, .kinds = g_new (NameWord, count + 1) };
  for (guint i = 0; i < count; i++)
    order->kinds[i] = name_word_kind (words[i]);
  return count > 0 && !has_kind (order, NAME_WORD_ODD);
}

/* A person who has one name, with particles: SUHARTO, de Gaulle. */
static gboolean is_single (const Order *order)
{
  return real_words (order) == 1 && !has_kind (order, NAME_WORD_INITIAL)
         && !has_kind (order, NAME_WORD_DOUBLE_PARTICLE)
         && !(order->count == 1 && name_word_is_function (order->words[0]));
}

/* With the hanzi beside it ----------------------------------------------------------- */

static gboolean is_dotted (const char *name_zh)
{
  return text_has_han (name_zh) && pinyin_surname_length (name_zh) == 0;
}

/* How many parts between dots; hanzi write given names first. */
static guint dotted_parts (const char *name_zh)
{
  g_autofree char *folded = text_fold (name_zh);
  guint parts = 1;
  for (const char *p = folded; *p != '\0'; p++)
    parts += *p == ' ';
  return parts;
}

/* One end of @order reads as the surname of @name_zh and the other does not. */
static gboolean split_by_surname (const Order *order, const char *name_zh, Name *name)
{
  if (order->count < 2)
    return FALSE;
  gboolean first = pinyin_spells_surname (name_zh, order->words[0]),
           last = pinyin_spells_surname (name_zh, order->words[order->count - 1]);
  if (first == last)
    return FALSE;
  guint from = first ? 1 : 0, to = order->count - (last ? 1 : 0);
  if (check_given (order, from, to) != NAME_CLEAR && !has_kind (order, NAME_WORD_CAPITALS))
    return FALSE;
  replace (&name->family, g_strdup (order->words[first ? 0 : order->count - 1]));
  replace (&name->given, joined (order->words + from, to - from));
  return TRUE;
}

static gboolean split_by_hanzi (const Order *order, const char *name_zh, Name *name)
{
  if (!text_has_han (name_zh))
    return FALSE;
  if (is_dotted (name_zh)) {
    if (order->count != 2 || dotted_parts (name_zh) != 2 || has_kind (order, NAME_WORD_CAPITALS)
        || has_kind (order, NAME_WORD_INITIAL))
      return FALSE;
    replace (&name->given, g_strdup (order->words[0]));
    replace (&name->family, g_strdup (order->words[1]));
    return TRUE;
  }
  g_autofree char *text = joined (order->words, order->count), *family = NULL, *given = NULL;
  if (!pinyin_divide (name_zh, text, &family, &given))
    return FALSE;
  replace (&name->family, g_steal_pointer (&family));
  replace (&name->given, g_steal_pointer (&given));
  return TRUE;
}

/* One stretch of Latin words without a comma: the person's whole name. */
static NameDoubt read_words (char **words, guint count, const char *name_zh, Name *name)
{
  while (count > 2 && name_word_is_degree (words[count - 1]))
    append (&name->aside, words[--count]);
  for (guint i = 1; i + 1 < count; i++)
    if (name_word_is_other_name (words[i])) { /* it and the next word */
      g_autofree char *other = joined (words + i, 2);
      append (&name->aside, other);
      char *gone[] = { words[i], words[i + 1] };
      memmove (words + i, words + i + 2, (count - i - 2) * sizeof *words);
      count -= 2;
      words[count] = gone[0];
      words[count + 1] = gone[1];
    }
  Order order;
  gboolean whole = classify (&order, words, count);
  NameDoubt doubt = NAME_ODD;
  if (whole && split_by_hanzi (&order, name_zh, name))
    doubt = NAME_CLEAR;
  else if (whole && is_single (&order)) {
    replace (&name->family, joined (words, count));
    doubt = NAME_CLEAR;
  } else if (whole) {
    doubt = split_by_capitals (&order, name);
    if (doubt == NAME_ORDER && text_has_han (name_zh) && !is_dotted (name_zh)
        && split_by_surname (&order, name_zh, name))
      doubt = NAME_CLEAR;
  }
  g_free (order.kinds);
  return doubt;
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
  g_autofree char *title = joined (words, titles);
  append (&name->title, title);
  return read_words (words + titles, count - titles, name_zh, name);
}

/* A comma, or a mark that is one: « Dupont, Jean »: family name and given name as
 * written. */
static NameDoubt read_halves (const char *before, const char *behind, Name *name)
{
  g_auto (GStrv) words = g_strsplit (before, " ", -1);
  g_auto (GStrv) others = g_strsplit (behind, " ", -1);
  guint count = g_strv_length (words), titles = name_word_titles (words, count);
  guint given = g_strv_length (others), at = name_word_titles (others, given);
  if (titles == count || at == given)
    return NAME_ODD;
  Order family, rest;
  gboolean whole = classify (&family, words + titles, count - titles);
  whole &= classify (&rest, others + at, given - at);
  guint end = rest.count;
  while (end > 1
         && (rest.kinds[end - 1] == NAME_WORD_PARTICLE
             || (rest.kinds[end - 1] == NAME_WORD_SMALL
                 && name_word_is_particle (rest.words[end - 1]))))
    end--;
  gboolean contradicts
      = has_kind (&rest, NAME_WORD_CAPITALS) && !has_kind (&family, NAME_WORD_CAPITALS);
  gboolean single_initial = family.count == 1 && family.kinds[0] == NAME_WORD_INITIAL;
  if (whole && !contradicts && !single_initial && end <= GIVEN_WORDS_MAX) {
    g_autofree char *title = joined (words, titles), *second = joined (others, at);
    append (&name->title, title);
    append (&name->title, second);
    g_autofree char *particles = joined (rest.words + end, rest.count - end);
    g_autofree char *text = joined (family.words, family.count);
    append (&name->family, particles);
    append (&name->family, text);
    replace (&name->given, joined (rest.words, end));
  }
  g_free (family.kinds);
  g_free (rest.kinds);
  return !whole ? NAME_ODD : *name->family == '\0' ? NAME_ORDER : NAME_CLEAR;
}

/* The parts behind the name: what each is. FALSE if one may be a name. */
static gboolean take_tails (char **parts, Name *name)
{
  for (guint i = 0; parts[i] != NULL; i++)
    switch (tail_kind (parts[i])) {
    case TAIL_TITLE:
      append (&name->title, parts[i]);
      break;
    case TAIL_DEGREE:
      append (&name->aside, parts[i]);
      break;
    case TAIL_FUNCTION:
      if (*name->function != '\0')
        append (&name->function, "–");
      append (&name->function, parts[i]);
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
    append (&name->aside, parts[1]);
    doubt = read_halves (parts[0], parts[2], name);
    return doubt == NAME_CLEAR && !take_tails (parts + 3, name) ? NAME_TAIL : doubt;
  }
  if (kind == TAIL_NAME) {
    if (complete)
      return NAME_TAIL;
    doubt = read_halves (parts[0], parts[1], name);
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

static NameDoubt read_han (GPtrArray *runs, Name *name)
{
  for (guint i = 0; i < runs->len; i++) {
    const char *run = g_ptr_array_index (runs, i);
    if (name_word_is_title_zh (run) && runs->len > 1)
      append (&name->title, run);
    else if (*name->name_zh == '\0')
      replace (&name->name_zh, g_strdup (run));
    else
      return NAME_ODD;
  }
  g_autofree char *title = g_strdup ("");
  name_take_title (&name->name_zh, &title);
  append (&name->title, title);
  guint characters = 0;
  gboolean dotted = is_dotted (name->name_zh);
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
    append (kind == TAIL_TITLE      ? &name->title
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
  g_auto (GStrv) words = g_strsplit (*name, " ", -1);
  guint count = g_strv_length (words), titles = name_word_titles (words, count);
  /* « M. » alone may be an initial, and « Maire » a name: the column says what it is. */
  if (titles == 0 || titles == count || name_word_is_function (words[0]))
    return;
  if (**title == '\0')
    replace (title, joined (words, titles));
  replace (name, joined (words + titles, count - titles));
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
    replace (title, g_strdup (*name + length - bytes));
  replace (name, text_clean (before));
}

void name_take_hanzi (char **family, char **given, char **name_zh)
{
  gboolean both = text_has_han (*given);
  if (!text_has_han (*family) && !(both && **family == '\0'))
    return;
  if (**name_zh == '\0')
    replace (name_zh, g_strconcat (*family, both ? *given : "", NULL));
  replace (family, g_strdup (""));
  if (both)
    replace (given, g_strdup (""));
}

gboolean name_is_foreign (const char *name_zh, const char *country)
{
  static const char *const CHINESE[] = { "CN", "HK", "MO", "TW", "SG", "MY", NULL };
  return *country != '\0' ? !g_strv_contains (CHINESE, country) : is_dotted (name_zh);
}
