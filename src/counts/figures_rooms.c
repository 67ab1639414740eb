#include "counts/figures_rooms.h"

#include "congress/checkpoint.h"
#include "congress/programme.h"
#include "congress/definition.h"
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

static const char PRESENT[]
    = "SELECT count (*), ifnull (sum (last_direction = 'in'), 0) FROM presence WHERE checkpoint = "
      ":checkpoint AND day = :day";
static const char PASSED[] = "SELECT ifnull (sum (passages), 0) FROM passage_count WHERE "
                             "checkpoint = :checkpoint AND day = :day AND verdict = 'ADMITTED'";
static const char PASSAGES[]
    = "SELECT reference, at, direction FROM passage WHERE checkpoint = :checkpoint AND day = :day "
      "AND verdict = 'ADMITTED' ORDER BY at, station, seq";

typedef struct {
  gint64 passages, peak, peak_ms;
} Peak;

struct _FiguresPeaks {
  GHashTable *by_place; /* "checkpoint day" → Peak */
};

FiguresPeaks *figures_rooms_peaks (void)
{
  FiguresPeaks *peaks = g_new0 (FiguresPeaks, 1);
  peaks->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return peaks;
}

void figures_rooms_peaks_free (FiguresPeaks *peaks)
{
  if (peaks == NULL)
    return;
  g_hash_table_unref (peaks->by_place);
  g_free (peaks);
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

static Query *ask (Journal *journal, const char *sql, const FiguresRoom *room, const char *day,
                   GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":checkpoint", room->id);
  query_bind_text (query, ":day", day);
  return query;
}

/* How many different people were in the room at a time: whoever is let in twice is one,
 * and whoever goes out without having been let in was none. */
static gboolean walk_through (Journal *journal, const FiguresRoom *room, const char *day,
                              Peak *peak, GError **error)
{
  g_autoptr (GHashTable) inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Query *query = ask (journal, PASSAGES, room, day, error);
  if (query == NULL)
    return FALSE;
  peak->peak = peak->peak_ms = 0;
  while (query_next (query)) {
    if (strcmp (query_text (query, 2), "out") == 0)
      g_hash_table_remove (inside, query_text (query, 0));
    else
      g_hash_table_add (inside, g_strdup (query_text (query, 0)));
    if (g_hash_table_size (inside) <= peak->peak)
      continue;
    peak->peak = g_hash_table_size (inside);
    peak->peak_ms = clock_hybrid_ms ((HybridTime) query_int (query, 1));
  }
  return query_end (query, error);
}

static gboolean read_peak (Journal *journal, FiguresPeaks *peaks, FiguresRoom *room,
                           const char *day, GError **error)
{
  Query *query = ask (journal, PASSED, room, day, error);
  if (query == NULL)
    return FALSE;
  gint64 passages = query_next (query) ? query_int (query, 0) : 0;
  if (!query_end (query, error))
    return FALSE;
  char *place = g_strdup_printf ("%s %s", room->id, day);
  Peak *peak = g_hash_table_lookup (peaks->by_place, place);
  if (peak == NULL) {
    peak = g_new0 (Peak, 1);
    g_hash_table_insert (peaks->by_place, place, peak);
  } else
    g_free (place);
  if (peak->passages != passages && !walk_through (journal, room, day, peak, error))
    return FALSE;
  peak->passages = passages;
  room->peak = peak->peak;
  room->peak_ms = peak->peak_ms;
  return TRUE;
}

static gboolean read_present (Journal *journal, FiguresRoom *room, const char *day, GError **error)
{
  Query *query = ask (journal, PRESENT, room, day, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query)) {
    room->arrived = query_int (query, 0);
    room->inside = query_int (query, 1);
  }
  return query_end (query, error);
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

static const ProgrammeEntry *session_of (const Programme *programme, const char *id)
{
  for (guint i = 0; *id != '\0' && i < programme->sessions->len; i++) {
    const ProgrammeEntry *session = g_ptr_array_index (programme->sessions, i);
    if (strcmp (session->id, id) == 0)
      return session;
  }
  return NULL;
}

/* A zone is open from its first opening of the day to its last. */
static void take_openings (FiguresRoom *room, const Checkpoint *checkpoint, const char *day)
{
  for (guint i = 0; i < checkpoint->openings->len; i++) {
    const Opening *opening = &g_array_index (checkpoint->openings, Opening, i);
    if (strcmp (opening->day, day) != 0)
      continue;
    gint64 from = figures_rooms_moment (checkpoint->zone, day, opening->from_minute);
    room->from_ms = room->from_ms == 0 ? from : MIN (room->from_ms, from);
    room->to_ms
        = MAX (room->to_ms, figures_rooms_moment (checkpoint->zone, day, opening->to_minute));
  }
}

/* NULL if it is no room, or none of that day. */
static FiguresRoom *room_of (const Checkpoint *checkpoint, const Programme *programme,
                             const char *day)
{
  gboolean zone = checkpoint->kind == CHECKPOINT_ZONE || checkpoint->kind == CHECKPOINT_B2B;
  const ProgrammeEntry *session
      = checkpoint->kind == CHECKPOINT_SESSION ? session_of (programme, checkpoint->session) : NULL;
  const char *date = session != NULL ? days_date_of (programme->days, session->day) : NULL;
  if (!zone && (date == NULL || strcmp (date, day) != 0))
    return NULL;
  FiguresRoom *room = g_new0 (FiguresRoom, 1);
  room->id = g_strdup (checkpoint->id);
  room->fr = g_strdup (checkpoint->fr);
  room->zh = g_strdup (checkpoint->zh);
  room->session = g_strdup (session != NULL ? session->id : "");
  room->title_fr = g_strdup (session != NULL ? session->fr : "");
  room->title_zh = g_strdup (session != NULL ? session->zh : "");
  room->room = g_strdup (session != NULL ? session->room : "");
  room->capacity = checkpoint->capacity;
  if (session == NULL) {
    take_openings (room, checkpoint, day);
    return room;
  }
  room->from_ms = figures_rooms_moment (checkpoint->zone, day,
                                        definition_minutes (session->from, EVENT_LATEST_MINUTE));
  room->to_ms = figures_rooms_moment (checkpoint->zone, day,
                                      definition_minutes (session->to, EVENT_LATEST_MINUTE));
  return room;
}

static int by_hour (gconstpointer a, gconstpointer b)
{
  const FiguresRoom *first = *(FiguresRoom *const *) a, *second = *(FiguresRoom *const *) b;
  gboolean zone = *first->session == '\0', other = *second->session == '\0';
  if (zone != other)
    return zone ? 1 : -1;
  if (!zone && first->from_ms != second->from_ms)
    return first->from_ms < second->from_ms ? -1 : 1;
  return strcmp (first->id, second->id);
}

static gint64 registered_of (const Counts *counts, const char *id)
{
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    if (strcmp (row->id, id) == 0)
      return row->registered;
  }
  return 0;
}

gboolean figures_rooms_read (Journal *journal, FiguresPeaks *peaks, const Counts *counts,
                             Figures *figures, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL || programme_is_empty (programme))
    return programme != NULL;
  g_autoptr (GPtrArray) checkpoints = checkpoint_all (journal, error);
  for (guint i = 0; checkpoints != NULL && i < checkpoints->len; i++) {
    FiguresRoom *room = room_of (g_ptr_array_index (checkpoints, i), programme, figures->day);
    if (room == NULL)
      continue;
    g_ptr_array_add (figures->rooms, room);
    room->registered = registered_of (counts, room->id);
    if (!read_present (journal, room, figures->day, error)
        || !read_peak (journal, peaks, room, figures->day, error))
      return FALSE;
    room->state = state_of (room);
  }
  g_ptr_array_sort (figures->rooms, by_hour);
  return checkpoints != NULL;
}
