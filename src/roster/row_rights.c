#include "roster/row_rights.h"

#include "core/identifier.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/day_list.h"
#include "roster/delegate_role.h"
#include "roster/value.h"

#include <string.h>

#define JOINED_PARTS_MAX 8 /* commas in the title of a session */

/* What a part of a cell means: an id, or NULL. Without an event file what is written. */
typedef const char *(*Meaning) (const RowReader *reader, const char *part);

static const char *meaning_of_session (const RowReader *reader, const char *part)
{
  const ProgrammeEntry *session = programme_session (reader->programme, part);
  return session != NULL ? session->id : NULL;
}

static const char *meaning_of_event (const RowReader *reader, const char *part)
{
  const ProgrammeEntry *event = programme_event (reader->programme, part);
  return event != NULL ? event->id : NULL;
}

static const char *meaning_of_ribbon (const RowReader *reader, const char *part)
{
  return value_ribbon (part);
}

/* What may stand in front of the name of a session, or between two. */
static gboolean is_joint (const char *word)
{
  static const char *const WORDS[]
      = { "atelier", "ateliers", "session", "sessions", "workshop", "et",        "and",
          "分论坛",  "论坛",     "和",      "与",       "forum",    "workshops", NULL };
  g_autofree char *folded = text_fold (word);
  return g_strv_contains (WORDS, folded);
}

/* Adds what @part means; if it means nothing as a whole, what its words mean. FALSE if
 * one of them means nothing. */
static gboolean add_meaning (const RowReader *reader, GPtrArray *ids, const char *part,
                             Meaning meaning, gboolean checked)
{
  const char *id = meaning (reader, part);
  if (id != NULL) {
    row_reader_add_once (ids, id);
    return TRUE;
  }
  g_autofree char *spaced = g_strdelimit (g_strdup (part), "+&", ' ');
  g_auto (GStrv) words = value_words (spaced);
  for (guint i = 0; words[i] != NULL; i++) {
    id = meaning (reader, words[i]);
    if (id == NULL && checked && words[i + 1] != NULL && is_joint (words[i]))
      continue;
    if (id == NULL && checked)
      return FALSE;
    row_reader_add_once (ids, id != NULL ? id : words[i]);
  }
  return TRUE;
}

/* A title that holds commas itself: adds what the longest run of parts from @at on means,
 * and moves @at to its last. FALSE if no run of two or more means anything. */
static gboolean add_joined (const RowReader *reader, GPtrArray *ids, char **parts, guint *at,
                            Meaning meaning)
{
  guint count = g_strv_length (parts);
  for (guint end = MIN (count, *at + JOINED_PARTS_MAX); end > *at + 1; end--) {
    g_autoptr (GString) joined = g_string_new (parts[*at]);
    for (guint i = *at + 1; i < end; i++)
      g_string_append_printf (joined, ", %s", parts[i]);
    const char *id = meaning (reader, joined->str);
    if (id == NULL)
      continue;
    row_reader_add_once (ids, id);
    *at = end - 1;
    return TRUE;
  }
  return FALSE;
}

/* The ids in a cell; a fault with @reason for a part that means nothing. */
static GPtrArray *ids_of_cell (RowReader *reader, Field field, Meaning meaning, gboolean checked,
                               const char *reason)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = cells_text (reader->cells, field);
  g_auto (GStrv) parts = value_list (text);
  for (guint i = 0; parts[i] != NULL; i++)
    if (add_joined (reader, ids, parts, &i, meaning))
      continue;
    else if (!add_meaning (reader, ids, parts[i], meaning, checked))
      row_reader_fault (reader, field, parts[i], reason);
  return ids;
}

/* Days ------------------------------------------------------------------------------- */

static int compare_days (gconstpointer a, gconstpointer b, gpointer programme)
{
  guint x = programme_day_order (programme, *(char *const *) a),
        y = programme_day_order (programme, *(char *const *) b);
  return x < y ? -1 : x > y;
}

/* Without an event file days are what is written. */
static const char *meaning_of_none (const RowReader *reader, const char *part)
{
  return NULL;
}

static GPtrArray *days_of_text (RowReader *reader, const char *text)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *part = NULL;
  switch (day_list_read (reader->programme, text, days, &part)) {
  case DAY_LIST_READ:
    row_reader_keep_days (reader, text, days);
    break;
  case DAY_LIST_UNKNOWN:
    row_reader_fault (reader, FIELD_DAYS, part, reader->day_reason);
    break;
  case DAY_LIST_AMBIGUOUS:
    row_reader_fault (
        reader, FIELD_DAYS, part,
        _ ("can be one day or several. Write the days one by one, as in “10, 11”, or the date, as "
           "in 2016-10-26."));
    break;
  case DAY_LIST_WEEKDAY:
    row_reader_fault (
        reader, FIELD_DAYS, part,
        _ ("names a weekday that is not that day's. Correct the day or the weekday."));
    break;
  }
  return days;
}

/* Thousands of rows say the same. */
static GPtrArray *days_of_cell (RowReader *reader)
{
  g_autofree char *text = cells_text (reader->cells, FIELD_DAYS);
  const char *const *known = row_reader_known_days (reader, text);
  if (known == NULL)
    return days_of_text (reader, text);
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  for (; *known != NULL; known++)
    g_ptr_array_add (days, g_strdup (*known));
  return days;
}

/* What the cell of days says; without one, what was known. */
static GPtrArray *days_chosen (RowReader *reader, const Delegate *delegate)
{
  if (row_reader_has (reader, FIELD_DAYS))
    return reader->checked ? days_of_cell (reader)
                           : ids_of_cell (reader, FIELD_DAYS, meaning_of_none, FALSE, "");
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; delegate->days[i] != NULL; i++)
    g_ptr_array_add (days, g_strdup (delegate->days[i]));
  return days;
}

static void take_days (RowReader *reader, Delegate *delegate)
{
  const char *label;
  gboolean answer;
  guint place;
  gboolean speaks = cells_speaks (reader->cells, FIELD_DAYS);
  const char *const *asked = reader->choices != NULL && !speaks ? reader->choices->days : NULL;
  if (!speaks && asked == NULL)
    return;
  GPtrArray *days = days_chosen (reader, delegate);
  for (; asked != NULL && *asked != NULL; asked++)
    row_reader_add_once (days, *asked);
  for (guint i = 0; cells_day (reader->cells, i, &label, &answer); i++)
    if (answer)
      row_reader_add_once (days, label);
    else if (g_ptr_array_find_with_equal_func (days, label, g_str_equal, &place))
      g_ptr_array_remove_index (days, place);
  g_ptr_array_sort_with_data (days, compare_days, (gpointer) (guintptr) reader->programme);
  row_reader_set_list (&delegate->days, days);
}

/* Sessions --------------------------------------------------------------------------- */

static void take_workshops (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_WORKSHOPS))
    return;
  row_reader_set_list (&delegate->workshops,
                       ids_of_cell (reader, FIELD_WORKSHOPS, meaning_of_session, reader->checked,
                                    reader->session_reason));
}

/* The session that @word names, and has a sub-theme of that number; NULL after a
 * fault. */
static const char *role_session (RowReader *reader, const char *part, const char *word, guint theme)
{
  const ProgrammeEntry *entry = programme_session (reader->programme, word);
  if (entry == NULL && !reader->checked && identifier_is_valid (word))
    return word;
  if (entry == NULL) {
    row_reader_fault (
        reader, FIELD_ROLE, part,
        *word == '\0'
            ? _ ("does not say in which session. Write it after the role, as in “intervenant A1”.")
            : reader->session_reason);
    return NULL;
  }
  if (theme <= entry->themes)
    return entry->id;
  g_autofree char *reason = g_strdup_printf (
      _ ("names a sub-theme that there is not: session %s has %u. Write one of these, or none."),
      entry->id, entry->themes);
  row_reader_fault (reader, FIELD_ROLE, part, reason);
  return NULL;
}

/* One role; @word is that of the part before it, which holds for a part that only names a
 * session: “intervenant A1, A2”. FALSE after a fault. */
static gboolean take_one_role (RowReader *reader, const char *part, const char **word,
                               GString *roles)
{
  g_autofree char *text = g_strdup (part), *session = NULL;
  guint theme = value_role_theme (text);
  const char *role = NULL, *id;
  if (!value_role (text, &role, &session)) {
    if (*word == NULL) {
      row_reader_fault (
          reader, FIELD_ROLE, part,
          _ ("is no role in a session. Write intervenant, animateur or président de séance "
             "(发言人, 主持人, 主席) and one session, as in “intervenant A1”."));
      return FALSE;
    }
    role = *word;
    session = g_strdup (text);
  }
  id = role_session (reader, part, session, theme);
  if (id == NULL)
    return FALSE;
  *word = role;
  delegate_role_add (roles, role, id, theme);
  return TRUE;
}

/* “A1:speaker:theme2; A3:moderator”, “intervenant A1, A2”. */
static void take_role (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_ROLE))
    return;
  g_autofree char *text = cells_text (reader->cells, FIELD_ROLE);
  g_auto (GStrv) parts = value_list (text);
  g_autoptr (GString) roles = g_string_new (NULL);
  const char *word = NULL;
  gboolean good = TRUE;
  if (g_strv_length (parts) > DELEGATE_ROLES_MAX) {
    g_autofree char *reason
        = g_strdup_printf (_ ("holds more than %d roles of one person."), DELEGATE_ROLES_MAX);
    row_reader_fault (reader, FIELD_ROLE, text, reason);
    good = FALSE;
  }
  for (guint i = 0; good && parts[i] != NULL; i++)
    good = take_one_role (reader, parts[i], &word, roles);
  row_reader_set (&delegate->role, good ? roles->str : "");
}

/* Events ----------------------------------------------------------------------------- */

/* The ids of @chosen in the order of the event file, then those it does not know. */
static GPtrArray *in_event_order (const RowReader *reader, GPtrArray *chosen)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reader->programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (reader->programme->events, i);
    if (g_ptr_array_find_with_equal_func (chosen, event->id, g_str_equal, NULL))
      row_reader_add_once (ordered, event->id);
  }
  for (guint i = 0; i < chosen->len; i++)
    row_reader_add_once (ordered, g_ptr_array_index (chosen, i));
  return ordered;
}

static void take_events (RowReader *reader, Delegate *delegate)
{
  g_autoptr (GPtrArray) chosen = NULL;
  if (row_reader_has (reader, FIELD_EVENTS)) {
    chosen = ids_of_cell (reader, FIELD_EVENTS, meaning_of_event, reader->checked,
                          reader->event_reason);
  } else {
    chosen = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; delegate->events[i] != NULL; i++)
      g_ptr_array_add (chosen, g_strdup (delegate->events[i]));
  }
  const char *id;
  gboolean answer;
  guint said = 0, place;
  for (; cells_event (reader->cells, said, &id, &answer); said++)
    if (answer)
      row_reader_add_once (chosen, id);
    else if (g_ptr_array_find_with_equal_func (chosen, id, g_str_equal, &place))
      g_ptr_array_remove_index (chosen, place);
  const char *asked = reader->choices != NULL ? reader->choices->event : NULL;
  if (asked != NULL && !cells_has_event (reader->cells, asked))
    row_reader_add_once (chosen, asked);
  if (!row_reader_has (reader, FIELD_EVENTS) && said == 0 && chosen->len == 0
      && reader->programme->events->len == 1)
    row_reader_add_once (
        chosen, ((const ProgrammeEntry *) g_ptr_array_index (reader->programme->events, 0))->id);
  row_reader_set_list (&delegate->events, in_event_order (reader, chosen));
}

void row_rights_take (RowReader *reader, Delegate *delegate)
{
  take_events (reader, delegate);
  take_days (reader, delegate);
  take_workshops (reader, delegate);
  take_role (reader, delegate);
}

void row_rights_take_ribbons (RowReader *reader, Delegate *delegate)
{
  if (row_reader_has (reader, FIELD_RIBBONS))
    row_reader_set_list (
        &delegate->ribbons,
        ids_of_cell (reader, FIELD_RIBBONS, meaning_of_ribbon, TRUE,
                     _ ("is no ribbon. Write signataire or candidat (签署方, 候选).")));
}
