#include "roster/row_names.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/name.h"
#include "roster/value.h"

#include <string.h>

static void doubt_fault (RowReader *reader, Field field, const char *text, NameDoubt doubt)
{
  static const char *const REASONS[] = {
    [NAME_ORDER] = N_ ("does not show which is the family name. Write it in capitals, or “Dupont, "
                       "Jean”, or use two columns."),
    [NAME_TAIL] = N_ ("may hold a function beside the name. Write the name alone, as in “DUPONT "
                      "Jean”, and the function in a column of its own."),
    [NAME_ODD] = N_ ("holds something that is no part of a name. Write the name alone, as in "
                     "“DUPONT Jean” or 张伟, or use two columns."),
  };
  row_reader_fault (reader, field, text, _ (REASONS[doubt]));
}

/* The names of a row as they come together. */
typedef struct {
  Delegate *delegate;
  char *title, *function;
  gboolean columns; /* family and given name have columns, and are both there: they win */
  gboolean latin;   /* the list says the Latin name */
} Names;

static void take_over (char **place, const char *value)
{
  if (**place == '\0')
    row_reader_set (place, value);
}

/* What a cell with the whole name says. */
static void take_whole (RowReader *reader, Field field, Names *names)
{
  Delegate *delegate = names->delegate;
  g_autofree char *text = cells_text (reader->cells, field);
  if (*text == '\0' || (names->columns && !text_has_han (text)))
    return;
  g_autoptr (Name) name = name_new ();
  NameDoubt doubt = name_read (text, delegate->name_zh, name);
  gboolean enough = names->columns && *name->name_zh != '\0' && doubt != NAME_ODD;
  if (doubt != NAME_CLEAR && !enough) {
    doubt_fault (reader, field, text, doubt);
    return;
  }
  if (*name->name_zh != '\0'
      && (field == FIELD_NAME_ZH || !row_reader_has (reader, FIELD_NAME_ZH)
          || *delegate->name_zh == '\0'))
    row_reader_set (&delegate->name_zh, name->name_zh);
  if (*name->family != '\0' && !names->columns) {
    row_reader_set (&delegate->family, name->family);
    row_reader_set (&delegate->given, name->given);
    names->latin = TRUE;
  }
  take_over (&names->title, name->title);
  take_over (&names->function, name->function);
  if (*name->aside != '\0')
    row_reader_remark (reader, delegate, _ ("“%s” beside the name is left out"), name->aside);
}

/* z@roy.fr, {{nom}}, <b>Roy</b>, Roy + 1: what is no name. What only seldom is in one
 * is said: brackets, digits. */
static void check_marks (RowReader *reader, const Delegate *delegate, Field field, const char *name)
{
  static const char NEVER[] = "@<>{}[]\\|#$%=+*_~^", SELDOM[] = "0123456789()\"/:;&";
  const char *at = strpbrk (name, NEVER), *odd = strpbrk (name, SELDOM);
  const char mark[] = { at != NULL ? *at : odd != NULL ? *odd : '\0', '\0' };
  if (at != NULL) {
    g_autofree char *reason
        = g_strdup_printf (_ ("holds “%s”, which no name has. Write the name alone."), mark);
    row_reader_fault (reader, field, name, reason);
  } else if (odd != NULL)
    row_reader_remark (reader, delegate, _ ("“%s” holds “%s”: see that a badge may show it so"),
                       name, mark);
}

/* An export that puts the whole name into both columns. */
static void check_halves (RowReader *reader, const Delegate *delegate)
{
  if (strchr (delegate->family, ' ') == NULL || strcmp (delegate->family, delegate->given) != 0)
    return;
  row_reader_fault (reader, FIELD_GIVEN, delegate->given,
                    _ ("is the family name too. Write the family name in one column, the given "
                       "name in the other."));
}

/* DUPONT: three capitals or more, and no small letter. */
static gboolean is_in_capitals (const char *text)
{
  guint capitals = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_islower (c))
      return FALSE;
    capitals += g_unichar_isupper (c) != FALSE;
  }
  return capitals > 2;
}

/* Jean, Marie-Claude: no two capitals in a row, and small letters. */
static gboolean is_like_given (const char *text)
{
  gboolean small = FALSE, capital = FALSE;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (capital && g_unichar_isupper (c))
      return FALSE;
    capital = g_unichar_isupper (c);
    small = small || g_unichar_islower (c);
  }
  return small;
}

/* Nom « Jean », Prénom « DUPONT ». */
static void check_swapped (RowReader *reader, const Delegate *delegate)
{
  if (is_in_capitals (delegate->given) && is_like_given (delegate->family))
    row_reader_remark (reader, delegate,
                       _ ("“%s” stands as the family name and “%s” as the given name: are they "
                          "swapped?"),
                       delegate->family, delegate->given);
}

static void take_columns (RowReader *reader, Names *names)
{
  Delegate *delegate = names->delegate;
  row_reader_take_text (reader, FIELD_FAMILY, &delegate->family);
  row_reader_take_text (reader, FIELD_GIVEN, &delegate->given);
  if (row_reader_has (reader, FIELD_FAMILY))
    check_marks (reader, delegate, FIELD_FAMILY, delegate->family);
  if (row_reader_has (reader, FIELD_GIVEN)) {
    check_marks (reader, delegate, FIELD_GIVEN, delegate->given);
    check_halves (reader, delegate);
    if (row_reader_has (reader, FIELD_FAMILY))
      check_swapped (reader, delegate);
  }
  if (!row_reader_has (reader, FIELD_FAMILY))
    return;
  name_take_title (&delegate->family, &names->title);
  name_take_title (&delegate->given, &names->title);
  names->columns
      = *delegate->family != '\0' && *delegate->given != '\0' && !text_has_han (delegate->family);
}

/* Björk, in the column of given names: one name, which stands where family names do. */
static void take_single (RowReader *reader, Delegate *delegate)
{
  /* The same list again, which has no column of family names. */
  if (!row_reader_has (reader, FIELD_FAMILY) && row_reader_has (reader, FIELD_GIVEN)
      && strcmp (delegate->family, delegate->given) == 0)
    row_reader_set (&delegate->given, "");
  if (*delegate->family != '\0' || *delegate->name_zh != '\0' || *delegate->given == '\0'
      || !row_reader_has (reader, FIELD_GIVEN))
    return;
  row_reader_set (&delegate->family, delegate->given);
  row_reader_set (&delegate->given, "");
  row_reader_remark (reader, delegate, _ ("“%s” stands alone and is taken for the whole name"),
                     delegate->family);
}

static void finish_names (RowReader *reader, Names *names, const Delegate *existing, guint faults)
{
  Delegate *delegate = names->delegate;
  if (existing != NULL && !row_reader_has (reader, FIELD_FAMILY) && !names->latin
      && strcmp (existing->name_zh, delegate->name_zh) != 0) {
    row_reader_set (&delegate->family, ""); /* the pinyin of another name */
    row_reader_set (&delegate->given, "");
  }
  take_over (&delegate->title, names->title);
  if (cells_faults (reader->cells) != faults)
    return;
  take_single (reader, delegate);
  if (*delegate->family == '\0' && *delegate->name_zh == '\0') {
    Field field = row_reader_has (reader, FIELD_FAMILY)    ? FIELD_FAMILY
                  : row_reader_has (reader, FIELD_NAME_ZH) ? FIELD_NAME_ZH
                                                           : FIELD_FULL_NAME;
    row_reader_fault (reader, field, delegate->given,
                      _ ("there is no name. Write the family name, or the Chinese name."));
  }
}

char *row_names_take (RowReader *reader, Delegate *delegate, const Delegate *existing)
{
  guint faults = cells_faults (reader->cells);
  Names names = { .delegate = delegate, .title = g_strdup (""), .function = g_strdup ("") };
  take_columns (reader, &names);
  if (row_reader_has (reader, FIELD_NAME_ZH)) {
    row_reader_set (&delegate->name_zh, "");
    take_whole (reader, FIELD_NAME_ZH, &names);
  }
  if (row_reader_has (reader, FIELD_FULL_NAME))
    take_whole (reader, FIELD_FULL_NAME, &names);
  name_take_hanzi (&delegate->family, &delegate->given, &delegate->name_zh);
  finish_names (reader, &names, existing, faults);
  g_free (names.title);
  return names.function;
}

/* The country that the row itself speaks of, "" if it does not: by its column, its
 * reference or its delegation (法国代表团, Délégation française). */
static const char *country_said (RowReader *reader, const Delegate *delegate)
{
  g_autofree char *cell = cells_text (reader->cells, FIELD_COUNTRY);
  if (*cell != '\0')
    return delegate->country;
  const char *country = value_country_of_reference (delegate->reference);
  if (country != NULL)
    return country;
  g_autofree char *group = cells_text (reader->cells, FIELD_DELEGATION),
                  *folded = text_fold (group);
  g_auto (GStrv) around
      = g_regex_split_simple ("^delegation (?:de la |de l |du |de )?|代表团$", folded, 0, 0);
  for (guint i = 0; around[i] != NULL; i++)
    if (*around[i] != '\0' && value_country (around[i]) != NULL)
      return value_country (around[i]);
  return "";
}

void row_names_take_pinyin (RowReader *reader, Delegate *delegate)
{
  g_autofree char *family = NULL, *given = NULL;
  if (*delegate->family != '\0' || *delegate->given != '\0'
      || !name_pinyin (delegate->name_zh, country_said (reader, delegate), &family, &given))
    return; /* the Chinese name alone will do */
  row_reader_set (&delegate->family, family);
  row_reader_set (&delegate->given, given);
  reader->counts.pinyin++;
}
