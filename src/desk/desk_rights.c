#include "desk/desk_rights.h"

#include "congress/programme.h"
#include "core/text.h"
#include "desk/desk_choice.h"
#include "desk/desk_step.h"
#include "roster/delegate.h"

#include <string.h>

/* Those who have a place there: registered for it, and not withdrawn. Few kinds of rights
 * are looked at, never everybody. */
static const char TAKEN[]
    = "SELECT s.id, s.capacity, (SELECT ifnull (sum (k.delegates), 0) FROM delegate_kind k WHERE "
      "EXISTS (SELECT 1 FROM json_each (k.workshops) w WHERE w.value = s.id)) "
      "FROM session s WHERE s.removed = 0 ORDER BY s.id";

static void place_free (gpointer data)
{
  DeskPlaces *places = data;
  g_free (places->session);
  g_free (places);
}

GPtrArray *desk_places (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (place_free);
  Query *query = journal_query (journal, TAKEN, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    DeskPlaces *places = g_new0 (DeskPlaces, 1);
    places->session = g_strdup (query_text (query, 0));
    places->capacity = (guint) query_int (query, 1);
    places->taken = (guint) query_int (query, 2);
    g_ptr_array_add (all, places);
  }
  return query_end (query, error) ? g_steal_pointer (&all) : NULL;
}

DeskVerdict desk_rights_fill (const Programme *programme, const DeskRights *rights,
                              Delegate *delegate)
{
  DeskVerdict verdict = DESK_ALREADY;
  if (rights->title != NULL) {
    if (!desk_choice_is_word (rights->title))
      return DESK_BAD_TEXT;
    g_free (delegate->title);
    delegate->title = text_clean (rights->title);
  }
  if (rights->category != NULL)
    verdict = desk_choice_category (programme, rights->category, delegate);
  if (verdict == DESK_ALREADY && rights->events != NULL)
    verdict = desk_choice_events (programme, rights->events, delegate);
  if (verdict == DESK_ALREADY && rights->days != NULL)
    verdict = desk_choice_days (programme, rights->days, delegate);
  if (verdict == DESK_ALREADY && rights->sessions != NULL)
    verdict = desk_choice_sessions (programme, rights->sessions, delegate);
  if (verdict != DESK_ALREADY)
    return verdict;
  delegate->meals = rights->meals;
  delegate->transport = rights->transport;
  delegate->headset = rights->headset;
  return DESK_ALREADY;
}

static gboolean grant (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_find_person (journal, work->reference, &delegate, result, error))
    return FALSE;
  if (delegate == NULL)
    return TRUE;
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL)
    return FALSE;
  if (programme_is_empty (programme))
    return desk_end (result, DESK_NO_PROGRAMME);
  g_autoptr (Delegate) before = delegate_copy (delegate);
  result->verdict = desk_rights_fill (programme, work->form, delegate);
  if (result->verdict != DESK_ALREADY)
    return TRUE;
  g_strlcpy (result->reference, delegate->reference, sizeof result->reference);
  if (delegate_equal (before, delegate))
    return TRUE;
  result->verdict = DESK_CORRECTED;
  return desk_amend (journal, before, delegate, work, result, error);
}

gboolean desk_grant (Journal *journal, const char *reference, const DeskRights *rights,
                     gboolean reprint, const char *volunteer, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference,
                    .form = rights,
                    .reprint = reprint,
                    .why.reason = desk_verdict_reason_name (DESK_RIGHTS) };
  return desk_step (journal, grant, &work, volunteer, result, error);
}
