#include "office/tongue.h"

#include "vocabulary/dates.h"

#include <string.h>

#define NARROW_SPACE "\xe2\x80\xaf"
#define NO_BREAK_SPACE "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

static const WordsSide SIDES[TONGUE_SOURCE] = { WORDS_FIRST, WORDS_SECOND };

const char *tongue_key (Tongue tongue)
{
  return tongue == TONGUE_SOURCE ? "en" : words_key (SIDES[tongue]);
}

gboolean tongue_from_key (const char *key, Tongue *tongue)
{
  for (guint i = 0; key != NULL && i < TONGUE_COUNT; i++)
    if (strcmp (key, tongue_key ((Tongue) i)) == 0) {
      *tongue = (Tongue) i;
      return TRUE;
    }
  return FALSE;
}

const char *tongue_tag (Tongue tongue)
{
  const char *key = tongue_key (tongue);

  return strcmp (key, "zh") == 0 ? "zh-CN" : key;
}

const char *tongue_name (Tongue tongue)
{
  /* Said to a reader of the language by itself: the translation is the name. */
  return tongue == TONGUE_SOURCE ? "en" : words_for_in (SIDES[tongue], "this language", "en");
}

Tongue tongue_of_browser (const char *accepted)
{
  g_auto (GStrv) wanted = g_strsplit (accepted != NULL ? accepted : "", ",", 16);

  for (guint i = 0; wanted[i] != NULL; i++) {
    const char *word = g_strstrip (wanted[i]);

    for (guint t = 0; t < TONGUE_COUNT; t++) {
      const char *key = tongue_key ((Tongue) t);

      if (g_ascii_strncasecmp (word, key, strlen (key)) == 0
          && !g_ascii_isalpha (word[strlen (key)]))
        return (Tongue) t;
    }
  }
  return TONGUE_FIRST;
}

const char *tongue_say (Tongue tongue, const char *text)
{
  return tongue == TONGUE_SOURCE ? text : words_for (SIDES[tongue], text);
}

const char *tongue_plural (Tongue tongue, const char *one, const char *many, guint64 n)
{
  if (tongue == TONGUE_SOURCE)
    return n == 1 ? one : many;
  return words_for_plural (SIDES[tongue], one, many, n);
}

const char *tongue_pick (Tongue tongue, const char *first, const char *second)
{
  if (tongue == TONGUE_SECOND)
    return second[0] != '\0' ? second : first;
  return first[0] != '\0' ? first : second;
}

static gboolean is_french (Tongue tongue)
{
  return strcmp (tongue_key (tongue), "fr") == 0;
}

char *tongue_number (Tongue tongue, gint64 number)
{
  const char *separator = is_french (tongue) ? NARROW_SPACE : ",";
  g_autofree char *digits
      = g_strdup_printf ("%" G_GUINT64_FORMAT, number < 0 ? -(guint64) number : (guint64) number);
  GString *text = g_string_new (number < 0 ? MINUS : "");
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append (text, separator);
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

char *tongue_percent (Tongue tongue, gint64 part, gint64 whole)
{
  gint64 percent;

  if (whole <= 0)
    return g_strdup ("");
  percent = (part * 100 + whole / 2) / whole;
  if (percent >= 100 && part < whole)
    percent = 99;
  if (percent == 0 && part > 0)
    percent = 1;
  return g_strdup_printf ("%lld%s%%", (long long) percent,
                          is_french (tongue) ? NO_BREAK_SPACE : "");
}

char *tongue_signed_tenths (Tongue tongue, gint64 tenths)
{
  gint64 size = ABS (tenths);

  return g_strdup_printf ("%s%lld%s%lld",
                          tenths == 0  ? "±"
                          : tenths < 0 ? MINUS
                                       : "+",
                          (long long) (size / 10), is_french (tongue) ? "," : ".",
                          (long long) (size % 10));
}

static char *clock_in (gint64 ms, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return here != NULL ? g_date_time_format (here, format) : g_strdup ("");
}

char *tongue_clock (gint64 ms, GTimeZone *zone)
{
  return clock_in (ms, zone, "%H:%M:%S");
}

char *tongue_clock_minutes (gint64 ms, GTimeZone *zone)
{
  return clock_in (ms, zone, "%H:%M");
}

char *tongue_span (Tongue tongue, gint64 ms)
{
  gint64 seconds = MAX (ms, 0) / 1000, minutes = seconds / 60, hours = minutes / 60;
  guint64 n = minutes == 0 ? seconds : hours == 0 ? minutes : hours < 48 ? hours : hours / 24;
  g_autofree char *number = tongue_number (tongue, (gint64) n);

  if (minutes == 0)
    return g_strdup_printf (tongue_say (tongue, "%s s"), number);
  if (hours == 0)
    return g_strdup_printf (tongue_say (tongue, "%s min"), number);
  if (hours < 48)
    return g_strdup_printf (tongue_say (tongue, "%s h"), number);
  return g_strdup_printf (tongue_plural (tongue, "%s day", "%s days", n), number);
}

char *tongue_day (Tongue tongue, const char *iso)
{
  g_autofree char *first = NULL, *second = NULL, *moment = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (tongue != TONGUE_SOURCE) {
    dates_day (iso, &first, &second);
    return g_strdup (tongue_pick (tongue, first, second));
  }
  moment = g_strconcat (iso, "T12:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (moment, NULL);
  return day != NULL ? g_date_time_format (day, "%A %-d %B") : g_strdup (iso);
}
