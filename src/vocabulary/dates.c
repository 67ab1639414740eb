#include "vocabulary/dates.h"

#include <stdio.h>
#include <string.h>

static const char *const MONTHS[]
    = { NC_ ("date", "January"), NC_ ("date", "February"), NC_ ("date", "March"),
        NC_ ("date", "April"),   NC_ ("date", "May"),      NC_ ("date", "June"),
        NC_ ("date", "July"),    NC_ ("date", "August"),   NC_ ("date", "September"),
        NC_ ("date", "October"), NC_ ("date", "November"), NC_ ("date", "December") };
static const char *const WEEKDAYS[]
    = { NC_ ("date", "Monday"),   NC_ ("date", "Tuesday"), NC_ ("date", "Wednesday"),
        NC_ ("date", "Thursday"), NC_ ("date", "Friday"),  NC_ ("date", "Saturday"),
        NC_ ("date", "Sunday") };

typedef struct {
  int year, month, day, weekday; /* weekday: 0 is Monday */
} Date;

static gboolean read_date (const char *iso, Date *date)
{
  GDate checked;

  g_date_clear (&checked, 1);
  g_date_set_parse (&checked, iso);
  if (!g_date_valid (&checked))
    return FALSE;
  *date = (Date){ g_date_get_year (&checked), (int) g_date_get_month (&checked),
                  g_date_get_day (&checked), (int) g_date_get_weekday (&checked) - 1 };
  return TRUE;
}

static void replace (GString *text, const char *hole, const char *word)
{
  const char *at = strstr (text->str, hole);

  if (at != NULL) {
    gssize place = at - text->str;
    g_string_erase (text, place, (gssize) strlen (hole));
    g_string_insert (text, place, word);
  }
}

static void replace_number (GString *text, const char *hole, int number)
{
  g_autofree char *word = g_strdup_printf ("%d", number);

  replace (text, hole, word);
}

static void replace_day (GString *text, WordsSide side, const char *hole, int day)
{
  if (day == 1)
    replace (text, hole, words_for_in (side, "first day of a month", "1"));
  else
    replace_number (text, hole, day);
}

static char *day_in (WordsSide side, const Date *date)
{
  GString *text = g_string_new (words_for_in (side, "date", "{weekday} {day} {month}"));

  replace (text, "{weekday}", words_for_in (side, "date", WEEKDAYS[date->weekday]));
  replace (text, "{month}", words_for_in (side, "date", MONTHS[date->month - 1]));
  replace_day (text, side, "{day}", date->day);
  return g_string_free (text, FALSE);
}

void dates_day (const char *iso, char **first, char **second)
{
  Date date;
  gboolean good = read_date (iso, &date);

  *first = good ? day_in (WORDS_FIRST, &date) : g_strdup ("");
  *second = good ? day_in (WORDS_SECOND, &date) : g_strdup ("");
}

/* A day of a list; its month stands with the last of a run where the language puts it
 * behind, with the first where it puts it before. */
static void add_listed (GString *text, WordsSide side, const GArray *dates, guint i)
{
  const char *whole
      = words_for_in (side, "days of a list", NC_ ("days of a list", "{day} {month}"));
  guint beside = g_str_has_prefix (whole, "{month}") ? i - 1 : i + 1; /* wraps before the first */
  const Date *date = &g_array_index (dates, Date, i);
  gboolean bare = beside < dates->len && g_array_index (dates, Date, beside).month == date->month;
  g_autoptr (GString) item = g_string_new (
      bare ? words_for_in (side, "days of a list", NC_ ("days of a list", "{day}")) : whole);

  replace_day (item, side, "{day}", date->day);
  replace (item, "{month}", words_for_in (side, "date", MONTHS[date->month - 1]));
  if (i > 0)
    g_string_append (text, i + 1 < dates->len
                               ? words_for_in (side, "between days", NC_ ("between days", ", "))
                               : words_for_in (side, "before the last day",
                                               NC_ ("before the last day", " and ")));
  g_string_append (text, item->str);
}

void dates_list (const char *const *isos, char **first, char **second)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (Date));
  GString *texts[WORDS_SIDES] = { g_string_new (""), g_string_new ("") };

  for (guint i = 0; isos[i] != NULL; i++) {
    Date date;
    if (read_date (isos[i], &date))
      g_array_append_val (dates, date);
  }
  for (guint i = 0; i < dates->len; i++)
    for (int side = 0; side < WORDS_SIDES; side++)
      add_listed (texts[side], (WordsSide) side, dates, i);
  *first = g_string_free (texts[WORDS_FIRST], FALSE);
  *second = g_string_free (texts[WORDS_SECOND], FALSE);
}

static char *figures_in (WordsSide side, const Date *date)
{
  GString *text = g_string_new (words_for_in (side, "date", "{dd}/{mm}/{year}"));
  g_autofree char *day = g_strdup_printf ("%02d", date->day),
                  *month = g_strdup_printf ("%02d", date->month);

  replace (text, "{dd}", day);
  replace (text, "{mm}", month);
  replace_number (text, "{d}", date->day);
  replace_number (text, "{m}", date->month);
  replace_number (text, "{year}", date->year);
  return g_string_free (text, FALSE);
}

void dates_figures (const char *iso, char **first, char **second)
{
  Date date;
  gboolean good = read_date (iso, &date);

  *first = good ? figures_in (WORDS_FIRST, &date) : g_strdup (iso);
  *second = good ? figures_in (WORDS_SECOND, &date) : g_strdup (iso);
}

char *dates_source (const char *iso)
{
  Date date;

  return read_date (iso, &date)
             ? g_strdup_printf ("%d %s %d", date.day, MONTHS[date.month - 1], date.year)
             : g_strdup (iso);
}

/* What two dates do not share is said of both. */
static char *span_in (WordsSide side, const Date *from, const Date *to)
{
  const char *pattern
      = from->year != to->year ? NC_ ("date", "{day} {month} {year} – {day2} {month2} {year2}")
        : from->month != to->month ? NC_ ("date", "{day} {month} – {day2} {month2} {year}")
        : from->day != to->day     ? NC_ ("date", "{day}–{day2} {month} {year}")
                                   : NC_ ("date", "{day} {month} {year}");
  GString *text = g_string_new (words_for_in (side, "date", pattern));

  replace_day (text, side, "{day}", from->day);
  replace_day (text, side, "{day2}", to->day);
  replace (text, "{month}", words_for_in (side, "date", MONTHS[from->month - 1]));
  replace (text, "{month2}", words_for_in (side, "date", MONTHS[to->month - 1]));
  replace_number (text, "{year}", from->year);
  replace_number (text, "{year2}", to->year);
  return g_string_free (text, FALSE);
}

static void dates_span (const char *from, const char *to, char **first, char **second)
{
  Date start, end;
  gboolean good = read_date (from, &start) && read_date (to, &end);

  *first = good ? span_in (WORDS_FIRST, &start, &end) : g_strdup ("");
  *second = good ? span_in (WORDS_SECOND, &start, &end) : g_strdup ("");
}

/* Consumes @dates. */
static char *place_and_dates (WordsSide side, const char *place, char *dates)
{
  if (*place == '\0' || *dates == '\0')
    return *place == '\0' ? dates : (g_free (dates), g_strdup (place));
  GString *text = g_string_new (words_for_in (side, "date", "{place}, {dates}"));
  replace (text, "{dates}", dates);
  replace (text, "{place}", place);
  g_free (dates);
  return g_string_free (text, FALSE);
}

void dates_place_and_span (Pair place, const char *from, const char *to, char **first,
                           char **second)
{
  dates_span (from, to, first, second);
  *first = place_and_dates (WORDS_FIRST, place.first, *first);
  *second = place_and_dates (WORDS_SECOND, place.second, *second);
}

char *dates_clock (const char *text)
{
  guint hour, minute;
  char rest;

  if (sscanf (text, "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 47 || minute > 59)
    return g_strdup (text);
  return g_strdup_printf ("%02u:%02u", hour % 24, minute);
}
