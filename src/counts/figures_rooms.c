#include "counts/figures_rooms.h"

#include "congress/definition.h"
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

#define DAY_MIN (24 * 60)

/* @doors: a JSON array of checkpoints. */
static const char PASSED[]
    = "SELECT ifnull (sum (passages), 0), EXISTS (SELECT 1 FROM fact WHERE number > :after AND "
      "kind = 'undone') FROM passage_count WHERE checkpoint IN (SELECT value FROM json_each "
      "(:doors)) AND day = :day AND verdict = 'ADMITTED'";
#define STEP "p.reference, p.at, p.station, p.seq, p.direction"
static const char STEPS[] = "SELECT " STEP " FROM passage p WHERE p.checkpoint IN (SELECT value "
                            "FROM json_each (:doors)) AND p.day = :day AND p.verdict = 'ADMITTED'";
/* Of facts that came since. */
static const char STEPS_SINCE[]
    = "SELECT " STEP " FROM fact f CROSS JOIN passage p ON p.station = f.station AND p.seq = f.seq "
      "WHERE f.number > :after AND f.kind = 'passage' AND p.checkpoint IN (SELECT value FROM "
      "json_each (:doors)) AND p.day = :day AND p.verdict = 'ADMITTED'";
static const char CAPACITIES[] = "SELECT id, capacity FROM session WHERE NOT removed";

/* One admission, in or out. */
typedef struct {
  gint64 at, seq;
  const char *station; /* the FiguresFill's, each name once */
  guint person : 31;   /* place in `places` */
  guint in : 1;
} Step;

enum { INSIDE = 1, SEEN = 2, LEFT = 4 };

/* What is known of a room on a day, kept between readings. */
typedef struct {
  GArray *steps;         /* Step, by time */
  GHashTable *people;    /* reference → place in `places` + 1 */
  GByteArray *places;    /* of each person, bits as the walk goes: */
  gint64 number;         /* of the last fact that it knows of */
  gint64 from_ms, to_ms; /* of the session when it was walked through; 0 for none */
  gint64 arrived, inside, peak, peak_ms, late, left;
} Fill;

struct _FiguresFill {
  GHashTable *by_place; /* "doors day" → Fill */
  GStringChunk *stations;
};

static void fill_free (gpointer data)
{
  Fill *fill = data;
  g_array_unref (fill->steps);
  g_hash_table_unref (fill->people);
  g_byte_array_unref (fill->places);
  g_free (fill);
}

FiguresFill *figures_rooms_fill_new (void)
{
  FiguresFill *fill = g_new0 (FiguresFill, 1);
  fill->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fill_free);
  fill->stations = g_string_chunk_new (1024);
  return fill;
}

void figures_rooms_fill_free (FiguresFill *fill)
{
  if (fill == NULL)
    return;
  g_hash_table_unref (fill->by_place);
  g_string_chunk_free (fill->stations);
  g_free (fill);
}

gint64 figures_rooms_moment (GTimeZone *zone, const char *day, gint minute)
{
  int year, month, date;
  if (sscanf (day, "%d-%d-%d", &year, &month, &date) != 3 || minute < 0)
    return 0;
  /* By the clock on the wall, which on two nights of a year is put forward or back: the
   * day after is found by noon, and eight o'clock is not eight hours after midnight. */
  g_autoptr (GDateTime) noon = g_date_time_new (zone, year, month, date, 12, 0, 0);
  g_autoptr (GDateTime) of = noon != NULL ? g_date_time_add_days (noon, minute / DAY_MIN) : NULL;
  if (of == NULL)
    return 0;
  g_date_time_get_ymd (of, &year, &month, &date);
  g_autoptr (GDateTime) moment
      = g_date_time_new (zone, year, month, date, minute % DAY_MIN / 60, minute % 60, 0);
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

typedef struct {
  Journal *journal;
  FiguresFill *fill;
  const Counts *counts;
  const GPtrArray *checkpoints;
  GHashTable *capacities; /* session → seats */
  Figures *figures;
} Reading;

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

static guint person_of (Fill *fill, const char *reference)
{
  static const guint8 OUTSIDE = 0;
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (fill->people, reference));
  if (place != 0)
    return place - 1;
  g_byte_array_append (fill->places, &OUTSIDE, 1);
  place = fill->places->len;
  g_hash_table_insert (fill->people, g_strdup (reference), GUINT_TO_POINTER (place));
  return place - 1;
}

static gboolean take_steps (FiguresFill *kept, Fill *fill, Query *query, GError **error)
{
  while (query_next (query)) {
    const Step step
        = { .at = query_int (query, 1),
            .seq = query_int (query, 3),
            .station = g_string_chunk_insert_const (kept->stations, query_text (query, 2)),
            .person = person_of (fill, query_text (query, 0)) & 0x7fffffff,
            .in = strcmp (query_text (query, 4), "out") != 0 ? 1 : 0 };
    g_array_append_val (fill->steps, step);
  }
  return query_end (query, error);
}

static int by_time (gconstpointer a, gconstpointer b)
{
  const Step *one = a, *other = b;
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  int order = strcmp (one->station, other->station);
  return order != 0 ? order : one->seq < other->seq ? -1 : one->seq > other->seq;
}

/* Those from @first on are new: they go to their places, most of which are near the
 * end. */
static void sort_steps (GArray *steps, guint first)
{
  Step *all = (Step *) (gpointer) steps->data;
  guint low = 0, high = first;
  qsort (all + first, steps->len - first, sizeof *all, by_time);
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (by_time (&all[middle], &all[first]) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < first)
    qsort (all + low, steps->len - low, sizeof *all, by_time);
}

static void walk_in (Fill *fill, guint8 *place, gint64 at_ms)
{
  fill->late += (*place & SEEN) == 0 && fill->from_ms > 0
                && at_ms > fill->from_ms + FIGURES_ROOM_GRACE_MS && at_ms < fill->to_ms;
  fill->left -= (*place & LEFT) != 0;
  fill->inside += (*place & INSIDE) == 0;
  *place = INSIDE | SEEN;
}

static void walk_out (Fill *fill, guint8 *place, gint64 at_ms)
{
  if ((*place & INSIDE) == 0)
    return;
  fill->inside--;
  *place = SEEN;
  if (fill->from_ms == 0 || at_ms < fill->from_ms || at_ms >= fill->to_ms - FIGURES_ROOM_GRACE_MS)
    return;
  fill->left++;
  *place |= LEFT;
}

/* Different people, in the order in which they passed: whoever is let in twice is
 * one, and whoever goes out without having been let in was none. */
static void walk_through (Fill *fill, gint64 from_ms, gint64 to_ms)
{
  if (fill->places->len > 0)
    memset (fill->places->data, 0, fill->places->len);
  fill->from_ms = from_ms;
  fill->to_ms = to_ms;
  fill->inside = fill->peak = fill->peak_ms = fill->late = fill->left = 0;
  for (guint i = 0; i < fill->steps->len; i++) {
    const Step *step = &g_array_index (fill->steps, Step, i);
    gint64 at_ms = clock_hybrid_ms ((HybridTime) step->at);
    (step->in ? walk_in : walk_out) (fill, &fill->places->data[step->person], at_ms);
    if (fill->inside <= fill->peak)
      continue;
    fill->peak = fill->inside;
    fill->peak_ms = at_ms;
  }
  fill->arrived = fill->places->len;
}

static Fill *fill_at (FiguresFill *fill, const char *doors, const char *day)
{
  g_autofree char *place = g_strdup_printf ("%s %s", doors, day);
  Fill *found = g_hash_table_lookup (fill->by_place, place);
  if (found != NULL)
    return found;
  found = g_new0 (Fill, 1);
  found->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  found->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  found->places = g_byte_array_new ();
  g_hash_table_insert (fill->by_place, g_steal_pointer (&place), found);
  return found;
}

/* One that knows nothing is filled anew. */
static void forget (Fill *fill)
{
  g_array_set_size (fill->steps, 0);
  g_hash_table_remove_all (fill->people);
  g_byte_array_set_size (fill->places, 0);
}

/* All that the room has seen, @passages of them: what came since, or everything where
 * that is not all there is. */
static gboolean read_steps (Journal *journal, FiguresFill *kept, Fill *fill, const char *doors,
                            const char *day, gint64 passages, GError **error)
{
  guint known = fill->steps->len;
  Query *query = known > 0 ? ask (journal, STEPS_SINCE, doors, day, error) : NULL;
  if (query != NULL) {
    query_bind_int (query, ":after", fill->number);
    if (!take_steps (kept, fill, query, error))
      return FALSE;
  } else if (known > 0)
    return FALSE;
  if (fill->steps->len != passages) {
    forget (fill);
    known = 0;
    query = ask (journal, STEPS, doors, day, error);
    if (query == NULL || !take_steps (kept, fill, query, error))
      return FALSE;
  }
  if (fill->steps->len > known)
    sort_steps (fill->steps, known);
  return TRUE;
}

static gboolean read_fill (const Reading *reading, const char *doors, FiguresRoom *room,
                           GError **error)
{
  Fill *fill = fill_at (reading->fill, doors, room->day);
  Query *query = ask (reading->journal, PASSED, doors, room->day, error);
  if (query == NULL)
    return FALSE;
  /* Of who knows nothing, nothing can be taken back: else all facts would be looked through. */
  query_bind_int (query, ":after", fill->steps->len > 0 ? fill->number : G_MAXINT64);
  gint64 passages = 0;
  gboolean undone = FALSE; /* as many may have come as were taken back */
  if (query_next (query)) {
    passages = query_int (query, 0);
    undone = query_int (query, 1) != 0;
  }
  if (!query_end (query, error))
    return FALSE;
  if (undone)
    forget (fill);
  gboolean changed = undone || fill->steps->len != passages;
  if (changed
      && !read_steps (reading->journal, reading->fill, fill, doors, room->day, passages, error)) {
    forget (fill);
    return FALSE;
  }
  /* A session may have been put to another hour; a zone has none. */
  gint64 from_ms = *room->session != '\0' ? room->from_ms : 0;
  if (changed || fill->from_ms != from_ms || (from_ms > 0 && fill->to_ms != room->to_ms))
    walk_through (fill, from_ms, room->to_ms);
  fill->number = reading->figures->number;
  room->late = fill->late;
  room->left = fill->left;
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
  } else if (!read_fill (reading, list, room, error))
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
