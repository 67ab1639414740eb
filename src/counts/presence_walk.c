#include "counts/presence_walk.h"

#include "core/identifier.h"
#include "journal/query.h"

#include <string.h>

/* Places at which somebody was admitted; they are as many as checkpoints and days. */
static const char PLACES[]
    = "SELECT n.checkpoint, n.day, c.kind, c.event, c.session FROM passage_count n JOIN checkpoint "
      "c ON c.id = n.checkpoint WHERE n.verdict = 'ADMITTED'";
static const char AHEAD[]
    = "SELECT reference, first_at, last_at, last_station, last_seq, last_direction FROM presence "
      "WHERE checkpoint = :checkpoint AND day = :day AND reference >= :from ORDER BY reference "
      "LIMIT :most";
#define AHEAD_ROWS 256

typedef struct {
  char reference[REFERENCE_MAX + 1];
  Presence presence;
} AheadRow;

typedef struct {
  PresencePlace place;
  AheadRow *rows;
  guint count, at;
  gboolean is_whole; /* nothing comes after the rows */
} Ahead;

struct _PresenceWalk {
  Journal *journal;
  GPtrArray *places;      /* Ahead */
  GStringChunk *stations; /* names, each once */
};

static void ahead_free (gpointer data)
{
  Ahead *ahead = data;
  g_free (ahead->place.checkpoint);
  g_free (ahead->place.day);
  g_free (ahead->place.kind);
  g_free (ahead->place.event);
  g_free (ahead->place.session);
  g_free (ahead->rows);
  g_free (ahead);
}

void presence_walk_free (PresenceWalk *walk)
{
  if (walk == NULL)
    return;
  g_ptr_array_unref (walk->places);
  g_string_chunk_free (walk->stations);
  g_free (walk);
}

PresenceWalk *presence_walk_new (Journal *journal, GError **error)
{
  g_autoptr (PresenceWalk) walk = g_new0 (PresenceWalk, 1);
  walk->journal = journal;
  walk->places = g_ptr_array_new_with_free_func (ahead_free);
  walk->stations = g_string_chunk_new (1024);
  Query *query = journal_query (journal, PLACES, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    Ahead *ahead = g_new0 (Ahead, 1);
    ahead->place.checkpoint = g_strdup (query_text (query, 0));
    ahead->place.day = g_strdup (query_text (query, 1));
    ahead->place.kind = g_strdup (query_text (query, 2));
    ahead->place.event = g_strdup (query_text (query, 3));
    ahead->place.session = g_strdup (query_text (query, 4));
    ahead->rows = g_new (AheadRow, AHEAD_ROWS);
    g_ptr_array_add (walk->places, ahead);
  }
  return query_end (query, error) ? g_steal_pointer (&walk) : NULL;
}

/* The rows from @reference on. */
static gboolean read_ahead (PresenceWalk *walk, Ahead *ahead, const char *reference, GError **error)
{
  Query *query = journal_query (walk->journal, AHEAD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", ahead->place.checkpoint);
  query_bind_text (query, ":day", ahead->place.day);
  query_bind_text (query, ":from", reference);
  query_bind_int (query, ":most", AHEAD_ROWS);
  for (ahead->at = ahead->count = 0; ahead->count < AHEAD_ROWS && query_next (query);) {
    AheadRow *row = &ahead->rows[ahead->count++];
    g_strlcpy (row->reference, query_text (query, 0), sizeof row->reference);
    row->presence = (Presence){
      .place = &ahead->place,
      .first_at = query_int (query, 1),
      .last_at = query_int (query, 2),
      .last_station = g_string_chunk_insert_const (walk->stations, query_text (query, 3)),
      .last_seq = query_int (query, 4),
      .is_in = strcmp (query_text (query, 5), "out") != 0,
    };
  }
  ahead->is_whole = ahead->count < AHEAD_ROWS;
  return query_end (query, error);
}

gboolean presence_walk_find (PresenceWalk *walk, const char *reference, GArray *found,
                             GError **error)
{
  g_array_set_size (found, 0);
  for (guint i = 0; i < walk->places->len; i++) {
    Ahead *ahead = walk->places->pdata[i];
    int order = -1;
    while (ahead->at < ahead->count
           && (order = strcmp (ahead->rows[ahead->at].reference, reference)) < 0)
      ahead->at++;
    if (ahead->at == ahead->count && !ahead->is_whole) {
      if (!read_ahead (walk, ahead, reference, error))
        return FALSE;
      order = ahead->count > 0 ? strcmp (ahead->rows[0].reference, reference) : 1;
    }
    if (ahead->at < ahead->count && order == 0)
      g_array_append_val (found, ahead->rows[ahead->at].presence);
  }
  return TRUE;
}
