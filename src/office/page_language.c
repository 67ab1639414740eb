#include "office/page_language.h"

#include "counts/figures.h"
#include "vocabulary/dates.h"

#include <string.h>

#define NARROW_SPACE "\xe2\x80\xaf"
#define NO_BREAK_SPACE "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

static const WordsSide SIDES[PAGE_LANGUAGE_SOURCE] = { WORDS_FIRST, WORDS_SECOND };

const char *page_language_key (PageLanguage language)
{
  return language == PAGE_LANGUAGE_SOURCE ? "en" : words_key (SIDES[language]);
}

gboolean page_language_from_key (const char *key, PageLanguage *language)
{
  for (guint i = 0; key != NULL && i < PAGE_LANGUAGE_COUNT; i++)
    if (strcmp (key, page_language_key ((PageLanguage) i)) == 0) {
      *language = (PageLanguage) i;
      return TRUE;
    }
  return FALSE;
}

const char *page_language_tag (PageLanguage language)
{
  const char *key = page_language_key (language);

  return strcmp (key, "zh") == 0 ? "zh-CN" : key;
}

const char *page_language_name (PageLanguage language)
{
  /* Said to a reader of the language by itself: the translation is the name. */
  return language == PAGE_LANGUAGE_SOURCE ? "en"
                                          : words_for_in (SIDES[language], "this language", "en");
}

PageLanguage page_language_of_browser (const char *accepted)
{
  g_auto (GStrv) wanted = g_strsplit (accepted != NULL ? accepted : "", ",", 16);

  for (guint i = 0; wanted[i] != NULL; i++) {
    const char *word = g_strstrip (wanted[i]);

    for (guint t = 0; t < PAGE_LANGUAGE_COUNT; t++) {
      const char *key = page_language_key ((PageLanguage) t);

      if (g_ascii_strncasecmp (word, key, strlen (key)) == 0
          && !g_ascii_isalpha (word[strlen (key)]))
        return (PageLanguage) t;
    }
  }
  return PAGE_LANGUAGE_FIRST;
}

const char *page_language_say (PageLanguage language, const char *text)
{
  return language == PAGE_LANGUAGE_SOURCE ? text : words_for (SIDES[language], text);
}

const char *page_language_plural (PageLanguage language, const char *one, const char *many,
                                  guint64 n)
{
  if (language == PAGE_LANGUAGE_SOURCE)
    return n == 1 ? one : many;
  return words_for_plural (SIDES[language], one, many, n);
}

const char *page_language_pick (PageLanguage language, const char *first, const char *second)
{
  if (language == PAGE_LANGUAGE_SECOND)
    return second[0] != '\0' ? second : first;
  return first[0] != '\0' ? first : second;
}

const char *page_language_pair (PageLanguage language, Pair pair)
{
  return language == PAGE_LANGUAGE_SOURCE ? words_source (pair)
                                          : page_language_pick (language, pair.first, pair.second);
}

static gboolean is_french (PageLanguage language)
{
  return strcmp (page_language_key (language), "fr") == 0;
}

char *page_language_number (PageLanguage language, gint64 number)
{
  const char *separator = is_french (language) ? NARROW_SPACE : ",";
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

char *page_language_percent (PageLanguage language, gint64 part, gint64 whole)
{
  if (whole <= 0)
    return g_strdup ("");
  return g_strdup_printf ("%d%s%%", figures_percent (part, whole),
                          is_french (language) ? NO_BREAK_SPACE : "");
}

static char *clock_in (gint64 ms, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return here != NULL ? g_date_time_format (here, format) : g_strdup ("");
}

char *page_language_clock (gint64 ms, GTimeZone *zone)
{
  return clock_in (ms, zone, "%H:%M:%S");
}

char *page_language_clock_minutes (gint64 ms, GTimeZone *zone)
{
  return clock_in (ms, zone, "%H:%M");
}

char *page_language_offset (PageLanguage language, gint64 ms)
{
  gint64 tenths = (ABS (ms) + 50) / 100;
  const char *sign = tenths == 0 ? "±" : ms > 0 ? "+" : "−";

  if (tenths >= 600) {
    g_autofree char *span = page_language_span (language, ABS (ms));

    return g_strconcat (sign, span, NULL);
  }
  return g_strdup_printf ("%s%d%c%d", sign, (int) (tenths / 10), is_french (language) ? ',' : '.',
                          (int) (tenths % 10));
}

/* A number and its unit stand on one line. */
static char *joined (char *text)
{
  g_autofree char *taken = text;
  g_auto (GStrv) words = g_strsplit (taken, " ", -1);

  return g_strjoinv (NO_BREAK_SPACE, words);
}

char *page_language_span (PageLanguage language, gint64 ms)
{
  gint64 seconds = MAX (ms, 0) / 1000, minutes = seconds / 60, hours = minutes / 60;
  guint64 n = minutes == 0 ? seconds : hours == 0 ? minutes : hours < 48 ? hours : hours / 24;
  g_autofree char *number = page_language_number (language, (gint64) n);

  if (minutes == 0)
    return joined (g_strdup_printf (page_language_say (language, "%s s"), number));
  if (hours == 0)
    return joined (g_strdup_printf (page_language_say (language, "%s min"), number));
  if (hours < 48)
    return joined (g_strdup_printf (page_language_say (language, "%s h"), number));
  return joined (g_strdup_printf (page_language_plural (language, "%s day", "%s days", n), number));
}

char *page_language_date (PageLanguage language, const char *iso)
{
  g_autofree char *first = NULL, *second = NULL;

  if (language == PAGE_LANGUAGE_SOURCE)
    return dates_source (iso);
  dates_figures (iso, &first, &second);
  return g_strdup (page_language_pick (language, first, second));
}

char *page_language_day (PageLanguage language, const char *iso)
{
  g_autofree char *first = NULL, *second = NULL, *moment = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (language != PAGE_LANGUAGE_SOURCE) {
    dates_day (iso, &first, &second);
    return g_strdup (page_language_pick (language, first, second));
  }
  moment = g_strconcat (iso, "T12:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (moment, NULL);
  return day != NULL ? g_date_time_format (day, "%A %-d %B") : g_strdup (iso);
}
