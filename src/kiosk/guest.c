#include "kiosk/guest.h"

#include "core/han_name.h"
#include "core/text.h"
#include "core/typeset.h"
#include "vocabulary/ribbon.h"
#include "vocabulary/wording.h"
#include "roster/delegate.h"
#include "congress/programme.h"

#include <string.h>

static void right_free (GuestRight *right)
{
  g_free (right->icon);
  g_free (right->fr);
  g_free (right->zh);
  g_free (right);
}

static void add (GPtrArray *rights, const char *icon, const char *fr, const char *zh)
{
  GuestRight *right = g_new0 (GuestRight, 1);

  right->icon = g_strdup (icon);
  right->fr = g_strdup (fr);
  right->zh = g_strdup (zh);
  g_ptr_array_add (rights, right);
}

static void add_words (GPtrArray *rights, const char *icon, const char *text)
{
  Pair wording = words_pair (text);

  add (rights, icon, wording.first, wording.second);
}

static void option_free (gpointer data)
{
  GuestOption *option = data;

  g_free (option->code);
  g_free (option->fr);
  g_free (option->zh);
  g_free (option);
}

static void question_free (gpointer data)
{
  GuestQuestion *question = data;

  g_free (question->id);
  g_free (question->fr);
  g_free (question->zh);
  g_ptr_array_unref (question->options);
  g_free (question);
}

/* Rights ----------------------------------------------------------------------------- */

/* "26, 27, 28": the days of @event that the person is registered for. */
static char *days_of (const ProgrammeEntry *event, const Delegate *delegate)
{
  GString *days = g_string_new (NULL);

  for (guint i = 0; event->days != NULL && event->days[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) delegate->days, event->days[i]))
      g_string_append_printf (days, "%s%s", days->len > 0 ? " " : "", event->days[i]);
  return g_string_free (days, FALSE);
}

static void add_events (GPtrArray *rights, const Programme *programme, const Delegate *delegate)
{
  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    g_autofree char *days = NULL, *event_fr = NULL, *fr = NULL, *zh = NULL;
    if (!g_strv_contains ((const char *const *) delegate->events, event->id))
      continue;
    days = days_of (event, delegate);
    event_fr = typeset_french_plain (event->fr);
    fr = g_strdup_printf ("%s%s%s", event_fr, days[0] != '\0' ? " · " : "", days);
    zh = g_strdup_printf ("%s%s%s", event->zh, days[0] != '\0' ? " · " : "", days);
    add (rights, "day", fr, zh);
  }
}

static void add_sessions (GPtrArray *rights, const Delegate *delegate)
{
  g_autofree char *ids = g_strjoinv (" ", delegate->workshops);

  if (ids[0] == '\0')
    return;
  g_auto (OwnedPair) said = delegate->workshops[1] == NULL ? words_filled ("Workshop %s", ids)
                                                           : words_filled ("Workshops %s", ids);
  add (rights, "session", said.first, said.second);
}

static void add_rights (Guest *guest, const Programme *programme, const Delegate *delegate)
{
  add_events (guest->rights, programme, delegate);
  add_sessions (guest->rights, delegate);
  if (delegate->meals)
    add_words (guest->rights, "meal", N_ ("Meals"));
  if (delegate->transport)
    add_words (guest->rights, "shuttle", N_ ("Shuttle"));
  if (delegate->headset)
    add_words (guest->rights, "headset", N_ ("Headset"));
  for (guint i = 0; delegate->ribbons[i] != NULL; i++) {
    Pair ribbon = ribbon_wording (delegate->ribbons[i]);
    add (guest->reminders, "", ribbon.first, ribbon.second);
  }
}

/* The person ------------------------------------------------------------------------- */

/* Event files write categories in small letters, as lists do; here they stand alone. */
static void add_category (Guest *guest, const Programme *programme, const Delegate *delegate)
{
  const ProgrammeEntry *category = programme_category (programme, delegate->category);
  const ProgrammeEntry *delegation = programme_delegation (programme, delegate->delegation);

  guest->category = g_strdup (delegate->category);
  guest->category_fr = text_capital (
      category != NULL ? programme_category_fr (category, gender_of_title (delegate->title))
                       : delegate->category);
  guest->category_zh = g_strdup (category != NULL ? category->zh : "");
  guest->colour
      = g_strdup (category != NULL && category->colour[0] != '\0' ? category->colour : "#4a5364");
  guest->delegation_fr
      = typeset_french_plain (delegation != NULL ? delegation->fr : delegate->delegation);
  guest->delegation_zh = g_strdup (delegation != NULL ? delegation->zh : "");
}

Guest *guest_new (const Delegate *delegate, const Programme *programme)
{
  Guest *guest = g_new0 (Guest, 1);

  g_atomic_ref_count_init (&guest->references);
  guest->rights = g_ptr_array_new_with_free_func ((GDestroyNotify) right_free);
  guest->reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) right_free);
  guest->reference = g_strdup (delegate->reference);
  guest->second_leads = delegate_second_leads (delegate);
  guest->protocol = delegate->protocol;
  guest->revoked = delegate->revoked;
  guest->given = typeset_french (delegate->given);
  guest->family = typeset_family (delegate->family, strcmp (delegate->country, "TR") == 0
                                                        || typeset_is_turkish (delegate->family)
                                                        || typeset_is_turkish (delegate->given));
  guest->name_zh = g_strdup (delegate->name_zh);
  guest->surname_zh = guest->second_leads ? han_name_surname_length (delegate->name_zh) : 0;
  guest->function_fr = typeset_french_plain (delegate->function_fr);
  guest->function_zh = g_strdup (delegate->function_zh);
  guest->organisation_fr = typeset_french_plain (delegate->organisation_fr);
  guest->organisation_zh = g_strdup (delegate->organisation_zh);
  add_category (guest, programme, delegate);
  add_rights (guest, programme, delegate);
  return guest;
}

void guest_remind_lines (Guest *guest, Pair reminders)
{
  g_auto (GStrv) first = g_strsplit (reminders.first, "\n", -1),
                 second = g_strsplit (reminders.second, "\n", -1);
  for (guint i = 0; first[i] != NULL && second[i] != NULL; i++) {
    gboolean one = strcmp (first[i], second[i]) == 0, chinese = one && text_has_han (first[i]);
    add (guest->reminders, "", chinese ? "" : first[i], one && !chinese ? "" : second[i]);
  }
}

void guest_ask (Guest *guest, const Question *question)
{
  GuestQuestion *asked = g_new0 (GuestQuestion, 1);

  if (guest->questions == NULL)
    guest->questions = g_ptr_array_new_with_free_func (question_free);
  asked->id = g_strdup (question->id);
  asked->fr = typeset_french_plain (question->fr);
  asked->zh = g_strdup (question->zh);
  asked->options = g_ptr_array_new_with_free_func (option_free);
  for (guint i = 0; i < question->options->len; i++) {
    const QuestionOption *option = g_ptr_array_index (question->options, i);
    GuestOption *offered = g_new0 (GuestOption, 1);
    offered->code = g_strdup (option->code);
    offered->fr = typeset_french_plain (option->fr);
    offered->zh = g_strdup (option->zh);
    g_ptr_array_add (asked->options, offered);
  }
  g_ptr_array_add (guest->questions, asked);
}

guint guest_question_count (const Guest *guest)
{
  return guest->questions != NULL ? guest->questions->len : 0;
}

Guest *guest_ref (Guest *guest)
{
  g_atomic_ref_count_inc (&guest->references);
  return guest;
}

void guest_unref (Guest *guest)
{
  if (guest == NULL || !g_atomic_ref_count_dec (&guest->references))
    return;
  g_free (guest->reference);
  g_free (guest->given);
  g_free (guest->family);
  g_free (guest->name_zh);
  g_free (guest->function_fr);
  g_free (guest->function_zh);
  g_free (guest->organisation_fr);
  g_free (guest->organisation_zh);
  g_free (guest->delegation_fr);
  g_free (guest->delegation_zh);
  g_free (guest->category);
  g_free (guest->category_fr);
  g_free (guest->category_zh);
  g_free (guest->colour);
  g_ptr_array_unref (guest->rights);
  g_ptr_array_unref (guest->reminders);
  g_clear_pointer (&guest->questions, g_ptr_array_unref);
  g_free (guest);
}

char *guest_latin_name (const Guest *guest)
{
  const char *first = guest->second_leads ? guest->family : guest->given,
             *second = guest->second_leads ? guest->given : guest->family;

  return g_strconcat (first, first[0] != '\0' && second[0] != '\0' ? " " : "", second, NULL);
}

char *guest_own_name (const Guest *guest)
{
  g_autofree char *latin = guest_latin_name (guest);

  if (guest->name_zh[0] != '\0' && (guest->second_leads || latin[0] == '\0'))
    return g_strdup (guest->name_zh);
  return g_steal_pointer (&latin);
}
