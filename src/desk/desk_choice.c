#include "desk/desk_choice.h"

#include "roster/value.h"

#include <string.h>

gboolean desk_choice_is_word (const char *word)
{
  return g_utf8_validate (word, -1, NULL) && g_utf8_strlen (word, -1) <= DELEGATE_TEXT_MAX
         && !value_has_control (word);
}

static void set_list (char ***place, GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  g_strfreev (*place);
  *place = (char **) g_ptr_array_free (texts, FALSE);
}

static void add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/* Those of @entries whose ids were @chosen, in the programme's order, into @place. */
static void keep_ordered (const GPtrArray *entries, GPtrArray *chosen, char ***place)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < entries->len; i++) {
    const char *id = ((const ProgrammeEntry *) entries->pdata[i])->id;
    if (g_ptr_array_find_with_equal_func (chosen, id, g_str_equal, NULL))
      add_once (ordered, id);
  }
  set_list (place, ordered);
}

/* The ids of @words; NULL if one is none of the programme's. Free with
 * g_ptr_array_unref(). */
static GPtrArray *ids_of (const Programme *programme, const char *const *words,
                          const ProgrammeEntry *(*find) (const Programme *programme,
                                                         const char *word))
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    const ProgrammeEntry *entry
        = desk_choice_is_word (words[i]) ? find (programme, words[i]) : NULL;
    if (entry == NULL)
      return NULL;
    add_once (chosen, entry->id);
  }
  return g_steal_pointer (&chosen);
}

DeskVerdict desk_choice_category (const Programme *programme, const char *word, Delegate *delegate)
{
  const ProgrammeEntry *known
      = *word && desk_choice_is_word (word) ? programme_category (programme, word) : NULL;
  if (known == NULL)
    return DESK_BAD_CATEGORY;
  g_free (delegate->category);
  delegate->category = g_strdup (known->id);
  return DESK_ALREADY;
}

DeskVerdict desk_choice_events (const Programme *programme, const char *const *words,
                                Delegate *delegate)
{
  g_autoptr (GPtrArray) chosen = ids_of (programme, words, programme_event);
  if (chosen != NULL && chosen->len == 0 && programme->events->len == 1)
    add_once (chosen, ((const ProgrammeEntry *) programme->events->pdata[0])->id);
  if (chosen == NULL || chosen->len == 0)
    return DESK_BAD_EVENT;
  keep_ordered (programme->events, chosen, &delegate->events);
  return DESK_ALREADY;
}

DeskVerdict desk_choice_sessions (const Programme *programme, const char *const *words,
                                  Delegate *delegate)
{
  g_autoptr (GPtrArray) chosen = ids_of (programme, words, programme_session);
  if (chosen == NULL)
    return DESK_BAD_SESSION;
  keep_ordered (programme->sessions, chosen, &delegate->workshops);
  return DESK_ALREADY;
}

/* TRUE if one of the delegate's events takes place on the day @label. */
static gboolean takes_place (const Programme *programme, const Delegate *delegate,
                             const char *label)
{
  for (guint i = 0; delegate->events[i] != NULL; i++) {
    const ProgrammeEntry *event = programme_event (programme, delegate->events[i]);
    if (event != NULL && event->days != NULL
        && g_strv_contains ((const char *const *) event->days, label))
      return TRUE;
  }
  return FALSE;
}

DeskVerdict desk_choice_days (const Programme *programme, const char *const *words,
                              Delegate *delegate)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    const Day *day = desk_choice_is_word (words[i]) ? programme_day (programme, words[i]) : NULL;
    if (day == NULL)
      return DESK_BAD_DAY;
    add_once (chosen, day->label);
  }
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < programme->days->len; i++) {
    const char *label = ((const Day *) programme->days->pdata[i])->label;
    if (chosen->len > 0 ? g_ptr_array_find_with_equal_func (chosen, label, g_str_equal, NULL)
                        : takes_place (programme, delegate, label))
      add_once (ordered, label);
  }
  gboolean some = ordered->len > 0;
  set_list (&delegate->days, ordered);
  return some ? DESK_ALREADY : DESK_BAD_DAY;
}
