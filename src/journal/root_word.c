#include "journal/root_word.h"

#include "core/json.h"
#include "journal/head_signature.h"
#include "journal/query.h"
#include "journal/store.h"

#include <string.h>

static const char BOUND[] = "SELECT 1 FROM clock_bound WHERE station = :station AND seq >= :seq";

static const char ROLES[] = "SELECT count (*) FROM (SELECT 1 FROM station_role LIMIT 2)";
static const char LATE[]
    = "SELECT 1 FROM fact WHERE station = :station AND seq <= :seq AND at > :at AND seq > ifnull "
      "((SELECT max (seq) FROM clock_bound WHERE station = :station AND seq < :seq AND at <= :at), "
      "0) LIMIT 1";

/* The root's first word on a role: until then nobody was judged by one. */
static gboolean is_first_role (Journal *journal, gboolean *first, GError **error)
{
  Query *query = journal_query (journal, ROLES, error);

  if (query == NULL)
    return FALSE;
  *first = query_next (query) && query_int (query, 0) < 2;
  return query_end (query, error);
}

/* Were facts fed with a later time than the root now says? Those up to an earlier bound
 * were not. */
static gboolean has_late (Journal *journal, const Fact *received, gboolean *late, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (received->body, -1, error);
  Query *query = in != NULL ? journal_query (journal, LATE, error) : NULL;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", received->subject);
  query_bind_int (query, ":seq", json_in_int (json_in_root (in), "seq"));
  query_bind_int (query, ":at", json_in_int (json_in_root (in), "at"));
  *late = query_next (query);
  return query_end (query, error);
}

/* Our own head is signed before the commit, so that nothing of ours is held back. */
static gboolean note_key (Journal *journal, const char *station, GError **error)
{
  journal->own_is_new = journal->own_is_new || strcmp (station, journal->station) == 0;
  return head_signature_recheck (journal, station, error);
}

gboolean root_word_note (Journal *journal, const Fact *fact, GError **error)
{
  gboolean found = FALSE;

  if (strcmp (fact->kind, "received") == 0) {
    if (!has_late (journal, fact, &found, error))
      return FALSE;
    journal->rebuild = journal->rebuild || found;
    return TRUE;
  }
  journal->words++;
  if (strcmp (fact->kind, "signed") == 0 && !note_key (journal, fact->subject, error))
    return FALSE;
  if (strcmp (fact->kind, "signed") != 0 && strcmp (fact->kind, "role") != 0
      && strcmp (fact->kind, "disown") != 0)
    return TRUE;
  if (!is_first_role (journal, &found, error))
    return FALSE;
  journal->judge_all = journal->judge_all || found;
  if (journal->judge_again == NULL)
    journal->judge_again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (journal->judge_again, g_strdup (fact->subject));
  return TRUE;
}

gboolean root_word_bound (Journal *journal, const Standing *standing, const Fact *facts,
                          guint count, GError **error)
{
  gint64 now_ms = clock_now_ms (&journal->clock);
  g_autofree char *body = NULL;
  gboolean bound = FALSE;
  guint last = 0;
  Query *query;

  if (journal->following || strcmp (standing->root_name, journal->station) != 0 || standing->root
      || clock_hybrid_ms (facts[0].at) <= now_ms + JOURNAL_AHEAD_MS)
    return TRUE;
  query = journal_query (journal, BOUND, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", facts[0].station);
  query_bind_int (query, ":seq", facts[0].seq);
  bound = query_next (query);
  if (!query_end (query, error) || bound)
    return bound;
  while (last + 1 < count && strcmp (facts[last + 1].station, facts[0].station) == 0)
    last++;
  body = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"at\":%" G_GINT64_FORMAT "}",
                          MAX (facts[0].seq, facts[last].seq), clock_hybrid_from_ms (now_ms));
  return journal_append (journal, "received", facts[0].station, body, NULL, error);
}

gboolean root_word_signs (Journal *journal, const Standing *standing, gint64 from,
                          const SignPublic *key, GError **error)
{
  g_autofree char *public = sign_public_text (key), *body = NULL;

  if (strcmp (standing->root_name, journal->station) != 0 || standing->signs || standing->settling)
    return TRUE;
  body = g_strdup_printf ("{\"from\":%" G_GINT64_FORMAT ",\"public\":\"%s\"}", from, public);
  return journal_append (journal, "signed", standing->station, body, NULL, error);
}
