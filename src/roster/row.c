#include "roster/row.h"

#include "core/identifier.h"
#include "core/telephone.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/cells.h"
#include "roster/day_list.h"
#include "roster/delegate_role.h"
#include "roster/row_names.h"
#include "roster/status.h"
#include "roster/value.h"

#include <string.h>

#define JOINED_PARTS_MAX 8 /* commas in the title of a session */

static const struct {
  Field field;
  const char *names; /* of the delegate's fields that it says something of */
} SPEAKS[] = {
  { FIELD_TITLE, "title" },
  { FIELD_FAMILY, "family name_zh" },
  { FIELD_GIVEN, "given name_zh" },
  { FIELD_FULL_NAME, "family given name_zh" },
  { FIELD_NAME_ZH, "name_zh" },
  { FIELD_FUNCTION, "function_fr function_zh" },
  { FIELD_FUNCTION_FR, "function_fr" },
  { FIELD_FUNCTION_ZH, "function_zh" },
  { FIELD_ORGANISATION, "organisation_fr organisation_zh delegation" },
  { FIELD_ORGANISATION_FR, "organisation_fr delegation" },
  { FIELD_ORGANISATION_ZH, "organisation_zh delegation" },
  { FIELD_CATEGORY, "category" },
  { FIELD_DELEGATION, "delegation" },
  { FIELD_COUNTRY, "country" },
  { FIELD_EMAIL, "email" },
  { FIELD_TELEPHONE, "telephone" },
  { FIELD_EVENTS, "events" },
  { FIELD_DAYS, "days" },
  { FIELD_WORKSHOPS, "workshops" },
  { FIELD_ROLE, "role" },
  { FIELD_MEALS, "meals" },
  { FIELD_TRANSPORT, "transport" },
  { FIELD_HEADSET, "headset" },
  { FIELD_HOTEL, "hotel" },
  { FIELD_MESSAGE, "message" },
  { FIELD_RANK, "rank" },
  { FIELD_DIET, "diet" },
  { FIELD_LANGUAGE, "language" },
  { FIELD_CODE, "code" },
  { FIELD_RIBBONS, "ribbons" },
  { FIELD_PROTOCOL, "protocol" },
  { FIELD_REVOKED, "revoked" },
  { FIELD_STATUS, "status revoked" },
};

guint64 row_fields (const RowReader *reader)
{
  guint count;
  guint64 mask = 0;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < G_N_ELEMENTS (SPEAKS); i++) {
    g_auto (GStrv) names = g_strsplit (SPEAKS[i].names, " ", -1);
    for (guint f = 0; cells_speaks (reader->cells, SPEAKS[i].field) && f < count; f++)
      if (g_strv_contains ((const char *const *) names, fields[f].name))
        mask |= G_GUINT64_CONSTANT (1) << f;
  }
  return mask;
}

static void take_flag (RowReader *reader, Field field, gboolean *place)
{
  if (row_reader_has (reader, field))
    *place = cells_yes_no (reader->cells, field);
}

/* Words of two languages ------------------------------------------------------------- */

static void translate (RowReader *reader, GlossaryKind kind, char **fr, char **zh)
{
  const char *other = NULL;
  if (*zh[0] == '\0' && (other = glossary_zh (reader->glossary, kind, *fr)) != NULL)
    row_reader_set (zh, other);
  else if (*fr[0] == '\0' && (other = glossary_fr (reader->glossary, kind, *zh)) != NULL)
    row_reader_set (fr, other);
  reader->counts.translated += other != NULL;
}

/* A heading of neither language: its value says which it is in. */
static void take_either (RowReader *reader, Field field, char **fr, char **zh)
{
  if (!row_reader_has (reader, field))
    return;
  g_autofree char *text = cells_text (reader->cells, field);
  row_reader_set (text_has_han (text) ? zh : fr, text);
}

/* A list that leaves the other language of a text empty says nothing against the words
 * that the delegate has for that same text, from a glossary or a person. */
static void keep_other (char **fr, char **zh, const char *known_fr, const char *known_zh)
{
  if (*zh[0] == '\0' && *fr[0] != '\0' && strcmp (*fr, known_fr) == 0)
    row_reader_set (zh, known_zh);
  else if (*fr[0] == '\0' && *zh[0] != '\0' && strcmp (*zh, known_zh) == 0)
    row_reader_set (fr, known_fr);
}

static void take_words (RowReader *reader, Delegate *delegate, const Delegate *existing)
{
  take_either (reader, FIELD_FUNCTION, &delegate->function_fr, &delegate->function_zh);
  row_reader_take_text (reader, FIELD_FUNCTION_FR, &delegate->function_fr);
  row_reader_take_text (reader, FIELD_FUNCTION_ZH, &delegate->function_zh);
  take_either (reader, FIELD_ORGANISATION, &delegate->organisation_fr, &delegate->organisation_zh);
  row_reader_take_text (reader, FIELD_ORGANISATION_FR, &delegate->organisation_fr);
  row_reader_take_text (reader, FIELD_ORGANISATION_ZH, &delegate->organisation_zh);
  translate (reader, GLOSSARY_FUNCTION, &delegate->function_fr, &delegate->function_zh);
  translate (reader, GLOSSARY_ORGANISATION, &delegate->organisation_fr, &delegate->organisation_zh);
  if (existing == NULL)
    return;
  keep_other (&delegate->function_fr, &delegate->function_zh, existing->function_fr,
              existing->function_zh);
  keep_other (&delegate->organisation_fr, &delegate->organisation_zh, existing->organisation_fr,
              existing->organisation_zh);
}

/* « DUPONT Jean, Maire de Lyon »: the function, where its own column says none. */
static void take_function_behind (RowReader *reader, Delegate *delegate, const char *function)
{
  if (*function == '\0' || strcmp (function, delegate->function_fr) == 0)
    return;
  if (*delegate->function_fr == '\0' && *delegate->function_zh == '\0') {
    row_reader_set (&delegate->function_fr, function);
    translate (reader, GLOSSARY_FUNCTION, &delegate->function_fr, &delegate->function_zh);
  } else
    row_reader_remark (reader, delegate,
                       _ ("“%s” beside the name is left out: there is a function"), function);
}

/* The programme, checked ------------------------------------------------------------- */

/* The category that a word names, in a language or by the glossary; NULL if none. */
static const ProgrammeEntry *category_of (const RowReader *reader, const char *text)
{
  const ProgrammeEntry *entry = programme_category (reader->programme, text);
  const char *other
      = entry == NULL ? glossary_fr (reader->glossary, GLOSSARY_CATEGORY, text) : NULL;
  return other != NULL ? programme_category (reader->programme, other) : entry;
}

/* The same where both languages say it, “élu / 民选代表”. */
static const ProgrammeEntry *category_of_both (const RowReader *reader, const char *text)
{
  g_autofree char *latin = NULL, *han = NULL;
  const ProgrammeEntry *entry = category_of (reader, text);
  if (entry != NULL || !value_both (text, &latin, &han))
    return entry;
  entry = category_of (reader, latin);
  return entry == category_of (reader, han) ? entry : NULL;
}

/* What a platform sold is the category where it is called like one; else it says nothing
 * of that. */
static void take_ticket (RowReader *reader, Delegate *delegate)
{
  g_autofree char *text = cells_text (reader->cells, FIELD_TICKET);
  const ProgrammeEntry *entry = category_of_both (reader, text);
  if (entry != NULL)
    row_reader_set (&delegate->category, entry->id);
  reader->counts.no_category += *delegate->category == '\0';
}

static void take_category (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_CATEGORY)) {
    if (row_reader_has (reader, FIELD_TICKET))
      take_ticket (reader, delegate);
    return;
  }
  g_autofree char *text = cells_text (reader->cells, FIELD_CATEGORY);
  const ProgrammeEntry *entry = category_of_both (reader, text);
  if (entry != NULL || *text == '\0' || !reader->checked) {
    row_reader_set (&delegate->category, entry != NULL ? entry->id : text);
    reader->counts.no_category += *text == '\0';
    return;
  }
  row_reader_fault (reader, FIELD_CATEGORY, text, reader->category_reason);
}

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

static void add_once (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
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
    add_once (ids, id);
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
    add_once (ids, id != NULL ? id : words[i]);
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
    add_once (ids, id);
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

/* Gives @place the texts of @ids, which it frees. */
static void set_list (char ***place, GPtrArray *ids)
{
  g_ptr_array_add (ids, NULL);
  g_strfreev (*place);
  *place = (char **) g_ptr_array_free (ids, FALSE);
}

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
    add_once (days, *asked);
  for (guint i = 0; cells_day (reader->cells, i, &label, &answer); i++)
    if (answer)
      add_once (days, label);
    else if (g_ptr_array_find_with_equal_func (days, label, g_str_equal, &place))
      g_ptr_array_remove_index (days, place);
  g_ptr_array_sort_with_data (days, compare_days, (gpointer) (guintptr) reader->programme);
  set_list (&delegate->days, days);
}

static void take_workshops (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_WORKSHOPS))
    return;
  set_list (&delegate->workshops, ids_of_cell (reader, FIELD_WORKSHOPS, meaning_of_session,
                                               reader->checked, reader->session_reason));
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

/* It is read in passing, on a screen that shows other things too. */
static void take_message (RowReader *reader, Delegate *delegate)
{
  row_reader_take_text (reader, FIELD_MESSAGE, &delegate->message);
  if (g_utf8_strlen (delegate->message, -1) <= DELEGATE_MESSAGE_MAX)
    return;
  g_autofree char *reason
      = g_strdup_printf (_ ("is longer than %d characters: nobody reads it in passing. Make it "
                            "shorter."),
                         DELEGATE_MESSAGE_MAX);
  row_reader_fault (reader, FIELD_MESSAGE, delegate->message, reason);
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

/* The ids of @chosen in the order of the event file, then those it does not know. */
static GPtrArray *in_event_order (const RowReader *reader, GPtrArray *chosen)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reader->programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (reader->programme->events, i);
    if (g_ptr_array_find_with_equal_func (chosen, event->id, g_str_equal, NULL))
      add_once (ordered, event->id);
  }
  for (guint i = 0; i < chosen->len; i++)
    add_once (ordered, g_ptr_array_index (chosen, i));
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
      add_once (chosen, id);
    else if (g_ptr_array_find_with_equal_func (chosen, id, g_str_equal, &place))
      g_ptr_array_remove_index (chosen, place);
  const char *asked = reader->choices != NULL ? reader->choices->event : NULL;
  if (asked != NULL && !cells_has_event (reader->cells, asked))
    add_once (chosen, asked);
  if (!row_reader_has (reader, FIELD_EVENTS) && said == 0 && chosen->len == 0
      && reader->programme->events->len == 1)
    add_once (chosen,
              ((const ProgrammeEntry *) g_ptr_array_index (reader->programme->events, 0))->id);
  set_list (&delegate->events, in_event_order (reader, chosen));
}

static void take_ribbons (RowReader *reader, Delegate *delegate)
{
  if (row_reader_has (reader, FIELD_RIBBONS))
    set_list (&delegate->ribbons,
              ids_of_cell (reader, FIELD_RIBBONS, meaning_of_ribbon, TRUE,
                           _ ("is no ribbon. Write signataire or candidat (签署方, 候选).")));
}

/* What else there is ----------------------------------------------------------------- */

static void take_email (RowReader *reader, Delegate *delegate)
{
  row_reader_take_text (reader, FIELD_EMAIL, &delegate->email);
  const char *at = strchr (delegate->email, '@');
  if (row_reader_has (reader, FIELD_EMAIL) && *delegate->email != '\0'
      && (at == NULL || at == delegate->email || at[1] == '\0'
          || strchr (delegate->email, ' ') != NULL))
    row_reader_fault (
        reader, FIELD_EMAIL, delegate->email,
        _ ("is no e-mail address. Write one as in nom@exemple.fr, or leave it empty."));
}

/* It serves to find a person again, so what is no number keeps nobody out. */
static void take_telephone (RowReader *reader, Delegate *delegate)
{
  row_reader_take_text (reader, FIELD_TELEPHONE, &delegate->telephone);
  g_auto (GStrv) numbers = telephone_numbers (delegate->telephone);
  if (!row_reader_has (reader, FIELD_TELEPHONE) || *delegate->telephone == '\0'
      || numbers[0] != NULL)
    return;
  row_reader_remark (reader, delegate, _ ("“%s” is no telephone number and is left out"),
                     delegate->telephone);
  row_reader_set (&delegate->telephone, "");
}

/* What a reader will show must be found again: a code of our own form is never looked up,
 * nor is one that is longer than any that is read. */
static void take_code (RowReader *reader, Delegate *delegate)
{
  row_reader_take_text (reader, FIELD_CODE, &delegate->code);
  if (!row_reader_has (reader, FIELD_CODE))
    return;
  if (g_str_has_prefix (delegate->code, "AC:"))
    row_reader_fault (
        reader, FIELD_CODE, delegate->code,
        _ ("begins with AC: as accueil's own tickets do, and would open nothing. Leave it "
           "empty; tickets are made with “accueil ticket issue”."));
  else if (strlen (delegate->code) > DELEGATE_CODE_BYTES_MAX) {
    g_autofree char *reason
        = g_strdup_printf (_ ("is too long for a code: %d bytes are possible. Leave it empty."),
                           DELEGATE_CODE_BYTES_MAX);
    row_reader_fault (reader, FIELD_CODE, delegate->code, reason);
  }
}

static void take_rank (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_RANK))
    return;
  g_autofree char *text = cells_text (reader->cells, FIELD_RANK);
  guint place = *text != '\0' ? rank_find (reader->programme->ranks, text) : RANK_NONE;
  row_reader_set (&delegate->rank,
                  place != RANK_NONE ? rank_at (reader->programme->ranks, place)->id : "");
  if (*text == '\0' || place != RANK_NONE)
    return;
  g_autofree char *names = rank_names (reader->programme->ranks),
                  *reason = g_strdup_printf (
                      _ ("is no rank. Write one of %s, or leave it empty: it then follows from the "
                         "function."),
                      names);
  row_reader_fault (reader, FIELD_RANK, text, reason);
}

/* What is not known is kept as it is written: allergies are many. */
static void take_diet (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_DIET))
    return;
  g_autofree char *text = cells_text (reader->cells, FIELD_DIET);
  g_auto (GStrv) parts = value_list (text);
  GPtrArray *diets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *known = value_diet (parts[i]);
    if (known != NULL && *known == '\0')
      continue; /* “none” */
    add_once (diets, known != NULL ? known : parts[i]);
  }
  set_list (&delegate->diet, diets);
}

static void take_language (RowReader *reader, Delegate *delegate)
{
  row_reader_take_text (reader, FIELD_LANGUAGE, &delegate->language);
  const char *known
      = row_reader_has (reader, FIELD_LANGUAGE) ? value_language (delegate->language) : NULL;
  if (known != NULL)
    row_reader_set (&delegate->language, known);
}

static void take_country (RowReader *reader, Delegate *delegate)
{
  g_autofree char *text = cells_text (reader->cells, FIELD_COUNTRY);
  if (*text != '\0') {
    const char *country = value_country (text);
    if (country == NULL)
      row_reader_fault (
          reader, FIELD_COUNTRY, text,
          _ ("is no country that is known here. Write its two-letter code, as in FR or CN."));
    row_reader_set (&delegate->country, country != NULL ? country : "");
    return;
  }
  if (*delegate->country != '\0' && !row_reader_has (reader, FIELD_COUNTRY))
    return;
  const char *country = value_country_of_reference (delegate->reference);
  row_reader_set (&delegate->country, country != NULL ? country : cells_country (reader->cells));
}

static const char *organisation_of (const Delegate *delegate)
{
  return *delegate->organisation_fr != '\0' ? delegate->organisation_fr : delegate->organisation_zh;
}

static void take_delegation (RowReader *reader, Delegate *delegate, const Delegate *existing)
{
  g_autofree char *text = cells_text (reader->cells, FIELD_DELEGATION);
  if (*text != '\0') {
    const ProgrammeEntry *known = programme_delegation (reader->programme, text);
    row_reader_set (&delegate->delegation, known != NULL ? known->id : text);
    return;
  }
  gboolean chosen = existing != NULL && !row_reader_has (reader, FIELD_DELEGATION)
                    && *existing->delegation != '\0'
                    && strcmp (existing->delegation, organisation_of (existing)) != 0;
  if (!chosen)
    row_reader_set (&delegate->delegation, organisation_of (delegate));
}

/* A list of people who come has a column of its own for those who do not (“annulé”), or
 * one that says how each stands. */
static void take_status (RowReader *reader, Delegate *delegate)
{
  if (!row_reader_has (reader, FIELD_STATUS))
    return;
  g_autofree char *text = cells_text (reader->cells, FIELD_STATUS), *folded = text_fold (text);
  Status status = STATUS_REGISTERED;
  gpointer meant;
  if (g_hash_table_lookup_extended (reader->statuses, folded, NULL, &meant))
    status = (Status) GPOINTER_TO_UINT (meant);
  else if (*text != '\0' && !status_read (text, &status)) {
    row_reader_fault (
        reader, FIELD_STATUS, text,
        _ ("is no status that is known. Write inscrit, à confirmer or annulé (已报名, 待确认, "
           "已取消), or say what it means: --status 'WORD=pending'."));
    return;
  }
  row_reader_set (&delegate->status, status == STATUS_PENDING ? DELEGATE_PENDING : "");
  delegate->revoked
      = status == STATUS_CANCELLED || (delegate->revoked && row_reader_has (reader, FIELD_REVOKED));
  reader->counts.pending += status == STATUS_PENDING;
  reader->counts.cancelled += status == STATUS_CANCELLED;
}

/* Rows ------------------------------------------------------------------------------- */

static void take_reference (RowReader *reader, Delegate *delegate)
{
  guint faults = cells_faults (reader->cells);
  g_free (delegate->reference);
  delegate->reference = cells_text (reader->cells, FIELD_REFERENCE);
  if (cells_faults (reader->cells) > faults)
    return; /* spoiled, and said */
  if (*delegate->reference == '\0')
    row_reader_fault (reader, FIELD_REFERENCE, "",
                      _ ("there is no reference. Give the person one that nobody else has."));
  else if (!identifier_is_reference (delegate->reference)) {
    g_autofree char *reason = g_strdup_printf (_ ("cannot be a reference. Use letters without "
                                                  "accents, digits and - _ . / only, %d at most."),
                                               REFERENCE_MAX);
    row_reader_fault (reader, FIELD_REFERENCE, delegate->reference, reason);
  }
}

Delegate *row_read (RowReader *reader, const CsvRow *row, const Delegate *existing,
                    GPtrArray *faults)
{
  Delegate *delegate = existing != NULL ? delegate_copy (existing) : delegate_new ();
  gboolean whole = cells_start (reader->cells, row, faults);
  take_reference (reader, delegate);
  if (!whole)
    return delegate;
  row_reader_take_text (reader, FIELD_TITLE, &delegate->title);
  g_autofree char *function = row_names_take (reader, delegate, existing);
  take_words (reader, delegate, existing);
  take_function_behind (reader, delegate, function);
  take_category (reader, delegate);
  take_country (reader, delegate);
  take_delegation (reader, delegate, existing);
  row_names_take_pinyin (reader, delegate);
  take_email (reader, delegate);
  take_telephone (reader, delegate);
  take_events (reader, delegate);
  take_days (reader, delegate);
  take_workshops (reader, delegate);
  take_role (reader, delegate);
  take_flag (reader, FIELD_MEALS, &delegate->meals);
  take_flag (reader, FIELD_TRANSPORT, &delegate->transport);
  take_flag (reader, FIELD_HEADSET, &delegate->headset);
  row_reader_take_text (reader, FIELD_HOTEL, &delegate->hotel);
  take_message (reader, delegate);
  take_rank (reader, delegate);
  take_diet (reader, delegate);
  take_language (reader, delegate);
  take_code (reader, delegate);
  take_ribbons (reader, delegate);
  take_flag (reader, FIELD_PROTOCOL, &delegate->protocol);
  take_flag (reader, FIELD_REVOKED, &delegate->revoked);
  take_status (reader, delegate);
  return delegate;
}
