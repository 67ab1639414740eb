#include "counts/overview_places.h"

#include "congress/checkpoint.h"
#include "journal/query.h"
#include "vocabulary/dates.h"

#include <stdio.h>
#include <string.h>

static const char CAPACITIES[] = "SELECT id, capacity FROM session WHERE NOT removed";
/* How many were inside after each passage. */
static const char PEAK[]
    = "SELECT inside, at FROM (SELECT at, sum (iif (direction = 'out', -1, 1)) OVER (ORDER BY at, "
      "station, seq) AS inside FROM passage WHERE checkpoint = :checkpoint AND day = :day AND "
      "verdict = 'ADMITTED') ORDER BY inside DESC, at LIMIT 1";
static const char SERVED[]
    = "SELECT passages FROM passage_count WHERE checkpoint = :checkpoint AND "
      "day = :day AND verdict = 'ADMITTED'";
static const char INSIDE[]
    = "SELECT count (*) FROM presence WHERE checkpoint = :checkpoint AND day "
      "= :day AND last_direction = 'in'";
static const char SCANS[]
    = "SELECT station, count (*), sum (verdict <> 'ADMITTED'), sum (at >= :hour), max (at) FROM "
      "passage WHERE checkpoint = :checkpoint AND day = :day GROUP BY station";

#define HOUR_MS (60 * 60 * 1000LL)

static gboolean read_one (Journal *journal, const char *sql, const char *checkpoint,
                          const char *day, gint64 *first, gint64 *second, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", checkpoint);
  query_bind_text (query, ":day", day);
  if (query_next (query)) {
    *first = query_int (query, 0);
    if (second != NULL)
      *second = query_int (query, 1);
  }
  return query_end (query, error);
}

/* Rooms ------------------------------------------------------------------------------ */

/* "14:00" of a day at the venue. */
static gint64 moment_of (const Overview *overview, const char *date, const char *clock)
{
  g_autofree char *text = g_strdup_printf ("%sT00:00:00", date);
  g_autoptr (GDateTime) midnight = g_date_time_new_from_iso8601 (text, overview->zone);
  gint hours = 0, minutes = 0;

  if (midnight == NULL || sscanf (clock, "%d:%d", &hours, &minutes) != 2)
    return 0;
  return (g_date_time_to_unix (midnight) + hours * 3600 + minutes * 60) * 1000;
}

static gint by_moment (gconstpointer a, gconstpointer b)
{
  const OverviewRoom *first = *(OverviewRoom *const *) a, *second = *(OverviewRoom *const *) b;

  if (first->opens_ms != second->opens_ms)
    return first->opens_ms < second->opens_ms ? -1 : 1;
  return strcmp (first->id, second->id);
}

static gboolean read_capacities (Journal *journal, GHashTable *capacities, GError **error)
{
  Query *query = journal_query (journal, CAPACITIES, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_hash_table_insert (capacities, g_strdup (query_text (query, 0)),
                         GINT_TO_POINTER ((gint) query_int (query, 1)));
  return query_end (query, error);
}

static OverviewRoom *add_room (Overview *overview, const ProgrammeEntry *session)
{
  const char *date = days_date_of (overview->programme->days, session->day);
  OverviewRoom *room = g_new0 (OverviewRoom, 1);

  room->id = g_strdup (session->id);
  room->fr = g_strdup (session->fr);
  room->zh = g_strdup (session->zh);
  room->room = g_strdup (session->room);
  room->day = g_strdup (date != NULL ? date : "");
  room->opens_ms = moment_of (overview, room->day, session->from);
  room->closes_ms = moment_of (overview, room->day, session->to);
  g_ptr_array_add (overview->rooms, room);
  return room;
}

/* What its door says of a session. */
static gboolean read_door (Journal *journal, OverviewRoom *room, const Checkpoint *door,
                           const CountsRow *row, GError **error)
{
  gint64 inside = 0, peak = 0, peak_at = 0;

  if (!read_one (journal, INSIDE, door->id, room->day, &inside, NULL, error)
      || !read_one (journal, PEAK, door->id, room->day, &peak, &peak_at, error))
    return FALSE;
  room->door = TRUE;
  room->registered = MAX (room->registered, row->registered);
  room->inside += inside;
  if (door->capacity > 0)
    room->capacity = door->capacity;
  if (peak > room->peak) {
    room->peak = peak;
    room->peak_ms = clock_hybrid_ms (peak_at);
  }
  return TRUE;
}

static gboolean read_rooms (Journal *journal, Overview *overview, const GPtrArray *checkpoints,
                            const Counts *counts, GError **error)
{
  g_autoptr (GHashTable) capacities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!read_capacities (journal, capacities, error))
    return FALSE;
  for (guint i = 0; i < overview->programme->sessions->len; i++) {
    OverviewRoom *room = add_room (overview, overview->programme->sessions->pdata[i]);

    room->capacity = GPOINTER_TO_INT (g_hash_table_lookup (capacities, room->id));
    for (guint c = 0; c < checkpoints->len; c++) {
      const Checkpoint *door = checkpoints->pdata[c];

      if (door->kind == CHECKPOINT_SESSION && strcmp (door->session, room->id) == 0
          && !read_door (journal, room, door, counts->rows->pdata[c], error))
        return FALSE;
    }
  }
  g_ptr_array_sort (overview->rooms, by_moment);
  return TRUE;
}

/* Services --------------------------------------------------------------------------- */

static gboolean is_open_on (const Overview *overview, const Checkpoint *checkpoint)
{
  const ProgrammeEntry *event = programme_event (overview->programme, checkpoint->event);
  const char *day = overview->day;

  if (event != NULL && !g_strv_contains ((const char *const *) event->days, overview->label))
    return FALSE;
  for (guint i = 0; i < checkpoint->openings->len; i++)
    if (strcmp (g_array_index (checkpoint->openings, Opening, i).day, day) == 0)
      return TRUE;
  return checkpoint->openings->len == 0;
}

static gboolean read_services (Journal *journal, Overview *overview, const GPtrArray *checkpoints,
                               const Counts *counts, GError **error)
{
  for (guint i = 0; i < checkpoints->len; i++) {
    const Checkpoint *checkpoint = checkpoints->pdata[i];
    const CountsRow *row = counts->rows->pdata[i];
    OverviewService *service;

    if ((checkpoint->kind != CHECKPOINT_MEAL && checkpoint->kind != CHECKPOINT_SHUTTLE
         && checkpoint->kind != CHECKPOINT_HEADSET)
        || !is_open_on (overview, checkpoint))
      continue;
    service = g_new0 (OverviewService, 1);
    service->id = g_strdup (checkpoint->id);
    service->fr = g_strdup (checkpoint->fr);
    service->zh = g_strdup (checkpoint->zh);
    service->kind = checkpoint->kind;
    service->entitled = row->registered;
    service->capacity = checkpoint->capacity;
    g_ptr_array_add (overview->services, service);
    if (checkpoint->kind == CHECKPOINT_HEADSET)
      service->served = row->inside;
    else if (!read_one (journal, SERVED, checkpoint->id, overview->day, &service->served, NULL,
                        error))
      return FALSE;
  }
  return TRUE;
}

/* Stations --------------------------------------------------------------------------- */

static OverviewStation *station_of (Overview *overview, const char *name)
{
  OverviewStation *station = (OverviewStation *) (guintptr) overview_station (overview, name);

  if (station != NULL)
    return station;
  station = g_new0 (OverviewStation, 1);
  station->name = g_strdup (name);
  station->checkpoint_fr = g_strdup ("");
  station->checkpoint_zh = g_strdup ("");
  g_ptr_array_add (overview->stations, station);
  return station;
}

static gboolean read_scans (Journal *journal, Overview *overview, const Checkpoint *checkpoint,
                            GError **error)
{
  Query *query = journal_query (journal, SCANS, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", checkpoint->id);
  query_bind_text (query, ":day", overview->day);
  query_bind_int (query, ":hour", clock_hybrid_from_ms (overview->at_ms - HOUR_MS));
  while (query_next (query)) {
    OverviewStation *station = station_of (overview, query_text (query, 0));
    gint64 last_ms = clock_hybrid_ms (query_int (query, 4));

    station->passages += query_int (query, 1) - query_int (query, 2);
    station->refused += query_int (query, 2);
    station->last_hour += query_int (query, 3);
    if (last_ms > station->last_ms) {
      station->last_ms = last_ms;
      station->kind = checkpoint->kind;
      g_free (station->checkpoint_fr);
      g_free (station->checkpoint_zh);
      station->checkpoint_fr = g_strdup (checkpoint->fr);
      station->checkpoint_zh = g_strdup (checkpoint->zh);
    }
  }
  return query_end (query, error);
}

gboolean overview_places_read (Journal *journal, Overview *overview, GError **error)
{
  g_autoptr (Counts) counts = counts_read (journal, COUNTS_BY_CHECKPOINT, error);
  g_autoptr (GPtrArray) checkpoints = counts != NULL ? checkpoint_all (journal, error) : NULL;

  if (checkpoints == NULL || !read_rooms (journal, overview, checkpoints, counts, error)
      || !read_services (journal, overview, checkpoints, counts, error))
    return FALSE;
  for (guint i = 0; i < checkpoints->len; i++)
    if (!read_scans (journal, overview, checkpoints->pdata[i], error))
      return FALSE;
  return TRUE;
}
