#include "counts/as_of.h"

#include "journal/query.h"

#include <string.h>

static const char STATIONS[]
    = "SELECT e.station, max (ifnull (e.last_ms, 0), e.enrolled_ms), ifnull (c.id, ''), ifnull "
      "(c.fr, ''), ifnull (c.zh, ''), ifnull (c.kind, '') FROM enrolment e LEFT JOIN checkpoint c "
      "ON c.id = (SELECT p.checkpoint FROM passage p WHERE p.station = e.station ORDER BY p.seq "
      "DESC LIMIT 1) WHERE e.enrolled_ms IS NOT NULL AND e.revoked_ms IS NULL ORDER BY e.station";
static const char ZONE[] = "SELECT timezone FROM congress WHERE NOT removed ORDER BY id LIMIT 1";

static void station_free (gpointer data)
{
  AsOfStation *station = data;
  g_free (station->name);
  g_free (station->checkpoint);
  g_free (station->fr);
  g_free (station->zh);
  g_free (station);
}

void as_of_free (AsOf *as_of)
{
  if (as_of == NULL)
    return;
  g_free (as_of->head);
  g_ptr_array_unref (as_of->stations);
  g_clear_pointer (&as_of->zone, g_time_zone_unref);
  g_free (as_of);
}

static gboolean read_zone (Journal *journal, AsOf *as_of, GError **error)
{
  Query *query = journal_query (journal, ZONE, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query) && *query_text (query, 0) != '\0')
    as_of->zone = g_time_zone_new_identifier (query_text (query, 0));
  if (as_of->zone == NULL)
    as_of->zone = g_time_zone_new_local ();
  return query_end (query, error);
}

static gboolean read_stations (Journal *journal, AsOf *as_of, GError **error)
{
  Query *query = journal_query (journal, STATIONS, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    AsOfStation *station = g_new0 (AsOfStation, 1);
    station->name = g_strdup (query_text (query, 0));
    station->last_ms = query_int (query, 1);
    station->checkpoint = g_strdup (query_text (query, 2));
    station->fr = g_strdup (query_text (query, 3));
    station->zh = g_strdup (query_text (query, 4));
    station->kind = CHECKPOINT_KIND_COUNT;
    checkpoint_kind_from_name (query_text (query, 5), &station->kind);
    station->silent = as_of->at_ms - station->last_ms > AS_OF_SILENT_MS;
    g_ptr_array_add (as_of->stations, station);
  }
  return query_end (query, error);
}

AsOf *as_of_read (Journal *journal, GError **error)
{
  g_autoptr (AsOf) as_of = g_new0 (AsOf, 1);
  as_of->at_ms = journal_now_ms (journal);
  as_of->stations = g_ptr_array_new_with_free_func (station_free);
  as_of->head = journal_heads_digest (journal, error);
  if (as_of->head == NULL || !read_zone (journal, as_of, error)
      || !read_stations (journal, as_of, error))
    return NULL;
  return g_steal_pointer (&as_of);
}

guint as_of_count (const AsOf *as_of, guint kinds, guint *heard, const AsOfStation **silent)
{
  const AsOfStation *longest = NULL;
  guint all = 0;
  *heard = 0;
  for (guint i = 0; i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];
    if (kinds != 0 && (kinds & (1u << station->kind)) == 0)
      continue;
    all++;
    *heard += !station->silent;
    if (station->silent && (longest == NULL || station->last_ms < longest->last_ms))
      longest = station;
  }
  if (silent != NULL)
    *silent = longest;
  return all;
}

const AsOfStation *as_of_station (const AsOf *as_of, const char *name)
{
  for (guint i = 0; i < as_of->stations->len; i++)
    if (strcmp (((const AsOfStation *) as_of->stations->pdata[i])->name, name) == 0)
      return as_of->stations->pdata[i];
  return NULL;
}

static char *local_time (const AsOf *as_of, gint64 ms, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, as_of->zone);
  return g_date_time_format (local, format);
}

/* The hour; with its day where that is another than the figures'. */
static char *since_time (const AsOf *as_of, gint64 ms)
{
  g_autofree char *day = local_time (as_of, ms, "%Y-%m-%d"), *today = as_of_day (as_of);
  return local_time (as_of, ms, strcmp (day, today) == 0 ? "%H:%M:%S" : "%Y-%m-%d %H:%M");
}

char *as_of_time (const AsOf *as_of)
{
  return local_time (as_of, as_of->at_ms, "%Y-%m-%d %H:%M:%S");
}

char *as_of_day (const AsOf *as_of)
{
  return local_time (as_of, as_of->at_ms, "%Y-%m-%d");
}

char *as_of_stamp (const AsOf *as_of)
{
  guint heard, all = as_of_count (as_of, 0, &heard, NULL);
  g_autofree char *time = as_of_time (as_of);
  if (all == 0)
    return g_strdup_printf ("%s · %.12s", time, as_of->head);
  return g_strdup_printf ("%s · %u/%u · %.12s", time, heard, all, as_of->head);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *as_of_line_for (const AsOf *as_of, WordsSide side)
{
  guint heard, all = as_of_count (as_of, 0, &heard, NULL);
  g_autofree char *time = local_time (as_of, as_of->at_ms, "%H:%M:%S");
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, words_for (side, N_ ("at %s")), time);
  if (all > 0) {
    g_string_append (text, " · ");
    g_string_append_printf (
        text, words_for_plural (side, "%u of %u station heard", "%u of %u stations heard", heard),
        heard, all);
  }
  for (guint i = 0; i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];
    if (!station->silent)
      continue;
    g_autofree char *since = since_time (as_of, station->last_ms);
    g_string_append (text, " · ");
    g_string_append_printf (text, words_for (side, N_ ("%s silent since %s")), station->name,
                            since);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
#pragma GCC diagnostic pop

void as_of_to_json (const AsOf *as_of, JsonOut *out, const char *key)
{
  guint heard, all = as_of_count (as_of, 0, &heard, NULL);
  g_autofree char *at = local_time (as_of, as_of->at_ms, "%Y-%m-%dT%H:%M:%S%:z");
  json_out_begin_object (out, key);
  json_out_string (out, "at", at);
  json_out_string (out, "head", as_of->head);
  json_out_int (out, "stations", all);
  json_out_int (out, "heard", heard);
  json_out_begin_array (out, "silent");
  for (guint i = 0; i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];
    if (!station->silent)
      continue;
    g_autofree char *since = local_time (as_of, station->last_ms, "%Y-%m-%dT%H:%M:%S%:z");
    json_out_begin_object (out, NULL);
    json_out_string (out, "station", station->name);
    json_out_string (out, "since", since);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
}
