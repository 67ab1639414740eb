#include "counts/figures_arrivals.h"

#include "journal/query.h"

#include <string.h>

/* Removed ones too: people came through them. */
static const char ENTRANCES[]
    = "SELECT id, fr, zh, direction <> 'in' FROM checkpoint WHERE kind = 'entrance' AND (:event = "
      "'' OR event = :event) ORDER BY id";
#define ROW "reference, checkpoint, first_at, last_at, last_station, last_seq, last_direction"
static const char OF_DAY[] = "SELECT " ROW " FROM presence WHERE checkpoint = :checkpoint AND day "
                             "= :day";
static const char OF_PERSON[] = "SELECT " ROW " FROM presence WHERE reference = :reference AND day "
                                "= :day";
static const char PASSED[]
    = "SELECT DISTINCT p.reference FROM fact f CROSS JOIN passage p ON p.station = f.station AND "
      "p.seq = f.seq WHERE f.number > :after AND f.kind = 'passage' AND p.day = :day AND "
      "p.checkpoint IN (SELECT id FROM checkpoint WHERE kind = 'entrance') UNION "
      "SELECT f.subject FROM fact f WHERE f.number > :after AND f.kind = 'undone'";

void figures_arrivals_free (FiguresArrivals *arrivals)
{
  if (arrivals == NULL)
    return;
  g_free (arrivals->day);
  g_free (arrivals->event);
  g_ptr_array_unref (arrivals->entrances);
  g_array_unref (arrivals->people);
  g_hash_table_unref (arrivals->strangers);
  g_string_chunk_free (arrivals->stations);
  g_free (arrivals);
}

static FiguresArrivals *arrivals_new (const FiguresPeople *people, const char *day,
                                      const char *event)
{
  FiguresArrivals *arrivals = g_new0 (FiguresArrivals, 1);
  arrivals->day = g_strdup (day);
  arrivals->event = g_strdup (event);
  arrivals->entrances = figures_entrances ();
  arrivals->people = g_array_new (FALSE, TRUE, sizeof (FiguresArrival));
  g_array_set_size (arrivals->people, people->people->len);
  arrivals->strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  arrivals->stations = g_string_chunk_new (1024);
  arrivals->built = people->built;
  return arrivals;
}

static gboolean read_entrances (Journal *journal, FiguresArrivals *arrivals, GError **error)
{
  Query *query = journal_query (journal, ENTRANCES, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":event", arrivals->event);
  while (query_next (query)) {
    figures_add_entrance (arrivals->entrances, query_text (query, 0), query_text (query, 1),
                          query_text (query, 2));
    arrivals->way_out = arrivals->way_out || query_int (query, 3) != 0;
  }
  return query_end (query, error);
}

/* People ----------------------------------------------------------------------------- */

/* Hers, whether she came or not. */
static FiguresArrival *arrival_of (const FiguresArrivals *arrivals, const FiguresPeople *people,
                                   const char *reference)
{
  guint place = figures_people_find (people, reference);
  if (place != FIGURES_PEOPLE_NOBODY)
    return &g_array_index (arrivals->people, FiguresArrival, place);
  FiguresArrival *stranger = g_hash_table_lookup (arrivals->strangers, reference);
  if (stranger == NULL) {
    stranger = g_new0 (FiguresArrival, 1);
    g_hash_table_insert (arrivals->strangers, g_strdup (reference), stranger);
  }
  return stranger;
}

static gboolean is_later (const FiguresArrival *arrival, Query *query)
{
  gint64 at = query_int (query, 3), seq = query_int (query, 5);
  if (at != arrival->last_at)
    return at > arrival->last_at;
  int order = strcmp (query_text (query, 4), arrival->last_station);
  return order != 0 ? order > 0 : seq > arrival->last_seq;
}

static void take_row (FiguresArrivals *arrivals, FiguresArrival *arrival, guint entrance,
                      Query *query)
{
  gint64 first_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
  gboolean new = !arrival->came;
  arrival->came = TRUE;
  if (new || first_ms < arrival->first_ms) {
    arrival->first_ms = first_ms;
    arrival->entrance = entrance;
  }
  if (!new && !is_later (arrival, query))
    return;
  arrival->last_station = g_string_chunk_insert_const (arrivals->stations, query_text (query, 4));
  arrival->last_at = query_int (query, 3);
  arrival->last_seq = query_int (query, 5);
  arrival->inside = strcmp (query_text (query, 6), "out") != 0;
}

static gboolean read_entrance (Journal *journal, const FiguresPeople *people,
                               FiguresArrivals *arrivals, guint number, GError **error)
{
  const FiguresEntrance *entrance = arrivals->entrances->pdata[number];
  Query *query = journal_query (journal, OF_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", entrance->id);
  query_bind_text (query, ":day", arrivals->day);
  while (query_next (query))
    take_row (arrivals, arrival_of (arrivals, people, query_text (query, 0)), number, query);
  return query_end (query, error);
}

static guint entrance_of (const FiguresArrivals *arrivals, const char *checkpoint)
{
  for (guint i = 0; i < arrivals->entrances->len; i++)
    if (strcmp (((FiguresEntrance *) arrivals->entrances->pdata[i])->id, checkpoint) == 0)
      return i;
  return G_MAXUINT;
}

static gboolean read_person (Journal *journal, const FiguresPeople *people,
                             FiguresArrivals *arrivals, const char *reference, GError **error)
{
  FiguresArrival *arrival = arrival_of (arrivals, people, reference);
  *arrival = (FiguresArrival){ 0 };
  Query *query = journal_query (journal, OF_PERSON, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", arrivals->day);
  while (query_next (query)) {
    guint entrance = entrance_of (arrivals, query_text (query, 1));
    if (entrance != G_MAXUINT)
      take_row (arrivals, arrival, entrance, query);
  }
  return query_end (query, error);
}

/* All -------------------------------------------------------------------------------- */

static gboolean read_passed (Journal *journal, const FiguresPeople *people,
                             FiguresArrivals *arrivals, GError **error)
{
  Query *query = journal_query (journal, PASSED, error);
  if (query == NULL)
    return FALSE;
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  query_bind_int (query, ":after", arrivals->number);
  query_bind_text (query, ":day", arrivals->day);
  while (query_next (query))
    g_ptr_array_add (references, g_strdup (query_text (query, 0)));
  if (!query_end (query, error))
    return FALSE;
  for (guint i = 0; i < references->len; i++)
    if (!read_person (journal, people, arrivals, references->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean read_all (Journal *journal, const FiguresPeople *people, FiguresArrivals *arrivals,
                          GError **error)
{
  if (!read_entrances (journal, arrivals, error))
    return FALSE;
  for (guint i = 0; i < arrivals->entrances->len; i++)
    if (!read_entrance (journal, people, arrivals, i, error))
      return FALSE;
  return TRUE;
}

/* Who was registered since, some of them after they came. */
static void take_registered (FiguresArrivals *arrivals, const FiguresPeople *people)
{
  GHashTableIter iter;
  gpointer reference, stranger;
  if (arrivals->people->len == people->people->len)
    return;
  g_array_set_size (arrivals->people, people->people->len);
  g_hash_table_iter_init (&iter, arrivals->strangers);
  while (g_hash_table_iter_next (&iter, &reference, &stranger)) {
    guint place = figures_people_find (people, reference);
    if (place == FIGURES_PEOPLE_NOBODY)
      continue;
    g_array_index (arrivals->people, FiguresArrival, place) = *(FiguresArrival *) stranger;
    g_hash_table_iter_remove (&iter);
  }
}

FiguresArrivals *figures_arrivals_refresh (FiguresArrivals *arrivals, const FiguresPeople *people,
                                           Journal *journal, const char *day, const char *event,
                                           GError **error)
{
  g_autoptr (FiguresArrivals) known = arrivals;
  gboolean changed = known == NULL || known->built != people->built;
  if (changed) {
    g_clear_pointer (&known, figures_arrivals_free);
    known = arrivals_new (people, day, event);
  } else
    take_registered (known, people);
  if (!(changed ? read_all : read_passed) (journal, people, known, error))
    return NULL;
  known->number = people->number;
  return g_steal_pointer (&known);
}

void figures_arrivals_each (const FiguresArrivals *arrivals, FiguresArrivalsEach each,
                            gpointer data)
{
  GHashTableIter iter;
  gpointer stranger;
  for (guint i = 0; i < arrivals->people->len; i++) {
    const FiguresArrival *arrival = &g_array_index (arrivals->people, FiguresArrival, i);
    if (arrival->came)
      each (arrival, data);
  }
  g_hash_table_iter_init (&iter, arrivals->strangers);
  while (g_hash_table_iter_next (&iter, NULL, &stranger))
    if (((const FiguresArrival *) stranger)->came)
      each (stranger, data);
}
