#include "counts/presence_walk.h"

#include "core/identifier.h"
#include "journal/query.h"

#include <string.h>

/* Places at which somebody was admitted; they are as many as checkpoints and days. */
static const char PLACES[]
    = "SELECT n.checkpoint, n.day, c.kind, c.event, c.session FROM passage_count n JOIN checkpoint "
      "c ON c.id = n.checkpoint WHERE n.verdict = 'ADMITTED'";
/* In the order of the table. */
static const char AHEAD[]
    = "SELECT reference, day, checkpoint, first_at, last_at, last_station, last_seq, "
      "last_direction FROM presence WHERE (reference, day, checkpoint) > (:reference, :day, "
      ":checkpoint) ORDER BY reference, day, checkpoint LIMIT :most";
#define AHEAD_ROWS 1024

typedef struct {
  char reference[REFERENCE_MAX + 1];
  Presence presence; /* place: NULL where the checkpoint is not defined */
} AheadRow;

struct _PresenceWalk {
  Journal *journal;
  GHashTable *places;     /* PresencePlace, by day and checkpoint */
  GStringChunk *stations; /* names, each once */
  AheadRow *rows;
  guint count, at;
  char *day, *checkpoint; /* of the last row */
  gboolean is_whole;      /* nothing comes after the rows */
};

static void place_free (gpointer data)
{
  PresencePlace *place = data;
  g_free (place->checkpoint);
  g_free (place->day);
  g_free (place->kind);
  g_free (place->event);
  g_free (place->session);
  g_free (place);
}

static guint place_hash (gconstpointer data)
{
  const PresencePlace *place = data;
  return g_str_hash (place->checkpoint) ^ g_str_hash (place->day);
}

static gboolean place_equal (gconstpointer one, gconstpointer other)
{
  const PresencePlace *a = one, *b = other;
  return strcmp (a->checkpoint, b->checkpoint) == 0 && strcmp (a->day, b->day) == 0;
}

void presence_walk_free (PresenceWalk *walk)
{
  if (walk == NULL)
    return;
  g_hash_table_unref (walk->places);
  g_string_chunk_free (walk->stations);
  g_free (walk->rows);
  g_free (walk->day);
  g_free (walk->checkpoint);
  g_free (walk);
}

PresenceWalk *presence_walk_new (Journal *journal, GError **error)
{
  g_autoptr (PresenceWalk) walk = g_new0 (PresenceWalk, 1);
  walk->journal = journal;
  walk->places = g_hash_table_new_full (place_hash, place_equal, NULL, place_free);
  walk->stations = g_string_chunk_new (1024);
  walk->rows = g_new (AheadRow, AHEAD_ROWS);
  Query *query = journal_query (journal, PLACES, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    PresencePlace *place = g_new0 (PresencePlace, 1);
    place->checkpoint = g_strdup (query_text (query, 0));
    place->day = g_strdup (query_text (query, 1));
    place->kind = g_strdup (query_text (query, 2));
    place->event = g_strdup (query_text (query, 3));
    place->session = g_strdup (query_text (query, 4));
    g_hash_table_insert (walk->places, place, place);
  }
  return query_end (query, error) ? g_steal_pointer (&walk) : NULL;
}

static void take (PresenceWalk *walk, Query *query)
{
  AheadRow *row = &walk->rows[walk->count++];
  const PresencePlace key = { .day = (char *) (guintptr) query_text (query, 1),
                              .checkpoint = (char *) (guintptr) query_text (query, 2) };

  g_strlcpy (row->reference, query_text (query, 0), sizeof row->reference);
  row->presence = (Presence){
    .place = g_hash_table_lookup (walk->places, &key),
    .first_at = query_int (query, 3),
    .last_at = query_int (query, 4),
    .last_station = g_string_chunk_insert_const (walk->stations, query_text (query, 5)),
    .last_seq = query_int (query, 6),
    .is_in = strcmp (query_text (query, 7), "out") != 0,
  };
  if (walk->count < AHEAD_ROWS)
    return;
  g_free (walk->day);
  g_free (walk->checkpoint);
  walk->day = g_strdup (key.day);
  walk->checkpoint = g_strdup (key.checkpoint);
}

/* The rows after (@reference, @day, @checkpoint). */
static gboolean read_ahead (PresenceWalk *walk, const char *reference, const char *day,
                            const char *checkpoint, GError **error)
{
  Query *query = journal_query (walk->journal, AHEAD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", day);
  query_bind_text (query, ":checkpoint", checkpoint);
  query_bind_int (query, ":most", AHEAD_ROWS);
  for (walk->at = walk->count = 0; walk->count < AHEAD_ROWS && query_next (query);)
    take (walk, query);
  walk->is_whole = walk->count < AHEAD_ROWS;
  return query_end (query, error);
}

/* Where those that were read are all before @reference, the next are hers; where hers are cut,
 * those that follow. */
static gboolean read_on (PresenceWalk *walk, const char *reference, GError **error)
{
  if (walk->count > 0 && strcmp (walk->rows[walk->count - 1].reference, reference) == 0)
    return read_ahead (walk, reference, walk->day, walk->checkpoint, error);
  return read_ahead (walk, reference, "", "", error);
}

gboolean presence_walk_find (PresenceWalk *walk, const char *reference, GArray *found,
                             GError **error)
{
  g_array_set_size (found, 0);
  for (;;) {
    for (; walk->at < walk->count; walk->at++) {
      const AheadRow *row = &walk->rows[walk->at];
      int order = strcmp (row->reference, reference);

      if (order > 0)
        return TRUE;
      if (order == 0 && row->presence.place != NULL)
        g_array_append_val (found, row->presence);
    }
    if (walk->is_whole)
      return TRUE;
    if (!read_on (walk, reference, error))
      return FALSE;
  }
}
