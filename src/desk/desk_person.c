#include "desk/desk_person.h"

#include "roster/name.h"
#include "core/text.h"
#include "journal/query.h"
#include "roster/delegate.h"
#include "congress/programme.h"
#include "roster/value.h"
#include "desk/desk_choice.h"
#include "desk/desk_step.h"
#include "desk/registration_fact.h"
#include "roster/delegate_search.h"
#include "roster/printable.h"

#include <string.h>

/* Of facts, not of delegates: a reference whose person was erased is not given to
 * another. */
static const char WALK_INS[] = "SELECT DISTINCT subject FROM fact WHERE subject > :prefix AND "
                               "subject < :end AND kind = 'registration' AND kind <> 'passage'";

/* How a field of a DeskCorrection is filled in. */
typedef enum { ANY_SCRIPT, LATIN, HANZI } Script;

#define FIELD(name, script)                                                                        \
  {                                                                                                \
#name, script, G_STRUCT_OFFSET(DeskCorrection, name), G_STRUCT_OFFSET(Delegate, name)          \
  }
static const struct {
  const char *name;
  Script script;
  gsize typed, kept;
} FIELDS[] = {
  FIELD (title, ANY_SCRIPT),
  FIELD (family, LATIN),
  FIELD (given, LATIN),
  FIELD (name_zh, HANZI),
  FIELD (function_fr, ANY_SCRIPT),
  FIELD (function_zh, ANY_SCRIPT),
  FIELD (organisation_fr, ANY_SCRIPT),
  FIELD (organisation_zh, ANY_SCRIPT),
};

/* Filling in ------------------------------------------------------------------------- */

static const char *typed_in (const DeskCorrection *correction, guint field)
{
  const char *text;
  memcpy (&text, (const guint8 *) correction + FIELDS[field].typed, sizeof text);
  return text;
}

/* What is wrong with a text that was typed; DESK_ALREADY for nothing. */
static DeskVerdict check_text (const char *text, Script script)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > DELEGATE_TEXT_MAX
      || value_has_control (text))
    return DESK_BAD_TEXT;
  if (*text != '\0'
      && ((script == LATIN && text_has_han (text)) || (script == HANZI && !text_has_han (text))))
    return DESK_BAD_SCRIPT;
  return DESK_ALREADY;
}

static gboolean can_print (gunichar character, gconstpointer correction)
{
  return ((const DeskCorrection *) correction)->can_print (character);
}

/* FALSE, with the verdict, if no badge can show @text. */
static gboolean check_print (const DeskCorrection *correction, const char *text, const char *field,
                             DeskResult *result)
{
  gunichar character
      = correction->can_print != NULL ? printable_fault (text, can_print, correction) : 0;
  if (character == 0)
    return TRUE;
  g_autofree char *offer = printable_offer (text, can_print, correction);
  result->verdict = DESK_UNPRINTABLE;
  result->field = field;
  result->character = character;
  if (offer != NULL && strlen (offer) < sizeof result->offer)
    g_strlcpy (result->offer, offer, sizeof result->offer);
  return FALSE;
}

/* Writes into @delegate what was typed; *@changed, whether it is something new. FALSE,
 * with the verdict, if a text cannot be. */
static gboolean fill_in (Delegate *delegate, const DeskCorrection *correction, gboolean *changed,
                         DeskResult *result)
{
  *changed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    const char *text = typed_in (correction, i);
    if (text == NULL)
      continue;
    DeskVerdict verdict = check_text (text, FIELDS[i].script);
    if (!desk_verdict_is_success (verdict)) {
      result->verdict = verdict;
      result->field = FIELDS[i].name;
      return FALSE;
    }
    char **kept = &G_STRUCT_MEMBER (char *, delegate, FIELDS[i].kept);
    g_autofree char *clean = text_clean (text);
    if (!check_print (correction, clean, FIELDS[i].name, result))
      return FALSE;
    *changed |= strcmp (clean, *kept) != 0;
    g_free (*kept);
    *kept = g_steal_pointer (&clean);
  }
  if (*delegate->family || *delegate->given || *delegate->name_zh)
    return TRUE;
  result->verdict = DESK_NO_NAME;
  return FALSE;
}

/* Correcting ------------------------------------------------------------------------- */

static void set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static gboolean correct (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  gboolean changed = FALSE;
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_find_person (journal, work->reference, &delegate, result, error))
    return FALSE;
  if (delegate == NULL)
    return TRUE;
  g_autoptr (Delegate) before = delegate_copy (delegate);
  if (!fill_in (delegate, work->form, &changed, result))
    return TRUE;
  g_strlcpy (result->reference, delegate->reference, sizeof result->reference);
  result->verdict = changed ? DESK_CORRECTED : DESK_ALREADY;
  return !changed || desk_amend (journal, before, delegate, work, result, error);
}

gboolean desk_correct (Journal *journal, const char *reference, const DeskCorrection *correction,
                       gboolean reprint, const char *volunteer, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference,
                    .form = correction,
                    .reprint = reprint,
                    .why.reason = desk_verdict_reason_name (DESK_MISSPELLED) };
  return desk_step (journal, correct, &work, volunteer, result, error);
}

static gboolean confirm (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_find_person (journal, work->reference, &delegate, result, error))
    return FALSE;
  if (delegate == NULL)
    return TRUE;
  g_strlcpy (result->reference, delegate->reference, sizeof result->reference);
  if (*delegate->status == '\0')
    return desk_end (result, DESK_ALREADY);
  g_autoptr (Delegate) before = delegate_copy (delegate);
  *delegate->status = '\0';
  result->verdict = DESK_CORRECTED;
  return registration_fact_append (journal, before, delegate, &work->why, error);
}

gboolean desk_confirm (Journal *journal, const char *reference, const char *volunteer,
                       DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference };
  return desk_step (journal, confirm, &work, volunteer, result, error);
}

/* A person says of what rank somebody is: it follows from her function no longer. */
static gboolean set_rank (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_find_person (journal, work->reference, &delegate, result, error))
    return FALSE;
  if (delegate == NULL)
    return TRUE;
  g_autoptr (RankBook) ranks = rank_book_read (journal, error);
  if (ranks == NULL)
    return FALSE;
  guint place = rank_find (ranks, work->text);
  if (place == RANK_NONE) {
    result->field = "rank";
    return desk_end (result, DESK_BAD_RANK);
  }
  g_strlcpy (result->reference, delegate->reference, sizeof result->reference);
  if (strcmp (delegate->rank, rank_at (ranks, place)->id) == 0)
    return desk_end (result, DESK_ALREADY);
  g_autoptr (Delegate) before = delegate_copy (delegate);
  set_text (&delegate->rank, rank_at (ranks, place)->id);
  result->verdict = DESK_CORRECTED;
  return registration_fact_append (journal, before, delegate, &work->why, error);
}

gboolean desk_set_rank (Journal *journal, const char *reference, const char *rank,
                        const char *volunteer, DeskResult *result, GError **error)
{
  DeskWork work = { .reference = reference, .text = rank };
  return desk_step (journal, set_rank, &work, volunteer, result, error);
}

/* Walk-ins --------------------------------------------------------------------------- */

/* Category, country, events, days: the verdict of the first that is wrong. */
static DeskVerdict choose (const Programme *programme, const DeskWalkIn *walk_in,
                           Delegate *delegate)
{
  const char *category = walk_in->category != NULL ? walk_in->category : "",
             *country = walk_in->country != NULL ? walk_in->country : "";
  if (programme_is_empty (programme))
    return DESK_NO_PROGRAMME;
  DeskVerdict verdict = desk_choice_category (programme, category, delegate);
  if (verdict != DESK_ALREADY)
    return verdict;
  if (*country) {
    const char *code
        = check_text (country, ANY_SCRIPT) == DESK_ALREADY ? value_country (country) : NULL;
    if (code == NULL)
      return DESK_BAD_COUNTRY;
    set_text (&delegate->country, code);
  }
  verdict = desk_choice_events (programme, walk_in->events, delegate);
  if (verdict == DESK_ALREADY)
    verdict = desk_choice_days (programme, walk_in->days, delegate);
  if (verdict != DESK_ALREADY)
    return verdict;
  delegate->meals = walk_in->meals;
  delegate->transport = walk_in->transport;
  delegate->headset = walk_in->headset;
  return DESK_REGISTERED;
}

/* A Chinese name is read where nobody wrote how and it is one; the group is the
 * organisation, as in lists. */
static void complete (Delegate *delegate)
{
  g_autofree char *family = NULL, *given = NULL;
  if (!*delegate->family && !*delegate->given
      && name_pinyin (delegate->name_zh, delegate->country, &family, &given)) {
    set_text (&delegate->family, family);
    set_text (&delegate->given, given);
  }
  set_text (&delegate->delegation,
            *delegate->organisation_fr ? delegate->organisation_fr : delegate->organisation_zh);
}

/* "W-STATION-" and the number after the last that was ever given here. A station "a" and
 * a station "a-1" cannot give the same: there is one number after the name. */
static gboolean next_reference (Journal *journal, char **reference, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("W-%s-", journal_station (journal)),
                  *end = g_strdup_printf ("W-%s.", journal_station (journal));
  guint64 last = 0;
  Query *query = journal_query (journal, WALK_INS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":prefix", prefix);
  query_bind_text (query, ":end", end);
  while (query_next (query)) {
    const char *number = query_text (query, 0) + strlen (prefix);
    if (*number && strspn (number, "0123456789") == strlen (number))
      last = MAX (last, g_ascii_strtoull (number, NULL, 10));
  }
  *reference = g_strdup_printf ("%s%" G_GUINT64_FORMAT, prefix, last + 1);
  return query_end (query, error);
}

/* The same name, as people say it: by hanzi in either form where both have them, else by
 * Latin letters without accents, capitals and spaces. */
static gboolean is_namesake (const Delegate *known, const Delegate *new)
{
  g_autofree char *zh = text_key (new->name_zh), *known_zh = text_key (known->name_zh),
                  *both = g_strconcat (new->family, new->given, NULL),
                  *known_both = g_strconcat (known->family, known->given, NULL),
                  *latin = text_key (both), *known_latin = text_key (known_both);
  if (known->revoked)
    return FALSE;
  if (*zh != '\0' && *known_zh != '\0')
    return strcmp (zh, known_zh) == 0;
  return *latin != '\0' && strcmp (latin, known_latin) == 0;
}

/* Among those whom a search for @typed finds. */
static gboolean find_among (Journal *journal, const char *typed, const Delegate *delegate,
                            char **reference, GError **error)
{
  g_autoptr (DelegateSearch) found = delegate_search (journal, typed, DELEGATE_SEARCH_MAX, error);
  for (guint i = 0; found != NULL && i < found->delegates->len && *reference == NULL; i++) {
    const Delegate *known = g_ptr_array_index (found->delegates, i);
    if (is_namesake (known, delegate))
      *reference = g_strdup (known->reference);
  }
  return found != NULL;
}

/* Somebody of that name; *@reference NULL if there is nobody. */
static gboolean find_namesake (Journal *journal, const Delegate *delegate, char **reference,
                               GError **error)
{
  g_autofree char *latin = g_strconcat (delegate->family, " ", delegate->given, NULL);
  return (*delegate->name_zh == '\0'
          || find_among (journal, delegate->name_zh, delegate, reference, error))
         && (*reference != NULL || *g_strstrip (latin) == '\0'
             || find_among (journal, latin, delegate, reference, error));
}

gboolean desk_walk_in_draft (Journal *journal, const DeskWalkIn *form, Delegate **filled,
                             DeskResult *result, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (Delegate) delegate = delegate_new ();
  g_autofree char *namesake = NULL;
  gboolean changed;
  *result = (DeskResult){ .verdict = DESK_NO_PROGRAMME };
  *filled = NULL;
  if (programme == NULL)
    return FALSE;
  if (!fill_in (delegate, &form->texts, &changed, result))
    return TRUE;
  result->verdict = choose (programme, form, delegate);
  if (result->verdict != DESK_REGISTERED)
    return TRUE;
  complete (delegate);
  if (!form->namesake && !find_namesake (journal, delegate, &namesake, error))
    return FALSE;
  g_strlcpy (result->reference, namesake != NULL ? namesake : "", sizeof result->reference);
  *filled = g_steal_pointer (&delegate);
  return desk_end (result, namesake != NULL ? DESK_KNOWN : DESK_REGISTERED);
}

static gboolean walk_in (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (Delegate) delegate = NULL;
  if (!desk_walk_in_draft (journal, work->form, &delegate, result, error))
    return FALSE;
  if (delegate == NULL || result->verdict != DESK_REGISTERED)
    return TRUE;
  g_clear_pointer (&delegate->reference, g_free);
  if (!next_reference (journal, &delegate->reference, error)
      || !registration_fact_append (journal, NULL, delegate, &work->why, error))
    return FALSE;
  g_strlcpy (result->reference, delegate->reference, sizeof result->reference);
  return TRUE;
}

gboolean desk_walk_in (Journal *journal, const DeskWalkIn *form, const char *volunteer,
                       DeskResult *result, GError **error)
{
  DeskWork work = { .form = form };
  return desk_step (journal, walk_in, &work, volunteer, result, error);
}
