#include "roster/name_order.h"

#include "core/han_name.h"
#include "core/pinyin.h"
#include "core/text.h"
#include "roster/name_word.h"

#include <string.h>

#define GIVEN_WORDS_MAX 4 /* more are a sentence */

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
  g_autofree char *behind = name_text_join (order->words + *given_end, order->count - *given_end);
  g_autofree char *family = name_text_join (order->words + order->start, order->end - order->start);
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
  name_text_replace (&name->family, g_steal_pointer (&family));
  name_text_replace (&name->given, name_text_join (order->words + from, to - from));
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

gboolean name_order_is_dotted (const char *name_zh)
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
  name_text_replace (&name->family, g_strdup (order->words[first ? 0 : order->count - 1]));
  name_text_replace (&name->given, name_text_join (order->words + from, to - from));
  return TRUE;
}

/* Some words are in capitals, some are not: they say which is the family name. */
static gboolean capitals_differ (const Order *order)
{
  guint capitals = 0;
  for (guint i = 0; i < order->count; i++)
    capitals += order->kinds[i] == NAME_WORD_CAPITALS;
  return capitals > 0 && capitals < order->count;
}

static gboolean split_by_hanzi (const Order *order, const char *name_zh, Name *name)
{
  if (!text_has_han (name_zh))
    return FALSE;
  if (name_order_is_dotted (name_zh)) {
    if (order->count != 2 || dotted_parts (name_zh) != 2 || has_kind (order, NAME_WORD_CAPITALS)
        || has_kind (order, NAME_WORD_INITIAL))
      return FALSE;
    name_text_replace (&name->given, g_strdup (order->words[0]));
    name_text_replace (&name->family, g_strdup (order->words[1]));
    return TRUE;
  }
  g_autofree char *text = name_text_join (order->words, order->count), *family = NULL,
                  *given = NULL;
  if (!pinyin_divide (name_zh, text, &family, &given))
    return FALSE;
  if (han_name_kind (name_zh) == HAN_NAME_OTHER) { /* 扎西次仁, Zhaxi Ciren: no surname in it */
    if (capitals_differ (order))
      return FALSE;
    name_text_replace (&name->family, g_steal_pointer (&text));
    return TRUE;
  }
  name_text_replace (&name->family, g_steal_pointer (&family));
  name_text_replace (&name->given, g_steal_pointer (&given));
  return TRUE;
}

NameDoubt name_order_words (char **words, guint count, const char *name_zh, Name *name)
{
  while (count > 2 && name_word_is_degree (words[count - 1]))
    name_text_append (&name->aside, words[--count]);
  for (guint i = 1; i + 1 < count; i++)
    if (name_word_is_other_name (words[i])) { /* it and the next word */
      g_autofree char *other = name_text_join (words + i, 2);
      name_text_append (&name->aside, other);
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
    name_text_replace (&name->family, name_text_join (words, count));
    doubt = NAME_CLEAR;
  } else if (whole) {
    doubt = split_by_capitals (&order, name);
    if (doubt == NAME_ORDER && text_has_han (name_zh) && !name_order_is_dotted (name_zh)
        && split_by_surname (&order, name_zh, name))
      doubt = NAME_CLEAR;
  }
  g_free (order.kinds);
  return doubt;
}

/* Two halves ------------------------------------------------------------------------- */

NameDoubt name_order_halves (const char *before, const char *behind, Name *name)
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
    g_autofree char *title = name_text_join (words, titles), *second = name_text_join (others, at);
    name_text_append (&name->title, title);
    name_text_append (&name->title, second);
    g_autofree char *particles = name_text_join (rest.words + end, rest.count - end);
    g_autofree char *text = name_text_join (family.words, family.count);
    name_text_append (&name->family, particles);
    name_text_append (&name->family, text);
    name_text_replace (&name->given, name_text_join (rest.words, end));
  }
  g_free (family.kinds);
  g_free (rest.kinds);
  return !whole ? NAME_ODD : *name->family == '\0' ? NAME_ORDER : NAME_CLEAR;
}
