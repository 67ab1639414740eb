#include "counts/two_events.h"

#include "journal/query.h"

#include <string.h>

static const char EVENTS[] = "SELECT id FROM event WHERE NOT removed ORDER BY sort, id LIMIT 2";
static const char CATEGORIES[]
    = "SELECT id, fr, zh FROM category WHERE NOT removed ORDER BY sort, id";
/* Bit 1: the first event, bit 2: the second. */
#define IS_FOR(event) "EXISTS (SELECT 1 FROM json_each (d.events) e WHERE e.value = " event ")"
#define CAME_TO(event)                                                                             \
  "EXISTS (SELECT 1 FROM presence p JOIN checkpoint c ON c.id = p.checkpoint WHERE p.reference = " \
  "d.reference AND c.kind = 'entrance' AND c.event = " event ")"
#define PLACE_OF(bit) bit (":first") " + 2 * " bit (":second")
static const char PEOPLE[] = "SELECT d.category, (NOT d.revoked AND d.status = '') * (" PLACE_OF (
    IS_FOR) "), " PLACE_OF (CAME_TO) " FROM delegate d";

static void row_free (gpointer data)
{
  TwoEventsRow *row = data;
  g_free (row->id);
  g_free (row->fr);
  g_free (row->zh);
  g_free (row);
}

void two_events_free (TwoEvents *events)
{
  if (events == NULL)
    return;
  g_free (events->first);
  g_free (events->second);
  g_ptr_array_unref (events->rows);
  g_free (events);
}

gint64 two_events_either (const TwoEventsCount *count)
{
  return count->only_first + count->only_second + count->both;
}

static TwoEventsRow *row_of (TwoEvents *events, GHashTable *index, const char *id, const char *fr,
                             const char *zh)
{
  TwoEventsRow *row = g_hash_table_lookup (index, id);
  if (row != NULL)
    return row;
  row = g_new0 (TwoEventsRow, 1);
  row->id = g_strdup (id);
  row->fr = g_strdup (fr);
  row->zh = g_strdup (zh);
  g_ptr_array_add (events->rows, row);
  g_hash_table_insert (index, row->id, row);
  return row;
}

static void add (TwoEventsCount *count, gint64 bits)
{
  count->only_first += bits == 1;
  count->only_second += bits == 2;
  count->both += bits == 3;
}

static gboolean read_events (Journal *journal, TwoEvents *events, GError **error)
{
  Query *query = journal_query (journal, EVENTS, error);
  if (query == NULL)
    return FALSE;
  events->first = g_strdup (query_next (query) ? query_text (query, 0) : "");
  events->second = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error);
}

static gboolean read_people (Journal *journal, TwoEvents *events, GHashTable *index, GError **error)
{
  Query *query = journal_query (journal, PEOPLE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":first", events->first);
  query_bind_text (query, ":second", events->second);
  while (query_next (query)) {
    const char *id = query_text (query, 0);
    gint64 registered = query_int (query, 1), came = query_int (query, 2);
    if (registered == 0 && came == 0)
      continue;
    TwoEventsRow *row = row_of (events, index, id, id, id);
    add (&row->registered, registered);
    add (&row->came, came);
    add (&events->registered, registered);
    add (&events->came, came);
  }
  return query_end (query, error);
}

TwoEvents *two_events_read (Journal *journal, GError **error)
{
  g_autoptr (TwoEvents) events = g_new0 (TwoEvents, 1);
  events->rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  Query *query
      = read_events (journal, events, error) ? journal_query (journal, CATEGORIES, error) : NULL;
  if (query == NULL)
    return NULL;
  while (query_next (query))
    row_of (events, index, query_text (query, 0), query_text (query, 1), query_text (query, 2));
  if (!query_end (query, error) || !read_people (journal, events, index, error))
    return NULL;
  return g_steal_pointer (&events);
}
