#include "desk/history.h"

#include "journal/query.h"

static const char ENTRIES[]
    = "SELECT * FROM (SELECT 0 AS kind, p.at AS at, p.station, p.volunteer, ifnull (c.fr, "
      "p.checkpoint), ifnull (c.zh, p.checkpoint), p.verdict, p.direction, 0, '' FROM passage p "
      "LEFT JOIN checkpoint c ON c.id = p.checkpoint WHERE p.reference = :reference UNION ALL "
      "SELECT 1, at, issuer, volunteer, '', '', '', '', serial, reason FROM badge WHERE reference "
      "= :reference UNION ALL SELECT 2, at, station, volunteer, '', '', '', '', serial, reason "
      "FROM badge_void WHERE reference = :reference ORDER BY at DESC LIMIT :most) ORDER BY at, "
      "kind";

static void entry_free (gpointer data)
{
  HistoryEntry *entry = data;

  g_free (entry->station);
  g_free (entry->volunteer);
  g_free (entry->place_fr);
  g_free (entry->place_zh);
  g_free (entry->verdict);
  g_free (entry->direction);
  g_free (entry->reason);
  g_free (entry);
}

GPtrArray *history_read (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  Query *query = journal_query (journal, ENTRIES, error);

  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_int (query, ":most", HISTORY_MAX);
  while (query_next (query)) {
    HistoryEntry *entry = g_new0 (HistoryEntry, 1);

    entry->kind = (HistoryKind) query_int (query, 0);
    entry->at_ms = clock_hybrid_ms (query_int (query, 1));
    entry->station = g_strdup (query_text (query, 2));
    entry->volunteer = g_strdup (query_text (query, 3));
    entry->place_fr = g_strdup (query_text (query, 4));
    entry->place_zh = g_strdup (query_text (query, 5));
    entry->verdict = g_strdup (query_text (query, 6));
    entry->direction = g_strdup (query_text (query, 7));
    entry->serial = (guint) query_int (query, 8);
    entry->reason = g_strdup (query_text (query, 9));
    g_ptr_array_add (entries, entry);
  }
  return query_end (query, error) ? g_steal_pointer (&entries) : NULL;
}
