#include "vocabulary/dates.h"

#include <stdio.h>

static const char *const MONTHS_FR[]
    = { "janvier", "février", "mars",      "avril",   "mai",      "juin",
        "juillet", "août",    "septembre", "octobre", "novembre", "décembre" };
static const char *const WEEKDAYS_FR[]
    = { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" };
static const char *const WEEKDAYS_ZH[]
    = { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" };

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

static char *number_fr (int day)
{
  return day == 1 ? g_strdup ("1er") : g_strdup_printf ("%d", day);
}

void dates_day (const char *iso, char **fr, char **zh)
{
  Date date;

  *fr = *zh = NULL;
  if (!read_date (iso, &date)) {
    *fr = g_strdup ("");
    *zh = g_strdup ("");
    return;
  }
  g_autofree char *number = number_fr (date.day);
  *fr = g_strdup_printf ("%s %s %s", WEEKDAYS_FR[date.weekday], number, MONTHS_FR[date.month - 1]);
  *zh = g_strdup_printf ("%d月%d日 %s", date.month, date.day, WEEKDAYS_ZH[date.weekday]);
}

static char *span_fr (const Date *from, const Date *to)
{
  g_autofree char *first = number_fr (from->day), *last = number_fr (to->day);
  const char *month = MONTHS_FR[from->month - 1];

  if (from->year != to->year)
    return g_strdup_printf ("%s %s %d – %s %s %d", first, month, from->year, last,
                            MONTHS_FR[to->month - 1], to->year);
  if (from->month != to->month)
    return g_strdup_printf ("%s %s – %s %s %d", first, month, last, MONTHS_FR[to->month - 1],
                            to->year);
  if (from->day != to->day)
    return g_strdup_printf ("%s–%s %s %d", first, last, month, to->year);
  return g_strdup_printf ("%s %s %d", first, month, to->year);
}

static char *span_zh (const Date *from, const Date *to)
{
  if (from->year != to->year)
    return g_strdup_printf ("%d年%d月%d日–%d年%d月%d日", from->year, from->month, from->day,
                            to->year, to->month, to->day);
  if (from->month != to->month)
    return g_strdup_printf ("%d年%d月%d日–%d月%d日", from->year, from->month, from->day, to->month,
                            to->day);
  if (from->day != to->day)
    return g_strdup_printf ("%d年%d月%d–%d日", from->year, from->month, from->day, to->day);
  return g_strdup_printf ("%d年%d月%d日", from->year, from->month, from->day);
}

void dates_span (const char *first, const char *last, char **fr, char **zh)
{
  Date from, to;
  gboolean good = read_date (first, &from) && read_date (last, &to);

  *fr = good ? span_fr (&from, &to) : g_strdup ("");
  *zh = good ? span_zh (&from, &to) : g_strdup ("");
}

void dates_place_and_span (const char *place_fr, const char *place_zh, const char *first,
                           const char *last, char **fr, char **zh)
{
  g_autofree char *dates_fr = NULL, *dates_zh = NULL;

  dates_span (first, last, &dates_fr, &dates_zh);
  *fr = g_strconcat (place_fr, place_fr[0] != '\0' && dates_fr[0] != '\0' ? ", " : "", dates_fr,
                     NULL);
  *zh = g_strconcat (place_zh, place_zh[0] != '\0' && dates_zh[0] != '\0' ? " " : "", dates_zh,
                     NULL);
}

char *dates_clock (const char *text)
{
  guint hour, minute;
  char rest;

  if (sscanf (text, "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 47 || minute > 59)
    return g_strdup (text);
  return g_strdup_printf ("%02u:%02u", hour % 24, minute);
}
