#include "credential/ticket_void.h"

#include "core/json.h"
#include "journal/query.h"

static const char LAST[] = "SELECT serial FROM ticket_void WHERE reference = :reference";

gint64 ticket_void_next (Journal *journal, const char *reference, GError **error)
{
  Query *query = journal_query (journal, LAST, error);
  if (query == NULL)
    return -1;
  query_bind_text (query, ":reference", reference);
  gint64 next = query_next (query) ? query_int (query, 0) + 1 : 0;
  return query_end (query, error) ? next : -1;
}

gboolean ticket_void_append (Journal *journal, const char *reference, const char *volunteer,
                             const char *reason, GError **error)
{
  gint64 serial = ticket_void_next (journal, reference, error);
  if (serial < 0)
    return FALSE;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_int (out, "serial", serial);
  json_out_string (out, "volunteer", volunteer);
  json_out_string_if (out, "reason", reason);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "ticket-void", reference, body, NULL, error);
}
