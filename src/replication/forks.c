#include "replication/forks.h"

#include "journal/query.h"

static const char LAST[]
    = "SELECT ifnull (max (at), 0) FROM station_fork WHERE station = :station AND older = :older";

gboolean forks_compare (Journal *journal, const char *station, gint64 seq, const Hash *chain,
                        Fork *fork, GError **error)
{
  g_autoptr (GPtrArray) fact = NULL;
  gint64 held = 0;

  *fork = FORKS_NONE;
  if (!journal_head (journal, station, &held, NULL, error))
    return FALSE;
  if (seq < 1 || held < 1) {
    *fork = seq < held ? FORKS_OLDER : FORKS_NONE;
    return TRUE;
  }
  if (seq > held)
    return TRUE; /* the station compares the hub's head with its own past */
  fact = journal_facts_of (journal, station, seq - 1, 1, error);
  if (fact == NULL)
    return FALSE;
  if (fact->len == 0 || !hash_equal (&((const Fact *) fact->pdata[0])->chain, chain))
    *fork = FORKS_FORK;
  else if (seq < held)
    *fork = FORKS_OLDER;
  return TRUE;
}

/* When it was noted last; Unix milliseconds. */
static gboolean last_noted (Journal *journal, const char *station, gboolean older, gint64 *ms,
                            GError **error)
{
  Query *query = journal_query (journal, LAST, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  query_bind_int (query, ":older", older);
  *ms = query_next (query) ? clock_hybrid_ms (query_int (query, 0)) : 0;
  return query_end (query, error);
}

static gboolean append (Journal *journal, const char *station, gint64 seq, gboolean older,
                        GError **error)
{
  JsonOut *out;
  g_autofree char *body = NULL;
  gint64 held = 0;

  if (!journal_head (journal, station, &held, NULL, error))
    return FALSE;
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_int (out, "held", held);
  json_out_int (out, "shown", seq);
  json_out_bool_if (out, "older", older);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "fork", station, body, NULL, error);
}

gboolean forks_note (Journal *journal, const char *station, gint64 seq, Fork fork, GError **error)
{
  gboolean older = fork == FORKS_OLDER, good;
  gint64 last_ms = 0;

  if (!journal_begin (journal, error))
    return FALSE;
  good = last_noted (journal, station, older, &last_ms, error)
         && (journal_now_ms (journal) - last_ms < FORKS_EVERY_MS
             || append (journal, station, seq, older, error));
  return journal_finish (journal, good, error);
}
