#include "counts/station_work.h"

#include "journal/query.h"

#include <string.h>

#define MINUTE_MS (60 * 1000)
#define DAY_MS (24 * 60 * MINUTE_MS)

/* Whole minutes, as figures_stations.c counts them. */
static const char SCANS[]
    = "SELECT volunteer, count (*), sum (at >= :hour), sum (verdict NOT IN "
      "('ADMITTED', 'UNDONE')) FROM passage WHERE station = :station AND day = :day AND checkpoint "
      "IN (SELECT id FROM checkpoint) GROUP BY volunteer";
static const char BADGES[]
    = "SELECT volunteer, count (*) FROM badge WHERE issuer = :station AND volunteer <> '' AND "
      "reason <> 'first' AND at >= :from AND at < :until GROUP BY volunteer";

static void work_free (gpointer data)
{
  StationWork *work = data;

  g_free (work->volunteer);
  g_free (work);
}

static StationWork *work_of (GPtrArray *list, const char *volunteer)
{
  StationWork *work;

  for (guint i = 0; i < list->len; i++)
    if (strcmp (((StationWork *) list->pdata[i])->volunteer, volunteer) == 0)
      return list->pdata[i];
  work = g_new0 (StationWork, 1);
  work->volunteer = g_strdup (volunteer);
  g_ptr_array_add (list, work);
  return work;
}

static gboolean read_scans (Journal *journal, const char *station, const char *day, gint64 at_ms,
                            GPtrArray *list, GError **error)
{
  Query *query = journal_query (journal, SCANS, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  query_bind_text (query, ":day", day);
  query_bind_int (query, ":hour", ((at_ms / MINUTE_MS - 59) * MINUTE_MS) << 16);
  while (query_next (query)) {
    StationWork *work = work_of (list, query_text (query, 0));

    work->scans = query_int (query, 1);
    work->last_hour = query_int (query, 2);
    work->refused = query_int (query, 3);
  }
  return query_end (query, error);
}

/* Of the day that the moment is in, or was. */
static gboolean read_badges (Journal *journal, const char *station, gint64 at_ms, GPtrArray *list,
                             GError **error)
{
  Query *query = journal_query (journal, BADGES, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  query_bind_int (query, ":from", (at_ms - DAY_MS) << 16);
  query_bind_int (query, ":until", (at_ms + MINUTE_MS) << 16);
  while (query_next (query))
    work_of (list, query_text (query, 0))->badges = query_int (query, 1);
  return query_end (query, error);
}

static gint by_scans (gconstpointer a, gconstpointer b)
{
  const StationWork *one = *(StationWork *const *) a, *other = *(StationWork *const *) b;

  if ((one->volunteer[0] == '\0') != (other->volunteer[0] == '\0'))
    return one->volunteer[0] == '\0' ? -1 : 1;
  if (one->scans != other->scans)
    return one->scans > other->scans ? -1 : 1;
  return strcmp (one->volunteer, other->volunteer);
}

GPtrArray *station_work_read (Journal *journal, const char *station, const char *day, gint64 at_ms,
                              GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (work_free);

  if (!read_scans (journal, station, day, at_ms, list, error)
      || !read_badges (journal, station, at_ms, list, error))
    return NULL;
  g_ptr_array_sort (list, by_scans);
  return g_steal_pointer (&list);
}
