#include "counts/headsets.h"

#include "counts/guest_name.h"
#include "journal/query.h"

static const char OUT[]
    = "SELECT h.headset, h.reference, ifnull (d.family, ''), ifnull (d.given, ''), ifnull "
      "(d.name_zh, ''), ifnull (d.protocol, 0), ifnull (nullif (d.delegation, ''), ifnull (nullif "
      "(d.organisation_fr, ''), ifnull (d.organisation_zh, ''))), ifnull (g.fr, ''), ifnull "
      "(g.zh, ''), h.event, h.checkpoint, h.day, h.channel, h.at, ifnull ((SELECT "
      "p.last_direction = 'out' AND p.last_at > h.at FROM presence p JOIN checkpoint c ON c.id = "
      "p.checkpoint AND c.kind = 'entrance' WHERE p.reference = h.reference ORDER BY p.last_at "
      "DESC, p.last_station DESC, p.last_seq DESC LIMIT 1), 0) FROM headset_out h LEFT JOIN "
      "delegate d ON d.reference = h.reference LEFT JOIN delegation g ON g.id = d.delegation AND "
      "NOT g.removed WHERE (:event = '' OR h.event = :event) AND (:day = '' OR h.day = '' OR h.day "
      "<= :day) ORDER BY 7, h.reference, h.headset";
static const char ALL[]
    = "SELECT count (*), ifnull (sum (ifnull (d.defect, 0)), 0) FROM headset h LEFT JOIN "
      "headset_defect d ON d.headset = h.id WHERE NOT h.removed";

static void row_free (gpointer data)
{
  HeadsetsRow *row = data;
  g_free (row->headset);
  g_free (row->reference);
  g_free (row->name);
  g_free (row->delegation);
  g_free (row->delegation_fr);
  g_free (row->delegation_zh);
  g_free (row->event);
  g_free (row->checkpoint);
  g_free (row->day);
  g_free (row->channel);
  g_free (row);
}

void headsets_free (Headsets *headsets)
{
  if (headsets == NULL)
    return;
  g_ptr_array_unref (headsets->rows);
  g_free (headsets);
}

static HeadsetsRow *row_of (Query *query)
{
  HeadsetsRow *row = g_new0 (HeadsetsRow, 1);
  row->headset = g_strdup (query_text (query, 0));
  row->reference = g_strdup (query_text (query, 1));
  row->name = guest_name_of (query, 2);
  row->delegation = g_strdup (query_text (query, 6));
  row->delegation_fr = g_strdup (query_text (query, 7));
  row->delegation_zh = g_strdup (query_text (query, 8));
  row->event = g_strdup (query_text (query, 9));
  row->checkpoint = g_strdup (query_text (query, 10));
  row->day = g_strdup (query_text (query, 11));
  row->channel = g_strdup (query_text (query, 12));
  row->since_ms = clock_hybrid_ms ((HybridTime) query_int (query, 13));
  row->gone = query_int (query, 14) != 0;
  return row;
}

Headsets *headsets_read (Journal *journal, const char *event, const char *day, GError **error)
{
  g_autoptr (Headsets) headsets = g_new0 (Headsets, 1);
  headsets->rows = g_ptr_array_new_with_free_func (row_free);
  Query *query = journal_query (journal, OUT, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":event", event != NULL ? event : "");
  query_bind_text (query, ":day", day != NULL ? day : "");
  while (query_next (query))
    g_ptr_array_add (headsets->rows, row_of (query));
  if (!query_end (query, error))
    return NULL;
  query = journal_query (journal, ALL, error);
  if (query == NULL)
    return NULL;
  if (query_next (query)) {
    headsets->all = (guint) query_int (query, 0);
    headsets->defect = (guint) query_int (query, 1);
  }
  return query_end (query, error) ? g_steal_pointer (&headsets) : NULL;
}
