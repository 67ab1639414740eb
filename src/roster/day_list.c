#include "roster/day_list.h"

#include "core/text.h"
#include "roster/value.h"

#include <stdio.h>
#include <string.h>

/* Weekdays from Monday, separated by |; a whole word of Latin letters, hanzi anywhere. */
static const char *const WEEKDAYS[] = {
  "lundi|lun|monday|mon|周一|星期一|礼拜一|週一",
  "mardi|mar|tuesday|tue|周二|星期二|礼拜二|週二",
  "mercredi|mer|wednesday|wed|周三|星期三|礼拜三|週三",
  "jeudi|jeu|thursday|thu|周四|星期四|礼拜四|週四",
  "vendredi|ven|friday|fri|周五|星期五|礼拜五|週五",
  "samedi|sam|saturday|sat|周六|星期六|礼拜六|週六",
  "dimanche|dim|sunday|sun|周日|星期日|礼拜日|周天|星期天|週日",
};
static const char *const ALL[] = { "tous",
                                   "tous les jours",
                                   "toutes les dates",
                                   "all",
                                   "all days",
                                   "every day",
                                   "全部",
                                   "全程",
                                   "每天",
                                   "所有",
                                   NULL };

/* Takes the words of a weekday out of @text; its number from 1, 0 if there is none. */
static guint take_weekday (GString *text)
{
  for (guint day = 0; day < G_N_ELEMENTS (WEEKDAYS); day++) {
    g_auto (GStrv) names = g_strsplit (WEEKDAYS[day], "|", -1);
    for (guint i = 0; names[i] != NULL; i++) {
      g_autofree char *lower = g_utf8_strdown (text->str, -1);
      const char *found = strstr (lower, names[i]);
      gsize length = strlen (names[i]);
      if (found == NULL || strlen (lower) != text->len)
        continue;
      gsize at = (gsize) (found - lower);
      if (g_ascii_isalpha (*names[i])
          && ((at > 0 && g_ascii_isalpha (lower[at - 1])) || g_ascii_isalpha (found[length])))
        continue;
      g_string_erase (text, (gssize) at, (gssize) (length + (found[length] == '.')));
      return day + 1;
    }
  }
  return 0;
}

/* Takes “ 00:00:00” and other hours off the end. */
static void take_hours (GString *text)
{
  const char *colon = strchr (text->str, ':');
  if (colon == NULL)
    return;
  const char *start = colon;
  while (start > text->str && g_ascii_isdigit (start[-1]))
    start--;
  const char *end = start + strspn (start, "0123456789:.Z");
  if (start == text->str || *end != '\0' || (start[-1] != ' ' && start[-1] != 'T'))
    return;
  g_string_truncate (text, (gsize) (start - text->str) - 1);
}

static void take_beginning (GString *text)
{
  static const char *const WORDS[] = { "le ", "les ", "du ", "from ", "on ", "the ", "从", NULL };
  g_autofree char *clean = text_clean (text->str);
  g_string_assign (text, clean);
  for (guint i = 0; WORDS[i] != NULL; i++)
    if (g_ascii_strncasecmp (text->str, WORDS[i], strlen (WORDS[i])) == 0)
      g_string_erase (text, 0, (gssize) strlen (WORDS[i]));
}

/* From Monday, 1; 0 if the day's date is none. */
static guint weekday_of (const Day *day)
{
  guint year, month, number;
  GDate date;
  if (sscanf (day->date, "%u-%u-%u", &year, &month, &number) != 3
      || !g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_set_dmy (&date, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  return (guint) g_date_get_weekday (&date);
}

/* 42669, the number that Excel has for 2016-10-26, and 10/26/2016, where that cannot be
 * the 10th of a month. */
static const Day *read_number (const Programme *programme, const char *text)
{
  GDate date;
  guint month, number, year;
  int end = 0;
  gsize digits = strspn (text, "0123456789");
  g_autofree char *iso = NULL;
  if (digits == 5 && text[digits] == '\0') {
    g_date_set_dmy (&date, 30, G_DATE_DECEMBER, 1899);
    g_date_add_days (&date, (guint) g_ascii_strtoull (text, NULL, 10));
    iso = g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&date),
                           (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
  } else if (sscanf (text, "%2u/%2u/%4u%n", &month, &number, &year, &end) == 3 && end > 0
             && text[end] == '\0' && number > 12)
    iso = g_strdup_printf ("%04u-%02u-%02u", year, month, number);
  return iso != NULL ? programme_day (programme, iso) : NULL;
}

/* The only day of the congress on that weekday; NULL if there are several. */
static const Day *day_on (const Programme *programme, guint weekday)
{
  const Day *found = NULL;
  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = g_ptr_array_index (programme->days, i);
    if (weekday_of (day) != weekday)
      continue;
    if (found != NULL)
      return NULL;
    found = day;
  }
  return found;
}

/* One day in @part, NULL if it is none. @wrong: it names another weekday. */
static const Day *read_day (const Programme *programme, const char *part, gboolean *wrong)
{
  const Day *day = programme_day (programme, part);
  if (day != NULL)
    return day;
  g_autoptr (GString) text = g_string_new (part);
  guint weekday = take_weekday (text);
  take_hours (text);
  take_beginning (text);
  if (*text->str == '\0')
    return weekday > 0 ? day_on (programme, weekday) : NULL;
  day = programme_day (programme, text->str);
  if (day == NULL && strstr (text->str, "月") != NULL
      && g_ascii_isdigit (text->str[text->len - 1])) { /* 10月26-28日 */
    g_string_append (text, "日");
    day = programme_day (programme, text->str);
  }
  if (day == NULL)
    day = read_number (programme, text->str);
  if (day != NULL && weekday > 0)
    *wrong = *wrong || weekday_of (day) != weekday;
  return day;
}

static void add_once (GPtrArray *labels, const char *label)
{
  if (!g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
    g_ptr_array_add (labels, g_strdup (label));
}

static void add_range (const Programme *programme, guint first, guint last, GPtrArray *labels)
{
  for (guint i = first; i <= last; i++)
    add_once (labels, ((const Day *) g_ptr_array_index (programme->days, i))->label);
}

/* “26-28”: the places of both ends among the days. FALSE if it is no such thing. */
static gboolean read_range (const Programme *programme, const char *part, guint *first, guint *last,
                            gboolean *wrong)
{
  static const char *const BETWEEN[]
      = { "--", "-", "–", "—", "~", "～", "至", "到", " au ", " à ", " to ", "->", "→", NULL };
  for (guint i = 0; BETWEEN[i] != NULL; i++)
    for (const char *at = strstr (part, BETWEEN[i]); at != NULL; at = strstr (at + 1, BETWEEN[i])) {
      gboolean wrong_here = FALSE;
      g_autofree char *left = g_strndup (part, (gsize) (at - part));
      const Day *from = read_day (programme, left, &wrong_here),
                *to = read_day (programme, at + strlen (BETWEEN[i]), &wrong_here);
      if (from == NULL || to == NULL)
        continue;
      *first = programme_day_order (programme, from->label);
      *last = programme_day_order (programme, to->label);
      *wrong = wrong_here;
      return *first < *last;
    }
  return FALSE;
}

/* One part between commas: a day, a range, or words that are days each. */
static DayListResult read_part (const Programme *programme, const char *part, GPtrArray *labels)
{
  guint first = 0, last = 0;
  gboolean wrong = FALSE, wrong_range = FALSE;
  g_autofree char *folded = text_fold (part);
  const Day *day = read_day (programme, part, &wrong);
  gboolean range = read_range (programme, part, &first, &last, &wrong_range);
  if (day != NULL && range)
    return DAY_LIST_AMBIGUOUS;
  if ((day != NULL && wrong) || (range && wrong_range))
    return DAY_LIST_WEEKDAY;
  if (day != NULL)
    add_once (labels, day->label);
  else if (range)
    add_range (programme, first, last, labels);
  else if (g_strv_contains (ALL, folded) && programme->days->len > 0)
    add_range (programme, 0, programme->days->len - 1, labels);
  else {
    g_auto (GStrv) words = value_words (part);
    for (guint i = 0; words[i] != NULL; i++) {
      if ((day = programme_day (programme, words[i])) == NULL)
        return DAY_LIST_UNKNOWN;
      add_once (labels, day->label);
    }
  }
  return DAY_LIST_READ;
}

/* @text with a comma for every word that joins days. */
static char *with_commas (const char *text)
{
  static const char *const JOINTS[]
      = { " et ", " and ", "&", "+", "和", "与", "及", "以及", "┋", "┃", NULL };
  g_autoptr (GString) joined = g_string_new (text);
  for (guint i = 0; JOINTS[i] != NULL; i++)
    g_string_replace (joined, JOINTS[i], ",", 0);
  return g_strdup (joined->str);
}

DayListResult day_list_read (const Programme *programme, const char *text, GPtrArray *labels,
                             char **part)
{
  g_autofree char *joined = with_commas (text);
  g_auto (GStrv) parts = value_list (joined);
  for (guint i = 0; parts[i] != NULL; i++) {
    DayListResult result = read_part (programme, parts[i], labels);
    if (result != DAY_LIST_READ) {
      *part = g_strdup (parts[i]);
      return result;
    }
  }
  return DAY_LIST_READ;
}
