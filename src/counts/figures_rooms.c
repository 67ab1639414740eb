#include "counts/figures_rooms.h"

#include "congress/definition.h"
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

/* @doors: a JSON array of checkpoints. */
static const char PASSED[]
    = "SELECT ifnull (sum (passages), 0) FROM passage_count WHERE checkpoint IN (SELECT value FROM "
      "json_each (:doors)) AND day = :day AND verdict = 'ADMITTED'";
static const char PASSAGES[]
    = "SELECT reference, at, direction FROM passage WHERE checkpoint IN (SELECT value FROM "
      "json_each (:doors)) AND day = :day AND verdict = 'ADMITTED' ORDER BY at, station, seq";
static const char CAPACITIES[] = "SELECT id, capacity FROM session WHERE NOT removed";

typedef struct {
  gint64 passages; /* that it was walked through with */
  gint64 arrived, inside, peak, peak_ms;
} Fill;

struct _FiguresFill {
  GHashTable *by_place; /* "doors day" → Fill */
};

FiguresFill *figures_rooms_fill_new (void)
{
  FiguresFill *fill = g_new0 (FiguresFill, 1);
  fill->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return fill;
}

void figures_rooms_fill_free (FiguresFill *fill)
{
  if (fill == NULL)
    return;
  g_hash_table_unref (fill->by_place);
  g_free (fill);
}

gint64 figures_rooms_moment (GTimeZone *zone, const char *day, gint minute)
{
  int year, month, date;
  if (sscanf (day, "%d-%d-%d", &year, &month, &date) != 3 || minute < 0)
    return 0;
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, month, date, 0, 0, 0);
  g_autoptr (GDateTime) moment
      = midnight != NULL ? g_date_time_add_minutes (midnight, minute) : NULL;
  return moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;
}

void figures_rooms_hours (const Checkpoint *checkpoint, const char *day, gint64 *from_ms,
                          gint64 *to_ms)
{
  *from_ms = *to_ms = 0;
  for (guint i = 0; i < checkpoint->openings->len; i++) {
    const Opening *opening = &g_array_index (checkpoint->openings, Opening, i);
    if (strcmp (opening->day, day) != 0)
      continue;
    gint64 from = figures_rooms_moment (checkpoint->zone, day, opening->from_minute);
    *from_ms = *from_ms == 0 ? from : MIN (*from_ms, from);
    *to_ms = MAX (*to_ms, figures_rooms_moment (checkpoint->zone, day, opening->to_minute));
  }
}

static gint64 registered_for (const Counts *counts, const char *id)
{
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    if (strcmp (row->id, id) == 0)
      return row->registered;
  }
  return 0;
}

/* How full --------------------------------------------------------------------------- */

static Query *ask (Journal *journal, const char *sql, const char *doors, const char *day,
                   GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":doors", doors);
  query_bind_text (query, ":day", day);
  return query;
}

/* Different people, in the order in which they passed: whoever is let in twice is
 * one, and whoever goes out without having been let in was none. */
static gboolean walk_through (Journal *journal, const char *doors, const char *day, Fill *fill,
                              GError **error)
{
  g_autoptr (GHashTable) came = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Query *query = ask (journal, PASSAGES, doors, day, error);
  gint64 inside = 0;
  if (query == NULL)
    return FALSE;
  fill->peak = fill->peak_ms = 0;
  while (query_next (query)) {
    const char *reference = query_text (query, 0);
    gboolean in = strcmp (query_text (query, 2), "out") != 0,
             was = g_hash_table_lookup (came, reference) != NULL;
    inside += in - was;
    if (in != was || !g_hash_table_contains (came, reference))
      g_hash_table_replace (came, g_strdup (reference), GINT_TO_POINTER (in));
    if (inside <= fill->peak)
      continue;
    fill->peak = inside;
    fill->peak_ms = clock_hybrid_ms ((HybridTime) query_int (query, 1));
  }
  fill->inside = inside;
  fill->arrived = g_hash_table_size (came);
  return query_end (query, error);
}

static Fill *fill_at (FiguresFill *fill, const char *doors, const char *day)
{
  g_autofree char *place = g_strdup_printf ("%s %s", doors, day);
  Fill *found = g_hash_table_lookup (fill->by_place, place);
  if (found != NULL)
    return found;
  found = g_new0 (Fill, 1);
  g_hash_table_insert (fill->by_place, g_steal_pointer (&place), found);
  return found;
}

static gboolean read_fill (Journal *journal, FiguresFill *kept, const char *doors,
                           FiguresRoom *room, GError **error)
{
  Fill *fill = fill_at (kept, doors, room->day);
  Query *query = ask (journal, PASSED, doors, room->day, error);
  if (query == NULL)
    return FALSE;
  gint64 passages = query_next (query) ? query_int (query, 0) : 0;
  if (!query_end (query, error)
      || (fill->passages != passages && !walk_through (journal, doors, room->day, fill, error)))
    return FALSE;
  fill->passages = passages;
  room->arrived = fill->arrived;
  room->inside = fill->inside;
  room->peak = fill->peak;
  room->peak_ms = fill->peak_ms;
  return TRUE;
}

static FiguresRoomState state_of (const FiguresRoom *room)
{
  return room->capacity == 0              ? FIGURES_ROOM_FREE
         : room->inside >= room->capacity ? FIGURES_ROOM_FULL
         : room->inside * 100 >= room->capacity * FIGURES_ROOM_NEARLY_PERCENT
             ? FIGURES_ROOM_NEARLY_FULL
             : FIGURES_ROOM_FREE;
}

/* Rooms ------------------------------------------------------------------------------ */

typedef struct {
  Journal *journal;
  FiguresFill *fill;
  const Counts *counts;
  const GPtrArray *checkpoints;
  GHashTable *capacities; /* session → seats */
  Figures *figures;
} Reading;

static gboolean read_capacities (Reading *reading, GError **error)
{
  Query *query = journal_query (reading->journal, CAPACITIES, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_hash_table_insert (reading->capacities, g_strdup (query_text (query, 0)),
                         GINT_TO_POINTER ((gint) query_int (query, 1)));
  return query_end (query, error);
}

/* One more door of the room, in the order of their ids. */
static void take_door (const Reading *reading, FiguresRoom *room, const Checkpoint *door,
                       JsonOut *doors)
{
  json_out_string (doors, NULL, door->id);
  room->registered = MAX (room->registered, registered_for (reading->counts, door->id));
  if (door->capacity > 0)
    room->capacity = door->capacity;
  if (room->id != NULL)
    return;
  room->id = g_strdup (door->id);
  room->fr = g_strdup (door->fr);
  room->zh = g_strdup (door->zh);
}

/* Takes over @room and @doors. */
static gboolean add_room (const Reading *reading, FiguresRoom *room, JsonOut *doors, GError **error)
{
  json_out_end_array (doors);
  g_autofree char *list = json_out_finish (doors);
  gboolean counted = room->id != NULL;
  g_ptr_array_add (reading->figures->rooms, room);
  if (!counted) {
    room->id = g_strdup ("");
    room->fr = g_strdup ("");
    room->zh = g_strdup ("");
  } else if (!read_fill (reading->journal, reading->fill, list, room, error))
    return FALSE;
  room->state = state_of (room);
  return TRUE;
}

static JsonOut *begin_doors (void)
{
  JsonOut *doors = json_out_new ();
  json_out_begin_array (doors, NULL);
  return doors;
}

static gboolean add_session (const Reading *reading, const ProgrammeEntry *session, GError **error)
{
  const Figures *figures = reading->figures;
  const char *date = days_date_of (figures->programme->days, session->day);
  GTimeZone *zone = figures->as_of->zone;
  FiguresRoom *room = g_new0 (FiguresRoom, 1);
  JsonOut *doors = begin_doors ();
  room->session = g_strdup (session->id);
  room->title_fr = g_strdup (session->fr);
  room->title_zh = g_strdup (session->zh);
  room->room = g_strdup (session->room);
  room->day = g_strdup (date != NULL ? date : "");
  room->capacity = GPOINTER_TO_INT (g_hash_table_lookup (reading->capacities, session->id));
  room->from_ms = figures_rooms_moment (zone, room->day,
                                        definition_minutes (session->from, EVENT_LATEST_MINUTE));
  room->to_ms = figures_rooms_moment (zone, room->day,
                                      definition_minutes (session->to, EVENT_LATEST_MINUTE));
  for (guint i = 0; i < reading->checkpoints->len; i++) {
    const Checkpoint *door = g_ptr_array_index (reading->checkpoints, i);
    if (door->kind == CHECKPOINT_SESSION && strcmp (door->session, session->id) == 0)
      take_door (reading, room, door, doors);
  }
  return add_room (reading, room, doors, error);
}

static gboolean add_zone (const Reading *reading, const Checkpoint *zone, GError **error)
{
  FiguresRoom *room = g_new0 (FiguresRoom, 1);
  JsonOut *doors = begin_doors ();
  room->session = g_strdup ("");
  room->title_fr = g_strdup ("");
  room->title_zh = g_strdup ("");
  room->room = g_strdup ("");
  room->day = g_strdup (reading->figures->day);
  figures_rooms_hours (zone, room->day, &room->from_ms, &room->to_ms);
  take_door (reading, room, zone, doors);
  return add_room (reading, room, doors, error);
}

static int by_hour (gconstpointer a, gconstpointer b)
{
  const FiguresRoom *first = *(FiguresRoom *const *) a, *second = *(FiguresRoom *const *) b;
  gboolean zone = *first->session == '\0', other = *second->session == '\0';
  if (zone != other)
    return zone ? 1 : -1;
  if (!zone && first->from_ms != second->from_ms)
    return first->from_ms < second->from_ms ? -1 : 1;
  int order = strcmp (first->session, second->session);
  return order != 0 ? order : strcmp (first->id, second->id);
}

static gboolean read_all (Reading *reading, GError **error)
{
  const GPtrArray *sessions = reading->figures->programme->sessions;
  if (!read_capacities (reading, error))
    return FALSE;
  for (guint i = 0; i < sessions->len; i++)
    if (!add_session (reading, g_ptr_array_index (sessions, i), error))
      return FALSE;
  for (guint i = 0; i < reading->checkpoints->len; i++) {
    const Checkpoint *checkpoint = g_ptr_array_index (reading->checkpoints, i);
    if ((checkpoint->kind == CHECKPOINT_ZONE || checkpoint->kind == CHECKPOINT_B2B)
        && !add_zone (reading, checkpoint, error))
      return FALSE;
  }
  g_ptr_array_sort (reading->figures->rooms, by_hour);
  return TRUE;
}

gboolean figures_rooms_read (Journal *journal, FiguresFill *fill, const Counts *counts,
                             const GPtrArray *checkpoints, Figures *figures, GError **error)
{
  Reading reading = { journal,
                      fill,
                      counts,
                      checkpoints,
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                      figures };
  gboolean good = read_all (&reading, error);
  g_hash_table_unref (reading.capacities);
  return good;
}
