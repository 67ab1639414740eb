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
    = "SELECT DISTINCT subject FROM fact WHERE number > :after AND kind = 'passage'";

/* What is known of a person while her rows are read. */
typedef struct {
  FiguresArrival arrival;
  gint64 last_at, last_seq;
  char *last_station;
} Passed;

void figures_arrivals_free (FiguresArrivals *arrivals)
{
  if (arrivals == NULL)
    return;
  g_free (arrivals->day);
  g_free (arrivals->event);
  g_ptr_array_unref (arrivals->entrances);
  g_hash_table_unref (arrivals->came);
  g_free (arrivals);
}

static void passed_free (gpointer data)
{
  Passed *passed = data;
  g_free (passed->last_station);
  g_free (passed);
}

static FiguresArrivals *arrivals_new (const char *day, const char *event)
{
  FiguresArrivals *arrivals = g_new0 (FiguresArrivals, 1);
  arrivals->day = g_strdup (day);
  arrivals->event = g_strdup (event);
  arrivals->entrances = figures_entrances ();
  arrivals->came = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, passed_free);
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

static gboolean is_later (const Passed *passed, Query *query)
{
  gint64 at = query_int (query, 3), seq = query_int (query, 5);
  if (at != passed->last_at)
    return at > passed->last_at;
  int order = strcmp (query_text (query, 4), passed->last_station);
  return order != 0 ? order > 0 : seq > passed->last_seq;
}

static void take_row (FiguresArrivals *arrivals, guint entrance, Query *query)
{
  const char *reference = query_text (query, 0);
  gint64 first_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
  Passed *passed = g_hash_table_lookup (arrivals->came, reference);
  gboolean new = passed == NULL;
  if (new) {
    passed = g_new0 (Passed, 1);
    g_hash_table_insert (arrivals->came, g_strdup (reference), passed);
  }
  if (new || first_ms < passed->arrival.first_ms) {
    passed->arrival.first_ms = first_ms;
    passed->arrival.entrance = entrance;
  }
  if (!new && !is_later (passed, query))
    return;
  g_free (passed->last_station);
  passed->last_station = g_strdup (query_text (query, 4));
  passed->last_at = query_int (query, 3);
  passed->last_seq = query_int (query, 5);
  passed->arrival.inside = strcmp (query_text (query, 6), "out") != 0;
}

static gboolean read_entrance (Journal *journal, FiguresArrivals *arrivals, guint number,
                               GError **error)
{
  const FiguresEntrance *entrance = arrivals->entrances->pdata[number];
  Query *query = journal_query (journal, OF_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", entrance->id);
  query_bind_text (query, ":day", arrivals->day);
  while (query_next (query))
    take_row (arrivals, number, query);
  return query_end (query, error);
}

static guint entrance_of (const FiguresArrivals *arrivals, const char *checkpoint)
{
  for (guint i = 0; i < arrivals->entrances->len; i++)
    if (strcmp (((FiguresEntrance *) arrivals->entrances->pdata[i])->id, checkpoint) == 0)
      return i;
  return G_MAXUINT;
}

static gboolean read_person (Journal *journal, FiguresArrivals *arrivals, const char *reference,
                             GError **error)
{
  g_hash_table_remove (arrivals->came, reference);
  Query *query = journal_query (journal, OF_PERSON, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", arrivals->day);
  while (query_next (query)) {
    guint entrance = entrance_of (arrivals, query_text (query, 1));
    if (entrance != G_MAXUINT)
      take_row (arrivals, entrance, query);
  }
  return query_end (query, error);
}

/* All -------------------------------------------------------------------------------- */

static gboolean read_passed (Journal *journal, FiguresArrivals *arrivals, GError **error)
{
  Query *query = journal_query (journal, PASSED, error);
  if (query == NULL)
    return FALSE;
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  query_bind_int (query, ":after", arrivals->number);
  while (query_next (query))
    g_ptr_array_add (references, g_strdup (query_text (query, 0)));
  if (!query_end (query, error))
    return FALSE;
  for (guint i = 0; i < references->len; i++)
    if (!read_person (journal, arrivals, references->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean read_all (Journal *journal, FiguresArrivals *arrivals, GError **error)
{
  if (!read_entrances (journal, arrivals, error))
    return FALSE;
  for (guint i = 0; i < arrivals->entrances->len; i++)
    if (!read_entrance (journal, arrivals, i, error))
      return FALSE;
  return TRUE;
}

FiguresArrivals *figures_arrivals_refresh (FiguresArrivals *arrivals, Journal *journal,
                                           const char *day, const char *event, GError **error)
{
  g_autoptr (FiguresArrivals) known = arrivals;
  g_autoptr (GError) failed = NULL;
  gint64 number = journal_last_number (journal, &failed);
  gboolean changed = TRUE;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (known != NULL && !figures_people_have_changed (journal, known->number, &changed, error))
    return NULL;
  if (changed) {
    g_clear_pointer (&known, figures_arrivals_free);
    known = arrivals_new (day, event);
  }
  if (!(changed ? read_all : read_passed) (journal, known, error))
    return NULL;
  known->number = number;
  return g_steal_pointer (&known);
}
