#include "desk/desk_step.h"

#include "desk/registration_fact.h"

static const char SHUT_OUT[] = "SELECT " JOURNAL_SHUT_OUT;
static const char HAS_GOOD_BADGE[]
    = "SELECT 1 FROM badge_state WHERE reference = :reference AND good LIMIT 1";

#define LEAST_BY_HAND 2 /* a first badge of a station that is cut off has the serial 1 */

gboolean desk_end (DeskResult *result, DeskVerdict verdict)
{
  result->verdict = verdict;
  return TRUE;
}

char *desk_name_of (Query *query, int column)
{
  if (query_int (query, column + 4) != 0)
    return g_strdup ("");
  g_autoptr (Delegate) delegate = delegate_new ();
  char **const fields[]
      = { &delegate->family, &delegate->given, &delegate->name_zh, &delegate->country };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_free (*fields[i]);
    *fields[i] = g_strdup (query_text (query, column + (int) i));
  }
  return delegate_display_name (delegate);
}

/* What such a desk does reaches nobody: what it prints, another prints again. */
static gboolean is_shut_out (Journal *journal, gboolean *shut_out, GError **error)
{
  Query *query = journal_query (journal, SHUT_OUT, error);
  if (query == NULL)
    return FALSE;
  *shut_out = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

gboolean desk_step (Journal *journal, DeskStep step, DeskWork *work, const char *volunteer,
                    DeskResult *result, GError **error)
{
  *result = (DeskResult){ .verdict = DESK_NO_VOLUNTEER };
  g_autofree char *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX);
  g_autofree char *text = issue_typed (work->text, ISSUE_TEXT_MAX);
  if (*who == '\0')
    return TRUE;
  work->why.volunteer = who;
  work->why.text = text;
  if (!journal_begin (journal, error))
    return FALSE;
  gboolean shut_out = FALSE;
  if (!is_shut_out (journal, &shut_out, error) || shut_out) {
    journal_rollback (journal);
    result->verdict = DESK_SHUT_OUT;
    return shut_out;
  }
  if (step (journal, work, result, error)) {
    if (desk_verdict_is_success (result->verdict))
      return journal_commit (journal, error);
    journal_rollback (journal);
    return TRUE;
  }
  journal_rollback (journal);
  return FALSE;
}

gboolean desk_find_person (Journal *journal, const char *reference, Delegate **delegate,
                           DeskResult *result, GError **error)
{
  GError *failure = NULL;
  *delegate = delegate_load (journal, reference, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (*delegate != NULL && !(*delegate)->revoked)
    return TRUE;
  result->verdict = *delegate != NULL ? DESK_REVOKED : DESK_UNKNOWN;
  g_clear_pointer (delegate, delegate_free);
  return TRUE;
}

gboolean desk_issue (Journal *journal, const char *reference, const IssueWhy *why,
                     DeskResult *result, GError **error)
{
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_find_person (journal, reference, &delegate, result, error))
    return FALSE;
  if (delegate == NULL)
    return TRUE;
  result->verdict = DESK_PRINTING;
  return issue_badge (journal, reference, LEAST_BY_HAND, why, &result->serial, error);
}

static gboolean has_good_badge (Journal *journal, const char *reference, gboolean *has,
                                GError **error)
{
  Query *query = journal_query (journal, HAS_GOOD_BADGE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  *has = query_next (query);
  return query_end (query, error);
}

gboolean desk_amend (Journal *journal, const Delegate *before, const Delegate *delegate,
                     DeskWork *work, DeskResult *result, GError **error)
{
  gboolean has = FALSE;

  if (!registration_fact_append (journal, before, delegate, &work->why, error)
      || (work->reprint && !has_good_badge (journal, work->reference, &has, error)))
    return FALSE;
  return !has || desk_issue (journal, work->reference, &work->why, result, error);
}
