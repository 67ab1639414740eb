#include "desk/desk_note.h"

#include "core/json.h"
#include "credential/ticket_void.h"
#include "desk/desk_step.h"
#include "roster/delegate.h"

#include <string.h>

static const char NOTE[] = "SELECT text FROM note WHERE reference = :reference";
static const char TAKEN[]
    = "SELECT h.taker, h.reason FROM handover h WHERE h.reference = :reference "
      "ORDER BY h.at DESC, h.station DESC, h.seq DESC LIMIT 1";
static const char LAST_SERIAL[]
    = "SELECT ifnull (max (serial), 0) FROM badge_state WHERE reference = :reference AND good";

/* Of one person @sql's first column as a text, "" for no row; NULL with @error. */
static char *text_of (Journal *journal, const char *sql, const char *reference, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  g_autofree char *text = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&text) : NULL;
}

/* FALSE in *@known, with the verdict, for nobody's reference. */
static gboolean check_known (Journal *journal, const char *reference, gboolean *known,
                             DeskResult *result, GError **error)
{
  GError *failure = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, reference, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  *known = delegate != NULL;
  if (delegate == NULL)
    result->verdict = DESK_UNKNOWN;
  return TRUE;
}

/* Notes ------------------------------------------------------------------------------ */

char *desk_note_of (Journal *journal, const char *reference, GError **error)
{
  return text_of (journal, NOTE, reference, error);
}

static gboolean note (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  gboolean known = FALSE;
  if (!check_known (journal, work->reference, &known, result, error))
    return FALSE;
  if (!known)
    return TRUE;
  g_autofree char *before = desk_note_of (journal, work->reference, error);
  if (before == NULL)
    return FALSE;
  if (strcmp (before, work->why.text) == 0)
    return desk_end (result, DESK_ALREADY);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "text", work->why.text);
  json_out_string (out, "volunteer", work->why.volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  result->verdict = DESK_NOTED;
  return journal_append (journal, "note", work->reference, body, NULL, error);
}

gboolean desk_note (Journal *journal, const char *reference, const char *text,
                    const char *volunteer, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference, .text = text };
  return desk_step (journal, note, &work, volunteer, result, error);
}

/* Tickets ---------------------------------------------------------------------------- */

static gboolean void_tickets (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  gboolean known = FALSE;
  if (!check_known (journal, work->reference, &known, result, error))
    return FALSE;
  if (!known)
    return TRUE;
  return ticket_void_append (journal, work->reference, work->why.volunteer, work->why.text, error)
         && desk_end (result, DESK_TICKETS);
}

gboolean desk_void_tickets (Journal *journal, const char *reference, const char *reason,
                            const char *volunteer, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference, .text = reason };
  return desk_step (journal, void_tickets, &work, volunteer, result, error);
}

/* Handing over ----------------------------------------------------------------------- */

typedef struct {
  const char *const *references;
  const char *to;
} Handover;

static gboolean append_handover (Journal *journal, const char *reference, const char *to,
                                 const IssueWhy *why, GError **error)
{
  g_autofree char *serial = text_of (journal, LAST_SERIAL, reference, error);
  if (serial == NULL)
    return FALSE;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "to", to);
  json_out_int (out, "serial", g_ascii_strtoll (serial, NULL, 10));
  json_out_string_if (out, "reason", why->text);
  json_out_string (out, "volunteer", why->volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "handover", reference, body, NULL, error);
}

static gboolean hand_over (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  const Handover *form = work->form;
  g_autofree char *to = issue_typed (form->to, ISSUE_VOLUNTEER_MAX);
  if (*to == '\0')
    return desk_end (result, DESK_NO_NAME);
  for (guint i = 0; form->references[i] != NULL; i++) {
    gboolean known = FALSE;
    if (!check_known (journal, form->references[i], &known, result, error))
      return FALSE;
    if (!known)
      return TRUE;
    if (!append_handover (journal, form->references[i], to, &work->why, error))
      return FALSE;
  }
  return desk_end (result, DESK_HANDED);
}

gboolean desk_hand_over (Journal *journal, const char *const *references, const char *to,
                         const char *reason, const char *volunteer, DeskResult *result,
                         GError **error)
{
  const Handover form = { references, to };
  DeskWork work = { .form = &form, .text = reason };
  return desk_step (journal, hand_over, &work, volunteer, result, error);
}

char *desk_taker_of (Journal *journal, const char *reference, GError **error)
{
  return text_of (journal, TAKEN, reference, error);
}
