#include "desk/head_count.h"

#include "congress/checkpoint.h"
#include "core/json.h"
#include "journal/query.h"
#include "vocabulary/name_table.h"

#include <string.h>

static const char ROWS[]
    = "SELECT h.day, h.checkpoint, ifnull (c.fr, ''), ifnull (c.zh, ''), sum (iif (h.who = "
      "'companion', h.heads, 0)), sum (iif (h.who = 'visitor', h.heads, 0)) FROM head_count h LEFT "
      "JOIN checkpoint c ON c.id = h.checkpoint WHERE (:day = '' OR h.day = :day) GROUP BY h.day, "
      "h.checkpoint ORDER BY h.day, h.checkpoint";

/* "companion" "visitor" */
static const char *name_of (HeadCountWho who)
{
  static const char *const NAMES[] = { "companion", "visitor" };
  G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == HEAD_COUNT_KINDS);
  return name_table_name (NAMES, HEAD_COUNT_KINDS, who);
}

Pair head_count_wording (HeadCountWho who)
{
  return who == HEAD_COUNT_COMPANION
             ? words_pair_in ("head count", NC_ ("head count", "Companions"))
             : words_pair_in ("head count", NC_ ("head count", "Visitors without registration"));
}

/* The day at the venue; free with g_free(). */
static char *day_at (const Checkpoint *checkpoint, gint64 now_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local
      = utc != NULL ? g_date_time_to_timezone (utc, checkpoint->zone) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");
}

static gboolean append (Journal *journal, const Checkpoint *checkpoint, HeadCountWho who,
                        gint heads, const char *volunteer, GError **error)
{
  g_autofree char *day = day_at (checkpoint, journal_now_ms (journal));
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "day", day);
  json_out_string (out, "who", name_of (who));
  json_out_int (out, "heads", heads);
  json_out_string_if (out, "volunteer", volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "head-count", checkpoint->id, body, NULL, error);
}

gboolean head_count_add (Journal *journal, const char *checkpoint, HeadCountWho who, gint heads,
                         const char *volunteer, GError **error)
{
  g_autoptr (Checkpoint) found = checkpoint_load (journal, checkpoint, error);
  return found != NULL && journal_begin (journal, error)
         && journal_finish (journal, append (journal, found, who, heads, volunteer, error), error);
}

static void row_free (gpointer data)
{
  HeadCountRow *row = data;
  g_free (row->checkpoint);
  g_free (row->fr);
  g_free (row->zh);
  g_free (row->day);
  g_free (row);
}

GPtrArray *head_count_read (Journal *journal, const char *day, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Query *query = journal_query (journal, ROWS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":day", day != NULL ? day : "");
  while (query_next (query)) {
    HeadCountRow *row = g_new0 (HeadCountRow, 1);
    row->day = g_strdup (query_text (query, 0));
    row->checkpoint = g_strdup (query_text (query, 1));
    row->fr = g_strdup (query_text (query, 2));
    row->zh = g_strdup (query_text (query, 3));
    row->heads[HEAD_COUNT_COMPANION] = query_int (query, 4);
    row->heads[HEAD_COUNT_VISITOR] = query_int (query, 5);
    g_ptr_array_add (rows, row);
  }
  return query_end (query, error) ? g_steal_pointer (&rows) : NULL;
}
