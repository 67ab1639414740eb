#include "desk/desk.h"

#include "roster/delegate.h"
#include "desk/desk_step.h"

#include <string.h>

/* The last badge of @reference; NULL without @error for none. */
static DeskBadge *last_badge (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) badges = desk_badges (journal, reference, error);
  return badges != NULL && badges->len > 0 ? g_ptr_array_steal_index (badges, 0) : NULL;
}

/* The volunteer saw a badge that there has never been: a slip of the finger, or another
 * person's number. */
static gboolean check_seen (Journal *journal, const DeskWork *work, gboolean *exists,
                            DeskResult *result, GError **error)
{
  GError *failure = NULL;
  guint heard = 0;
  if (!issue_last (journal, work->reference, &heard, error))
    return FALSE;
  *exists = work->seen <= heard;
  if (*exists)
    return TRUE;
  g_autoptr (Delegate) delegate = delegate_load (journal, work->reference, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  return desk_end (result, delegate != NULL ? DESK_NO_SERIAL : DESK_UNKNOWN);
}

static gboolean reprint (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  GError *failure = NULL;
  gboolean exists = FALSE;
  g_autoptr (DeskBadge) last = last_badge (journal, work->reference, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  result->serial = last != NULL && last->good ? last->serial : 0;
  if (!check_seen (journal, work, &exists, result, error))
    return FALSE;
  if (!exists)
    return TRUE;
  if (work->seen > 0 && last != NULL && last->serial > work->seen) {
    gboolean same = last->good && strcmp (last->volunteer, work->why.volunteer) == 0
                    && strcmp (last->reason, work->why.reason) == 0;
    return desk_end (result, same ? DESK_ALREADY : DESK_CHANGED);
  }
  return desk_issue (journal, work->reference, &work->why, result, error);
}

static gboolean is_explained (DeskReason reason, const char *text)
{
  g_autofree char *typed = issue_typed (text, ISSUE_TEXT_MAX);
  return reason != DESK_OTHER || *typed != '\0';
}

gboolean desk_reprint (Journal *journal, const char *reference, guint seen, const char *volunteer,
                       DeskReason reason, const char *text, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference,
                    .seen = seen,
                    .text = text,
                    .why.reason = desk_verdict_reason_name (reason) };
  if (is_explained (reason, text))
    return desk_step (journal, reprint, &work, volunteer, result, error);
  *result = (DeskResult){ .verdict = DESK_NO_TEXT };
  return TRUE;
}

static gboolean make_void (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  GError *failure = NULL;
  guint count = 0;
  if (!issue_void (journal, work->reference, &work->why, &count, error))
    return FALSE;
  if (count > 0)
    return desk_end (result, DESK_VOIDED);
  g_autoptr (DeskBadge) last = last_badge (journal, work->reference, &failure);
  g_autoptr (Delegate) delegate
      = failure != NULL ? NULL : delegate_load (journal, work->reference, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  return desk_end (result, last != NULL       ? DESK_ALREADY
                           : delegate != NULL ? DESK_NO_BADGE
                                              : DESK_UNKNOWN);
}

gboolean desk_void (Journal *journal, const char *reference, const char *volunteer,
                    DeskReason reason, const char *text, DeskResult *result, GError **error)
{
  DeskWork work
      = { .reference = reference, .text = text, .why.reason = desk_verdict_reason_name (reason) };
  if (is_explained (reason, text))
    return desk_step (journal, make_void, &work, volunteer, result, error);
  *result = (DeskResult){ .verdict = DESK_NO_TEXT };
  return TRUE;
}
