#include "issuance/job_queue.h"

#include "core/clock.h"
#include "core/json.h"
#include "journal/query.h"
#include "issuance/badge_data.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "SELECT b.reference, b.serial, b.seq, b.at, ifnull (p.state, ''), ifnull (p.printer, ''), "      \
  "ifnull (p.number, 0), ifnull (p.reason, ''), "                                                  \
  "(SELECT count (*) FROM fact f WHERE f.subject = p.job AND f.kind = 'print' AND f.kind <> "      \
  "'passage' AND f.body ->> 'reason' = '" JOB_QUEUE_MOVED "') "

static const char OPEN[]
    = COLUMNS "FROM badge b LEFT JOIN print_job p ON p.reference = b.reference AND p.serial = "
              "b.serial AND p.issuer = b.issuer "
              "WHERE b.issuer = :station AND b.seq > :after AND b.print AND ifnull (p.state, '') "
              "NOT IN ('printed', 'failed', 'unsure') ORDER BY b.seq LIMIT :limit";
static const char ENDED[]
    = COLUMNS "FROM badge b JOIN print_job p ON p.reference = b.reference AND p.serial = b.serial "
              "AND p.issuer = b.issuer "
              "WHERE b.issuer = :station AND p.printer = :queue AND p.number > 0 AND p.state IN "
              "('printed', 'failed', 'unsure') ORDER BY b.seq DESC LIMIT :limit";
static const char LAST[] = "SELECT ifnull (max (seq), 0) FROM badge WHERE issuer = :station";
static const char GOOD[] = "SELECT good FROM badge_state WHERE reference = :reference AND serial = "
                           ":serial AND issuer = :station";

void job_queue_free (QueuedJob *queued)
{
  if (queued == NULL)
    return;
  g_free (queued->job);
  g_free (queued->name);
  g_free (queued->reference);
  g_free (queued->queue);
  g_free (queued->reason);
  g_free (queued);
}

/* One number that @sql answers; @queued may be NULL. */
static gboolean read_number (Journal *journal, const char *sql, const QueuedJob *queued,
                             gint64 *number, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", journal_station (journal));
  if (queued != NULL) {
    query_bind_text (query, ":reference", queued->reference);
    query_bind_int (query, ":serial", queued->serial);
  }
  if (query_next (query))
    *number = query_int (query, 0);
  return query_end (query, error);
}

static void set_name (QueuedJob *queued)
{
  g_autofree char *more
      = queued->moves > 0 ? g_strdup_printf ("+%u", queued->moves) : g_strdup ("");

  g_free (queued->name);
  queued->name = g_strdup_printf ("%s@%" G_GINT64_MODIFIER "x%s", queued->job, queued->at_ms, more);
}

static QueuedJob *read_queued (Journal *journal, Query *query)
{
  QueuedJob *queued = g_new0 (QueuedJob, 1);

  queued->reference = g_strdup (query_text (query, 0));
  queued->serial = (guint) query_int (query, 1);
  queued->seq = query_int (query, 2);
  queued->job = badge_data_job_name (journal_station (journal), queued->reference, queued->serial);
  queued->at_ms = clock_hybrid_ms (query_int (query, 3));
  print_state_from_name (query_text (query, 4), &queued->state);
  queued->queue = g_strdup (query_text (query, 5));
  queued->number = (gint) query_int (query, 6);
  queued->reason = g_strdup (query_text (query, 7));
  queued->moves = (guint) query_int (query, 8);
  set_name (queued);
  return queued;
}

static GPtrArray *read_all (Journal *journal, Query *query, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) job_queue_free);

  while (query_next (query))
    g_ptr_array_add (list, read_queued (journal, query));
  return query_end (query, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *job_queue_list (Journal *journal, gint64 *after, guint limit, GError **error)
{
  gint64 last = 0;
  GPtrArray *list;
  Query *query;

  /* Before the search: a badge issued between the two is found next time. */
  if (!read_number (journal, LAST, NULL, &last, error))
    return NULL;
  query = journal_query (journal, OPEN, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":station", journal_station (journal));
  query_bind_int (query, ":after", *after);
  query_bind_int (query, ":limit", limit);
  list = read_all (journal, query, error);
  if (list != NULL)
    *after = list->len > 0 ? ((const QueuedJob *) g_ptr_array_index (list, 0))->seq - 1
                           : MAX (*after, last);
  return list;
}

GPtrArray *job_queue_ended (Journal *journal, const char *queue, guint limit, GError **error)
{
  Query *query = journal_query (journal, ENDED, error);

  if (query == NULL)
    return NULL;
  query_bind_text (query, ":station", journal_station (journal));
  query_bind_text (query, ":queue", queue);
  query_bind_int (query, ":limit", limit);
  return read_all (journal, query, error);
}

gboolean job_queue_is_good (Journal *journal, const QueuedJob *queued, gboolean *good,
                            GError **error)
{
  gint64 number = 0;

  if (!read_number (journal, GOOD, queued, &number, error))
    return FALSE;
  *good = number != 0;
  return TRUE;
}

gboolean job_queue_append (Journal *journal, const JobQueueFact *fact, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "state", print_state_name (fact->state));
  json_out_string_if (out, "printer", fact->queue);
  json_out_int_if (out, "job", fact->number);
  json_out_string (out, "reference", fact->reference);
  json_out_string (out, "issuer", fact->issuer);
  json_out_int (out, "serial", fact->serial);
  json_out_string_if (out, "reason", fact->reason);
  json_out_string_if (out, "volunteer", fact->volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "print", fact->job, body, NULL, error);
}

gboolean job_queue_record (Journal *journal, QueuedJob *queued, PrintState state, const char *queue,
                           gint number, const char *reason, GError **error)
{
  const JobQueueFact fact = { .job = queued->job,
                              .reference = queued->reference,
                              .issuer = journal_station (journal),
                              .queue = queue,
                              .reason = reason,
                              .state = state,
                              .number = number,
                              .serial = queued->serial };
  if (!journal_begin (journal, error))
    return FALSE;
  if (!job_queue_append (journal, &fact, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  if (!journal_commit (journal, error))
    return FALSE;
  queued->state = state;
  queued->number = number;
  if (queued->queue != queue) {
    g_free (queued->queue);
    queued->queue = g_strdup (queue);
  }
  if (queued->reason != reason) {
    g_free (queued->reason);
    queued->reason = g_strdup (reason);
  }
  if (strcmp (queued->reason, JOB_QUEUE_MOVED) == 0) {
    queued->moves++;
    set_name (queued);
  }
  return TRUE;
}
