#include "counts/participation.h"

#include "journal/query.h"

static const char DAYS[]
    = "SELECT DISTINCT p.day FROM presence p JOIN checkpoint c ON c.id = p.checkpoint WHERE "
      "p.reference = :reference AND c.kind = 'entrance' AND p.day <> '' ORDER BY p.day";
static const char SESSIONS[]
    = "SELECT c.session FROM presence p JOIN checkpoint c ON c.id = p.checkpoint WHERE p.reference "
      "= :reference AND c.kind = 'session' AND c.session <> '' GROUP BY c.session ORDER BY min "
      "(p.first_at), c.session";

void participation_clear (Participation *participation)
{
  g_clear_pointer (&participation->days, g_strfreev);
  g_clear_pointer (&participation->sessions, g_strfreev);
}

/* NULL with @error. */
static char **texts_of (Journal *journal, const char *sql, const char *reference, GError **error)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  while (query_next (query))
    g_strv_builder_add (texts, query_text (query, 0));
  return query_end (query, error) ? g_strv_builder_end (texts) : NULL;
}

gboolean participation_read (Journal *journal, const char *reference, Participation *participation,
                             GError **error)
{
  participation_clear (participation);
  participation->days = texts_of (journal, DAYS, reference, error);
  if (participation->days == NULL)
    return FALSE;
  participation->sessions = texts_of (journal, SESSIONS, reference, error);
  return participation->sessions != NULL;
}
