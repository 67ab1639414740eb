#include "desk/call.h"

#include "core/json.h"
#include "journal/query.h"

static const char LAST[]
    = "SELECT ifnull (max (at), 0) FROM fact WHERE subject = :subject AND kind = 'call' AND "
      "kind <> 'passage'";

/* When this station called last, in Unix milliseconds; 0 for never. */
static gboolean last_call (Journal *journal, const char *subject, gint64 *at_ms, GError **error)
{
  Query *query = journal_query (journal, LAST, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":subject", subject);
  *at_ms = query_next (query) ? clock_hybrid_ms (query_int (query, 0)) : 0;
  return query_end (query, error);
}

static gboolean append (Journal *journal, const char *checkpoint, GError **error)
{
  g_autofree char *subject = g_strconcat ("call:", journal_station (journal), NULL), *body = NULL;
  JsonOut *out;
  gint64 at_ms;

  if (!last_call (journal, subject, &at_ms, error))
    return FALSE;
  if (journal_now_ms (journal) - at_ms < CALL_AGAIN_MS)
    return TRUE;
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "checkpoint", checkpoint);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "call", subject, body, NULL, error);
}

gboolean call_team (Journal *journal, const char *checkpoint, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  if (append (journal, checkpoint, error))
    return journal_commit (journal, error);
  journal_rollback (journal);
  return FALSE;
}
