#include "station/owed.h"

#include "core/clock.h"
#include "core/json.h"
#include "journal/query.h"
#include "station/press.h"

#include <string.h>

static const char NEXT[] =
  "SELECT b.reference, b.serial, b.seq, b.at, ifnull (p.state, ''), ifnull (p.printer, ''), ifnull (p.number, 0), ifnull (p.reason, '') "
  "FROM badge b LEFT JOIN print_job p ON p.reference = b.reference AND p.serial = b.serial AND p.issuer = b.issuer "
  "WHERE b.issuer = :station AND b.seq > :after AND b.print AND ifnull (p.state, '') NOT IN ('printed', 'failed', 'unsure') ORDER BY b.seq LIMIT 1";
static const char LAST[] = "SELECT ifnull (max (seq), 0) FROM badge WHERE issuer = :station";
static const char GOOD[] = "SELECT good FROM badge_state WHERE reference = :reference AND serial = :serial AND issuer = :station";

static const char *const NAMES[] = { "", "queued", "sent", "printing", "printed", "failed", "unsure" };

const char *owed_state_name (OwedState state)
{
  return NAMES[state];
}

gboolean owed_is_final (OwedState state)
{
  return state >= OWED_PRINTED;
}

static OwedState state_of_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (strcmp (NAMES[i], name) == 0)
      return (OwedState) i;
  return OWED_NEW;
}

void owed_free (Owed *owed)
{
  if (owed == NULL)
    return;
  g_free (owed->job);
  g_free (owed->name);
  g_free (owed->reference);
  g_free (owed->queue);
  g_free (owed->reason);
  g_free (owed);
}

/* One number that @sql answers; @owed may be NULL. */
static gboolean read_number (Journal *journal, const char *sql, const Owed *owed, gint64 *number, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", journal_station (journal));
  if (owed != NULL) {
    query_bind_text (query, ":reference", owed->reference);
    query_bind_int (query, ":serial", owed->serial);
  }
  if (query_next (query))
    *number = query_int (query, 0);
  return query_end (query, error);
}

static Owed *read_owed (Journal *journal, Query *query)
{
  Owed *owed = g_new0 (Owed, 1);

  owed->reference = g_strdup (query_text (query, 0));
  owed->serial = (guint) query_int (query, 1);
  owed->seq = query_int (query, 2);
  owed->job = press_job_name (journal_station (journal), owed->reference, owed->serial);
  owed->name = g_strdup_printf ("%s@%" G_GINT64_MODIFIER "x", owed->job, hybrid_ms (query_int (query, 3)));
  owed->state = state_of_name (query_text (query, 4));
  owed->queue = g_strdup (query_text (query, 5));
  owed->number = (gint) query_int (query, 6);
  owed->reason = g_strdup (query_text (query, 7));
  return owed;
}

Owed *owed_next (Journal *journal, gint64 *after, GError **error)
{
  g_autoptr (Owed) owed = NULL;
  gint64 last = 0;
  Query *query;

  /* Before the search: a badge issued between the two is found next time. */
  if (!read_number (journal, LAST, NULL, &last, error))
    return NULL;
  query = journal_query (journal, NEXT, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":station", journal_station (journal));
  query_bind_int (query, ":after", *after);
  if (query_next (query))
    owed = read_owed (journal, query);
  if (!query_end (query, error))
    return NULL;
  if (owed == NULL) {
    *after = MAX (*after, last);
    return NULL;
  }
  *after = owed->seq - 1;
  return g_steal_pointer (&owed);
}

gboolean owed_is_good (Journal *journal, const Owed *owed, gboolean *good, GError **error)
{
  gint64 number = 0;

  if (!read_number (journal, GOOD, owed, &number, error))
    return FALSE;
  *good = number != 0;
  return TRUE;
}

gboolean owed_record (Journal *journal, Owed *owed, OwedState state, const char *queue, gint number, const char *reason, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "state", owed_state_name (state));
  json_out_string_if (out, "printer", queue);
  json_out_int_if (out, "job", number);
  json_out_string (out, "reference", owed->reference);
  json_out_string (out, "issuer", journal_station (journal));
  json_out_int (out, "serial", owed->serial);
  json_out_string_if (out, "reason", reason);
  json_out_end_object (out);
  body = json_out_finish (out);

  if (!journal_begin (journal, error))
    return FALSE;
  if (!journal_append (journal, "print", owed->job, body, NULL, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  if (!journal_commit (journal, error))
    return FALSE;
  owed->state = state;
  owed->number = number;
  if (owed->queue != queue) {
    g_free (owed->queue);
    owed->queue = g_strdup (queue);
  }
  if (owed->reason != reason) {
    g_free (owed->reason);
    owed->reason = g_strdup (reason);
  }
  return TRUE;
}
