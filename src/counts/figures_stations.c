#include "counts/figures_stations.h"

#include "journal/query.h"

#include <string.h>

#define MINUTES 60
#define MINUTE_MS (60 * 1000)

/* Whether a fact may have changed what passages count, or of which day they are. */
static const char CHANGED[]
    = "SELECT EXISTS (SELECT 1 FROM fact WHERE number > :after AND kind NOT IN ('passage', "
      "'print', 'badge-issued', 'badge-void', 'loan', 'call', 'alert-closed', 'conflict-closed', "
      "'registration', 'list', 'note', 'handover', 'appointment', 'volunteer', 'erasure', "
      "'answer', 'head-count', 'met'))";
static const char OF_DAY[]
    = "SELECT station, at, verdict NOT IN ('ADMITTED', 'UNDONE') FROM passage WHERE checkpoint IN "
      "(SELECT id FROM checkpoint) AND day = :day";
static const char PASSED[]
    = "SELECT p.station, p.at, p.verdict NOT IN ('ADMITTED', 'UNDONE') FROM fact f CROSS JOIN "
      "passage p ON p.station = f.station AND p.seq = f.seq WHERE f.number > :after AND f.kind = "
      "'passage' AND p.day = :day AND p.checkpoint IN (SELECT id FROM checkpoint)";

typedef struct {
  gint64 passages, refused, last_ms;
  gint64 minutes[MINUTES]; /* since 1970, of which `scans` has the scans */
  guint scans[MINUTES];
} Work;

struct _FiguresWork {
  char *day;
  GHashTable *by_station; /* name → Work */
  gint64 number;          /* of the last fact that it knows of */
};

void figures_stations_work_free (FiguresWork *work)
{
  if (work == NULL)
    return;
  g_free (work->day);
  g_hash_table_unref (work->by_station);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresWork, figures_stations_work_free)

static void take_row (FiguresWork *work, Query *query)
{
  const char *station = query_text (query, 0);
  gint64 at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 1)), minute = at_ms / MINUTE_MS;
  Work *mine = g_hash_table_lookup (work->by_station, station);
  if (mine == NULL) {
    mine = g_new0 (Work, 1);
    g_hash_table_insert (work->by_station, g_strdup (station), mine);
  }
  *(query_int (query, 2) != 0 ? &mine->refused : &mine->passages) += 1;
  mine->last_ms = MAX (mine->last_ms, at_ms);
  guint place = (guint) (minute % MINUTES);
  if (minute < mine->minutes[place])
    return;
  if (minute > mine->minutes[place])
    mine->scans[place] = 0;
  mine->minutes[place] = minute;
  mine->scans[place]++;
}

static gboolean have_changed (Journal *journal, gint64 since, gboolean *changed, GError **error)
{
  Query *query = journal_query (journal, CHANGED, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", since);
  *changed = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

FiguresWork *figures_stations_refresh (FiguresWork *work, Journal *journal, const char *day,
                                       GError **error)
{
  g_autoptr (FiguresWork) known = work;
  g_autoptr (GError) failed = NULL;
  gint64 number = journal_last_number (journal, &failed);
  gboolean changed = known == NULL || strcmp (known->day, day) != 0;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (!changed && !have_changed (journal, known->number, &changed, error))
    return NULL;
  if (changed) {
    g_clear_pointer (&known, figures_stations_work_free);
    known = g_new0 (FiguresWork, 1);
    known->day = g_strdup (day);
    known->by_station = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  }
  Query *query = journal_query (journal, changed ? OF_DAY : PASSED, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":day", day);
  if (!changed)
    query_bind_int (query, ":after", known->number);
  while (query_next (query))
    take_row (known, query);
  known->number = number;
  return query_end (query, error) ? g_steal_pointer (&known) : NULL;
}

static int by_name (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(FiguresStation *const *) a)->name, (*(FiguresStation *const *) b)->name);
}

void figures_stations_put (const FiguresWork *work, Figures *figures)
{
  gint64 now = figures->as_of->at_ms / MINUTE_MS;
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, work->by_station);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    const Work *mine = value;
    FiguresStation *station = g_new0 (FiguresStation, 1);
    station->name = g_strdup (name);
    station->passages = mine->passages;
    station->refused = mine->refused;
    station->last_ms = mine->last_ms;
    for (guint i = 0; i < MINUTES; i++)
      station->last_hour += mine->minutes[i] > now - MINUTES ? mine->scans[i] : 0;
    g_ptr_array_add (figures->stations, station);
  }
  g_ptr_array_sort (figures->stations, by_name);
}
