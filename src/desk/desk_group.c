#include "desk/desk_group.h"

#include "journal/query.h"

#include <string.h>

/* In the order in which it happened: the last says whether she is inside. */
static const char CAME[]
    = "SELECT p.first_at, p.last_direction FROM presence p JOIN checkpoint c ON c.id = "
      "p.checkpoint AND c.kind = 'entrance' WHERE p.reference = :reference AND p.day = :day "
      "ORDER BY p.last_at, p.last_station, p.last_seq";
static const char BADGE[]
    = "SELECT b.serial, b.box, b.print, ifnull (p.state, '') FROM badge_state s "
      "JOIN badge b ON b.reference = s.reference AND b.serial = s.serial AND b.issuer = s.issuer "
      "LEFT JOIN print_job p ON p.reference = b.reference AND p.serial = b.serial AND p.issuer = "
      "b.issuer WHERE s.reference = :reference AND s.good LIMIT 1";
static const char MEMBERS[]
    = "SELECT reference FROM delegate WHERE revoked = 0 AND delegation <> '' AND delegation = "
      "(SELECT delegation FROM delegate WHERE reference = :reference) "
      "ORDER BY reference <> :reference, family, given, reference LIMIT :limit";

/* Standing --------------------------------------------------------------------------- */

static gboolean read_came (Journal *journal, const char *reference, const char *day,
                           DeskStanding *standing, GError **error)
{
  Query *query = journal_query (journal, CAME, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", day);
  while (query_next (query)) {
    gint64 first_ms = clock_hybrid_ms ((HybridTime) query_int (query, 0));
    standing->arrived_ms
        = standing->arrived_ms == 0 ? first_ms : MIN (standing->arrived_ms, first_ms);
    standing->inside = strcmp (query_text (query, 1), "in") == 0;
  }
  return query_end (query, error);
}

static gboolean read_badge (Journal *journal, const char *reference, DeskStanding *standing,
                            GError **error)
{
  Query *query = journal_query (journal, BADGE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  if (query_next (query)) {
    const char *state = query_text (query, 3);
    standing->serial = (guint) query_int (query, 0);
    standing->box = (guint) query_int (query, 1);
    standing->printing = query_int (query, 2) != 0 && strcmp (state, "printed") != 0
                         && strcmp (state, "failed") != 0 && strcmp (state, "unsure") != 0;
  }
  return query_end (query, error);
}

gboolean desk_standing (Journal *journal, const char *reference, const char *day,
                        DeskStanding *standing, GError **error)
{
  *standing = (DeskStanding){ 0 };
  return read_came (journal, reference, day, standing, error)
         && read_badge (journal, reference, standing, error);
}

/* Delegations ------------------------------------------------------------------------ */

static void member_free (gpointer data)
{
  DeskMember *member = data;
  delegate_free (member->delegate);
  g_free (member);
}

static GPtrArray *read_references (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, MEMBERS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  query_bind_int (query, ":limit", DESK_GROUP_MAX);
  while (query_next (query))
    g_ptr_array_add (found, g_strdup (query_text (query, 0)));
  return query_end (query, error) ? g_steal_pointer (&found) : NULL;
}

GPtrArray *desk_group (Journal *journal, const char *reference, const char *day, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  g_autoptr (GPtrArray) references = read_references (journal, reference, error);
  for (guint i = 0; references != NULL && i < references->len; i++) {
    GError *failure = NULL;
    DeskMember *member = g_new0 (DeskMember, 1);
    g_ptr_array_add (members, member);
    member->delegate = delegate_load (journal, references->pdata[i], &failure);
    if (failure != NULL
        || !desk_standing (journal, references->pdata[i], day, &member->standing, &failure)) {
      g_propagate_error (error, failure);
      return NULL;
    }
  }
  return references != NULL ? g_steal_pointer (&members) : NULL;
}
