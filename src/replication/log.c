#include "replication/log.h"

#include "journal/query.h"

static const char SAVE[] = "SAVEPOINT batch";
static const char KEEP[] = "RELEASE batch";
static const char UNDO[] = "ROLLBACK TO batch";
static const char NEWS[]
    = "SELECT max (number), min (station), max (station) FROM fact WHERE number > :after";

static gboolean run (Journal *journal, const char *sql, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  query_next (query);
  return query_end (query, error);
}

/* TRUE if @cause is about the batch itself and not about the disk. */
static gboolean outcome_of (const GError *cause, LogOutcome *outcome)
{
  if (cause->domain != JOURNAL_ERROR)
    return FALSE;
  switch ((JournalError) cause->code) {
  case JOURNAL_ERROR_GAP:
    *outcome = LOG_GAP;
    return TRUE;
  case JOURNAL_ERROR_CHAIN:
    *outcome = LOG_CHAIN;
    return TRUE;
  case JOURNAL_ERROR_INVALID:
  case JOURNAL_ERROR_UNSIGNED:
    *outcome = LOG_INVALID;
    return TRUE;
  default:
    return FALSE;
  }
}

/* One fact is all or nothing by itself; only longer batches need a savepoint. */
static gboolean append_batch (Journal *journal, LogBatch *batch, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean several = batch->count > 1;

  if (several && !run (journal, SAVE, error))
    return FALSE;
  batch->outcome = LOG_STORED;
  if (!journal_receive_own_word (journal, batch->facts, batch->count, NULL, &cause)) {
    if (!outcome_of (cause, &batch->outcome)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
    batch->reason = g_strdup (cause->message);
    if (several && !run (journal, UNDO, error))
      return FALSE;
  }
  return (!several || run (journal, KEEP, error))
         && journal_head (journal, batch->station, &batch->seq, &batch->chain, error);
}

gboolean log_append (Journal *journal, LogBatch *const *batches, guint count, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  for (guint i = 0; i < count; i++) {
    g_clear_pointer (&batches[i]->reason, g_free);
    if (!append_batch (journal, batches[i], error)) {
      journal_rollback (journal);
      return FALSE;
    }
  }
  return journal_commit (journal, error);
}

GPtrArray *log_read (Journal *journal, gint64 after, const char *except, guint limit, gint64 *upto,
                     GError **error)
{
  g_autoptr (GError) cause = NULL;
  /* Before the facts: what arrives between is after this cursor, and comes again with the
   * next reading. */
  gint64 last = journal_last_number (journal, &cause);
  GPtrArray *facts;

  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  facts = journal_facts_after (journal, after, except, limit, error);
  if (facts == NULL)
    return NULL;
  *upto = last;
  if (facts->len > 0) {
    gint64 number = ((const Fact *) facts->pdata[facts->len - 1])->number;

    *upto = facts->len == limit ? number : MAX (last, number);
  }
  return facts;
}

gboolean log_news (Journal *journal, gint64 after, gint64 *last, char **only, GError **error)
{
  Query *query = journal_query (journal, NEWS, error);

  *last = after;
  *only = NULL;
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", after);
  if (query_next (query) && !query_is_null (query, 0)) {
    *last = query_int (query, 0);
    if (g_str_equal (query_text (query, 1), query_text (query, 2)))
      *only = g_strdup (query_text (query, 1));
  }
  return query_end (query, error);
}
