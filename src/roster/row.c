#include "roster/row.h"

#include "core/identifier.h"
#include "core/telephone.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/cells.h"
#include "roster/row_names.h"
#include "roster/row_rights.h"
#include "roster/status.h"
#include "roster/value.h"

#include <string.h>

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

/* Category --------------------------------------------------------------------------- */

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
    row_reader_add_once (diets, known != NULL ? known : parts[i]);
  }
  row_reader_set_list (&delegate->diet, diets);
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
  row_rights_take (reader, delegate);
  take_flag (reader, FIELD_MEALS, &delegate->meals);
  take_flag (reader, FIELD_TRANSPORT, &delegate->transport);
  take_flag (reader, FIELD_HEADSET, &delegate->headset);
  row_reader_take_text (reader, FIELD_HOTEL, &delegate->hotel);
  take_message (reader, delegate);
  take_rank (reader, delegate);
  take_diet (reader, delegate);
  take_language (reader, delegate);
  take_code (reader, delegate);
  row_rights_take_ribbons (reader, delegate);
  take_flag (reader, FIELD_PROTOCOL, &delegate->protocol);
  take_flag (reader, FIELD_REVOKED, &delegate->revoked);
  take_status (reader, delegate);
  return delegate;
}
