#include "desk/today.h"

#include "desk/history_words.h"
#include "journal/query.h"

#include <string.h>

static const char ENTRANCES[]
    = "SELECT p.direction, p.at FROM passage p JOIN checkpoint c ON c.id = p.checkpoint WHERE "
      "p.reference = :reference AND p.day = :day AND p.verdict = 'ADMITTED' AND c.kind = "
      "'entrance' ORDER BY p.at, p.station, p.seq";
static const char MEALS[]
    = "SELECT c.fr, c.zh, p.first_at FROM presence p JOIN checkpoint c ON c.id = p.checkpoint "
      "WHERE p.reference = :reference AND p.day = :day AND c.kind = 'meal' ORDER BY p.first_at, "
      "c.id";
static const char HEADSETS[]
    = "SELECT headset FROM headset_out WHERE reference = :reference ORDER BY headset";

static void meal_free (gpointer data)
{
  TodayMeal *meal = data;

  g_free (meal->fr);
  g_free (meal->zh);
  g_free (meal);
}

void today_free (Today *today)
{
  if (today == NULL)
    return;
  g_ptr_array_unref (today->headsets);
  g_ptr_array_unref (today->meals);
  g_free (today);
}

/* Reading ---------------------------------------------------------------------------- */

static Query *ask (Journal *journal, const char *sql, const char *reference, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query != NULL)
    query_bind_text (query, ":reference", reference);
  return query;
}

static gboolean read_entrances (Journal *journal, const char *reference, const char *day,
                                Today *today, GError **error)
{
  Query *query = ask (journal, ENTRANCES, reference, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", day);
  while (query_next (query)) {
    gint64 at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 1));
    gboolean out = strcmp (query_text (query, 0), "out") == 0;

    if (out)
      today->left_ms = at_ms;
    today->inside_ms = out ? 0 : today->inside_ms > 0 ? today->inside_ms : at_ms;
  }
  return query_end (query, error);
}

static gboolean read_meals (Journal *journal, const char *reference, const char *day, Today *today,
                            GError **error)
{
  Query *query = ask (journal, MEALS, reference, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", day);
  while (query_next (query)) {
    TodayMeal *meal = g_new0 (TodayMeal, 1);

    meal->fr = g_strdup (query_text (query, 0));
    meal->zh = g_strdup (query_text (query, 1));
    meal->at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
    g_ptr_array_add (today->meals, meal);
  }
  return query_end (query, error);
}

static gboolean read_headsets (Journal *journal, const char *reference, Today *today,
                               GError **error)
{
  Query *query = ask (journal, HEADSETS, reference, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_ptr_array_add (today->headsets, g_strdup (query_text (query, 0)));
  return query_end (query, error);
}

Today *today_read (Journal *journal, const char *reference, const char *day, GError **error)
{
  g_autoptr (Today) today = g_new0 (Today, 1);

  today->headsets = g_ptr_array_new_with_free_func (g_free);
  today->meals = g_ptr_array_new_with_free_func (meal_free);
  return read_entrances (journal, reference, day, today, error)
                 && read_meals (journal, reference, day, today, error)
                 && read_headsets (journal, reference, today, error)
             ? g_steal_pointer (&today)
             : NULL;
}

/* In words --------------------------------------------------------------------------- */

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *clock_of (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return here != NULL ? g_date_time_format (here, "%H:%M") : g_strdup ("");
}

static void add (GString *line, const char *format, const char *value)
{
  g_string_append (line, line->len > 0 ? " · " : "");
  g_string_append_printf (line, format, value);
}

static void add_entrances (GString *line, const Today *today, GTimeZone *zone, guint language)
{
  gint64 ms = today->inside_ms > 0 ? today->inside_ms : today->left_ms;
  g_autofree char *time = clock_of (ms, zone);

  add (line,
       today->inside_ms > 0 ? history_words_say (language, N_ ("Inside since %s"))
       : ms > 0             ? history_words_say (language, N_ ("Went out at %s"))
                            : history_words_say (language, N_ ("Not here today")),
       time);
}

static void add_meals (GString *line, const Today *today, GTimeZone *zone, guint language)
{
  g_autoptr (GString) meals = g_string_new (NULL);

  if (today->meals->len == 0) {
    add (line, history_words_say (language, N_ ("no meal today yet")), "");
    return;
  }
  for (guint i = 0; i < today->meals->len; i++) {
    const TodayMeal *meal = today->meals->pdata[i];
    g_autofree char *time = clock_of (meal->at_ms, zone);

    g_string_append_printf (meals, "%s%s %s", i > 0 ? " · " : "",
                            history_words_pick (language, meal->fr, meal->zh), time);
  }
  add (line, history_words_say (language, N_ ("meals today: %s")), meals->str);
}

char *today_line (const Today *today, GTimeZone *zone, guint language)
{
  GString *line = g_string_new (NULL);

  add_entrances (line, today, zone, language);
  for (guint i = 0; i < today->headsets->len; i++) {
    const char *headset = today->headsets->pdata[i];

    add (line,
         headset[0] != '\0' ? history_words_say (language, N_ ("headset %s lent"))
                            : history_words_say (language, N_ ("a headset lent")),
         headset);
  }
  add_meals (line, today, zone, language);
  return g_string_free (line, FALSE);
}
