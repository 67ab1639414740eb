#include "counts/overview.h"

#include "counts/overview_people.h"
#include "counts/overview_places.h"
#include "journal/query.h"

#include <string.h>

static const char HEAD[] = "SELECT ifnull (max (number), 0) FROM fact";
static const char REGISTERED[] = "SELECT events, delegates FROM delegate_kind";

/* The day ---------------------------------------------------------------------------- */

static const Day *day_of_date (const GPtrArray *days, const char *date)
{
  for (guint i = 0; i < days->len; i++)
    if (strcmp (((const Day *) days->pdata[i])->date, date) == 0)
      return days->pdata[i];
  return NULL;
}

static void choose_day (Overview *overview)
{
  const GPtrArray *days = overview->programme->days;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (overview->at_ms / 1000);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, overview->zone);
  g_autofree char *today = g_date_time_format (here, "%F");
  const Day *day = day_of_date (days, today);

  overview->today = day != NULL;
  if (day == NULL)
    day = day_of_date (days, overview->events->inside_day);
  if (day == NULL && days->len > 0)
    day = days->pdata[0];
  g_strlcpy (overview->day, day != NULL ? day->date : today, sizeof overview->day);
  overview->label = g_strdup (day != NULL ? day->label : "");
}

static gboolean read_day (Journal *journal, Overview *overview, GError **error)
{
  g_autoptr (Counts) days = counts_read (journal, COUNTS_BY_DAY, error);

  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->rows->len; i++) {
    const CountsRow *row = days->rows->pdata[i];

    if (strcmp (row->id, overview->day) != 0)
      continue;
    overview->figures = (OverviewFigures){ row->registered, row->arrived, row->inside };
    overview->passages = row->passages;
    overview->refused = row->refused;
  }
  return TRUE;
}

/* Who is registered for both of the first two events, and for any. */
static gboolean read_registered (Journal *journal, Overview *overview, GError **error)
{
  g_autofree char *first = g_strdup_printf ("\"%s\"", overview->events->first_event),
                  *second = g_strdup_printf ("\"%s\"", overview->events->second_event);
  Query *query = journal_query (journal, REGISTERED, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    gboolean one = strstr (query_text (query, 0), first) != NULL,
             two = strstr (query_text (query, 0), second) != NULL;

    overview->registered_both += one && two ? query_int (query, 1) : 0;
    overview->registered_either += one || two ? query_int (query, 1) : 0;
  }
  return query_end (query, error);
}

static gboolean read_head (Journal *journal, Overview *overview, GError **error)
{
  Query *query = journal_query (journal, HEAD, error);

  if (query == NULL)
    return FALSE;
  overview->head = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

static gboolean read_all (Journal *journal, Overview *overview, GError **error)
{
  const char *zone = overview->programme->timezone;

  overview->zone = zone[0] != '\0' ? g_time_zone_new_identifier (zone) : NULL;
  if (overview->zone == NULL)
    overview->zone = g_time_zone_new_utc ();
  overview->events = counts_read (journal, COUNTS_BY_EVENT, error);
  if (overview->events == NULL || !read_head (journal, overview, error))
    return FALSE;
  choose_day (overview);
  return read_day (journal, overview, error) && read_registered (journal, overview, error)
         && overview_people_read (journal, overview, error)
         && overview_places_read (journal, overview, error);
}

Overview *overview_read (Journal *journal, Programme *programme, GError **error)
{
  g_autoptr (Overview) overview = overview_new ();
  gint64 start = g_get_monotonic_time ();
  gboolean good;

  /* One reading transaction: nothing changes between two figures. */
  if (!journal_execute (journal, "BEGIN", error)) {
    programme_free (programme);
    return NULL;
  }
  overview->at_ms = journal_now_ms (journal);
  overview->programme = programme_refresh (programme, journal, error);
  good = overview->programme != NULL && read_all (journal, overview, error);
  journal_execute (journal, "ROLLBACK", NULL);
  overview->cost_ms = (g_get_monotonic_time () - start) / G_TIME_SPAN_MILLISECOND;
  return good ? g_steal_pointer (&overview) : NULL;
}
