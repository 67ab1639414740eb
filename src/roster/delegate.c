#include "roster/delegate.h"

#include "core/text.h"
#include "core/typeset.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

#define TEXT(field)                                                                                \
  {                                                                                                \
#field, DELEGATE_TEXT, G_STRUCT_OFFSET(Delegate, field)                                        \
  }
#define LIST(field)                                                                                \
  {                                                                                                \
#field, DELEGATE_LIST, G_STRUCT_OFFSET(Delegate, field)                                        \
  }
#define FLAG(field)                                                                                \
  {                                                                                                \
#field, DELEGATE_FLAG, G_STRUCT_OFFSET(Delegate, field)                                        \
  }

/* As COLUMNS below, which starts with the reference. */
static const DelegateField FIELDS[] = {
  TEXT (list),
  TEXT (title),
  TEXT (family),
  TEXT (given),
  TEXT (name_zh),
  TEXT (function_fr),
  TEXT (function_zh),
  TEXT (organisation_fr),
  TEXT (organisation_zh),
  TEXT (category),
  TEXT (delegation),
  TEXT (country),
  TEXT (email),
  TEXT (telephone),
  LIST (events),
  LIST (days),
  LIST (workshops),
  TEXT (role),
  FLAG (meals),
  FLAG (transport),
  FLAG (headset),
  TEXT (hotel),
  TEXT (rank),
  LIST (diet),
  TEXT (language),
  TEXT (code),
  LIST (ribbons),
  FLAG (protocol),
  FLAG (revoked),
  TEXT (status),
  TEXT (message),
};

#define COLUMNS                                                                                    \
  "d.reference, d.list, d.title, d.family, d.given, d.name_zh, d.function_fr, d.function_zh, "     \
  "d.organisation_fr, d.organisation_zh, d.category, d.delegation, d.country, d.email, "           \
  "d.telephone, d.events, d.days, d.workshops, d.role, d.meals, d.transport, d.headset, "          \
  "d.hotel, d.rank, d.diet, d.language, d.code, d.ribbons, d.protocol, d.revoked, d.status, "      \
  "d.message, d.said, d.volunteer, d.at, d.roles, "                                                \
  "EXISTS (SELECT 1 FROM correction c WHERE c.reference = d.reference), "                          \
  "EXISTS (SELECT 1 FROM appointment p WHERE p.reference = d.reference)"

static const char BY_REFERENCE[]
    = "SELECT " COLUMNS " FROM delegate d WHERE d.reference = :reference";
static const char BY_CODE[]
    = "SELECT " COLUMNS " FROM delegate d WHERE d.code = :code AND d.code <> '' ORDER BY "
      "d.reference"; /* the same on every replica, should two have it */
static const char BY_NUMBER[] = "SELECT " COLUMNS " FROM delegate d WHERE d.number = :number";
static const char ALL[] = "SELECT " COLUMNS " FROM delegate d ORDER BY d.reference";
/* A session's id has only letters, digits and dashes: as a word of these texts. */
static const char NEAR[]
    = "SELECT " COLUMNS
      " FROM delegate d WHERE (:delegation = '' OR d.delegation = :delegation) AND "
      "(:session = '' OR instr (d.workshops, :session) OR instr (d.roles, :session)) ORDER BY "
      "d.reference";
static const char LIST_OF[] = "SELECT list FROM delegate WHERE reference = :reference";
static const char OF_LIST[]
    = "SELECT reference FROM delegate WHERE list = :list AND revoked = 0 ORDER BY reference";
static const char LISTED[] = "SELECT f.body, d.said, d.volunteer FROM delegate d JOIN fact f ON "
                             "f.station = d.station AND f.seq = d.seq "
                             "WHERE d.reference = :reference";
static const char STATE[] = "SELECT count (*), max (ifnull (max (at), 0), "
                            "ifnull ((SELECT max (at) FROM correction), 0)) FROM delegate";
/* Values ----------------------------------------------------------------------------- */

/* One place of a Delegate, constant or not: what is done there is up to the caller. */
static gpointer place (const Delegate *delegate, const DelegateField *field)
{
  return (gpointer) ((guintptr) delegate + field->offset);
}

static char **text_at (const Delegate *delegate, const DelegateField *field)
{
  return place (delegate, field);
}

static char ***list_at (const Delegate *delegate, const DelegateField *field)
{
  return place (delegate, field);
}

static gboolean *flag_at (const Delegate *delegate, const DelegateField *field)
{
  return place (delegate, field);
}

const DelegateField *delegate_fields (guint *count)
{
  *count = G_N_ELEMENTS (FIELDS);
  return FIELDS;
}

Delegate *delegate_new (void)
{
  Delegate *delegate = g_new0 (Delegate, 1);
  delegate->reference = g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].kind == DELEGATE_TEXT)
      *text_at (delegate, &FIELDS[i]) = g_strdup ("");
    else if (FIELDS[i].kind == DELEGATE_LIST)
      *list_at (delegate, &FIELDS[i]) = g_new0 (char *, 1);
  delegate->said = g_strdup ("");
  delegate->volunteer = g_strdup ("");
  return delegate;
}

Delegate *delegate_copy (const Delegate *delegate)
{
  Delegate *copy = g_new0 (Delegate, 1);
  copy->reference = g_strdup (delegate->reference);
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    delegate_field_copy (copy, delegate, &FIELDS[i]);
  copy->said = g_strdup (delegate->said);
  copy->volunteer = g_strdup (delegate->volunteer);
  copy->roles = g_strdup (delegate->roles);
  copy->corrected = delegate->corrected;
  copy->appointed = delegate->appointed;
  copy->at = delegate->at;
  return copy;
}

void delegate_free (Delegate *delegate)
{
  if (delegate == NULL)
    return;
  g_free (delegate->reference);
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].kind == DELEGATE_TEXT)
      g_free (*text_at (delegate, &FIELDS[i]));
    else if (FIELDS[i].kind == DELEGATE_LIST)
      g_strfreev (*list_at (delegate, &FIELDS[i]));
  g_free (delegate->said);
  g_free (delegate->volunteer);
  g_free (delegate->roles);
  g_free (delegate);
}

const char *delegate_text (const Delegate *delegate, const DelegateField *field)
{
  return *text_at (delegate, field);
}

char *const *delegate_list (const Delegate *delegate, const DelegateField *field)
{
  return *list_at (delegate, field);
}

gboolean delegate_flag (const Delegate *delegate, const DelegateField *field)
{
  return *flag_at (delegate, field);
}

gboolean delegate_field_equal (const Delegate *a, const Delegate *b, const DelegateField *field)
{
  if (field->kind == DELEGATE_TEXT)
    return strcmp (*text_at (a, field), *text_at (b, field)) == 0;
  if (field->kind == DELEGATE_LIST)
    return g_strv_equal ((const char *const *) *list_at (a, field),
                         (const char *const *) *list_at (b, field));
  return !*flag_at (a, field) == !*flag_at (b, field);
}

void delegate_field_copy (Delegate *to, const Delegate *from, const DelegateField *field)
{
  if (to == from)
    return;
  if (field->kind == DELEGATE_TEXT) {
    g_free (*text_at (to, field));
    *text_at (to, field) = g_strdup (*text_at (from, field));
  } else if (field->kind == DELEGATE_LIST) {
    g_strfreev (*list_at (to, field));
    *list_at (to, field) = g_strdupv (*list_at (from, field));
  } else
    *flag_at (to, field) = *flag_at (from, field);
}

char *delegate_field_text (const Delegate *delegate, const DelegateField *field)
{
  if (field->kind == DELEGATE_TEXT)
    return g_strdup (*text_at (delegate, field));
  if (field->kind == DELEGATE_LIST)
    return g_strjoinv (", ", *list_at (delegate, field));
  return g_strdup (*flag_at (delegate, field) ? _ ("yes") : _ ("no"));
}

gboolean delegate_equal (const Delegate *a, const Delegate *b)
{
  if (strcmp (a->reference, b->reference) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (!delegate_field_equal (a, b, &FIELDS[i]))
      return FALSE;
  return TRUE;
}

gboolean delegate_second_leads (const Delegate *delegate)
{
  static const char *const COUNTRIES[] = { "CN", "HK", "MO", "TW", "SG", NULL };
  if (!words_is_chinese (WORDS_SECOND))
    return strcmp (delegate->language, words_key (WORDS_SECOND)) == 0;
  if (*delegate->name_zh == '\0')
    return FALSE;
  return g_strv_contains (COUNTRIES, delegate->country)
         || (*delegate->family == '\0' && *delegate->given == '\0');
}

char *delegate_display_name (const Delegate *delegate)
{
  gboolean chinese = delegate_second_leads (delegate);
  const char *const parts[]
      = { chinese ? delegate->name_zh : "", chinese ? delegate->family : delegate->given,
          chinese ? delegate->given : delegate->family };
  g_autoptr (GString) name = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", parts[i]);
  return g_strdup (name->str);
}

char *delegate_latin_name (const Delegate *delegate)
{
  g_autofree char *family
      = typeset_family (delegate->family, strcmp (delegate->country, "TR") == 0),
      *given = typeset_french (delegate->given);
  gboolean leads = delegate_second_leads (delegate);
  return g_strstrip (g_strjoin (" ", leads ? family : given, leads ? given : family, NULL));
}

const char *delegate_roles (const Delegate *delegate)
{
  return delegate->roles != NULL ? delegate->roles : delegate->role;
}

void delegate_field_to_json (const Delegate *delegate, const DelegateField *field, JsonOut *out)
{
  if (field->kind == DELEGATE_TEXT)
    json_out_string (out, field->name, *text_at (delegate, field));
  else if (field->kind == DELEGATE_LIST)
    json_out_strings (out, field->name, (const char *const *) *list_at (delegate, field));
  else
    json_out_bool (out, field->name, *flag_at (delegate, field));
}

void delegate_field_from_json (Delegate *delegate, const DelegateField *field, JsonValue *object)
{
  if (field->kind == DELEGATE_TEXT) {
    const char *text = json_in_string (object, field->name);
    g_free (*text_at (delegate, field));
    *text_at (delegate, field) = g_strdup (text != NULL ? text : "");
  } else if (field->kind == DELEGATE_LIST) {
    g_strfreev (*list_at (delegate, field));
    *list_at (delegate, field) = json_in_strings (object, field->name);
  } else
    *flag_at (delegate, field) = json_in_bool (object, field->name);
}

void delegate_put_json (const Delegate *delegate, JsonOut *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].kind == DELEGATE_TEXT)
      json_out_string_if (out, FIELDS[i].name, *text_at (delegate, &FIELDS[i]));
    else if (FIELDS[i].kind == DELEGATE_LIST)
      json_out_strings_if (out, FIELDS[i].name,
                           (const char *const *) *list_at (delegate, &FIELDS[i]));
    else
      json_out_bool_if (out, FIELDS[i].name, *flag_at (delegate, &FIELDS[i]));
}

char *delegate_to_json (const Delegate *delegate)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  delegate_put_json (delegate, out);
  json_out_end_object (out);
  return json_out_finish (out);
}

/* The fields of a fact's body; the reference is left empty. */
static Delegate *delegate_from_json (JsonValue *object)
{
  Delegate *delegate = delegate_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    delegate_field_from_json (delegate, &FIELDS[i], object);
  return delegate;
}

/* Reading ---------------------------------------------------------------------------- */

/* The strings of a JSON array in a column of the projection. Most hold no escapes and are
 * what stands between the quotes; searches read hundreds of them. */
static char **list_of_json (const char *json)
{
  if (json[0] == '\0' || strcmp (json, "[]") == 0)
    return g_new0 (char *, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (strchr (json, '\\') == NULL) {
    g_auto (GStrv) parts = g_strsplit (json, "\"", -1);
    for (guint i = 1; parts[i] != NULL && parts[i + 1] != NULL; i += 2)
      g_strv_builder_add (builder, parts[i]);
    return g_strv_builder_end (builder);
  }
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; i < json_in_length (array); i++)
    if (json_in_element_string (array, i) != NULL)
      g_strv_builder_add (builder, json_in_element_string (array, i));
  return g_strv_builder_end (builder);
}

static Delegate *delegate_of_row (Query *query)
{
  Delegate *delegate = g_new0 (Delegate, 1);
  delegate->reference = g_strdup (query_text (query, 0));
  for (gsize i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    int column = (int) i + 1;
    if (FIELDS[i].kind == DELEGATE_TEXT)
      *text_at (delegate, &FIELDS[i]) = g_strdup (query_text (query, column));
    else if (FIELDS[i].kind == DELEGATE_LIST)
      *list_at (delegate, &FIELDS[i]) = list_of_json (query_text (query, column));
    else
      *flag_at (delegate, &FIELDS[i]) = query_int (query, column) != 0;
  }
  int after = (int) G_N_ELEMENTS (FIELDS) + 1;
  delegate->said = g_strdup (query_text (query, after));
  delegate->volunteer = g_strdup (query_text (query, after + 1));
  delegate->at = (HybridTime) query_int (query, after + 2);
  delegate->roles = g_strdup (query_text (query, after + 3));
  delegate->corrected = query_int (query, after + 4) != 0;
  delegate->appointed = query_int (query, after + 5) != 0;
  return delegate;
}

/* The first row, or NULL. Ends @query. */
static Delegate *only_row (Query *query, GError **error)
{
  g_autoptr (Delegate) delegate = query_next (query) ? delegate_of_row (query) : NULL;
  return query_end (query, error) ? g_steal_pointer (&delegate) : NULL;
}

Delegate *delegate_load (Journal *journal, const char *reference, GError **error)
{
  Query *query = journal_query (journal, BY_REFERENCE, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  return only_row (query, error);
}

Delegate *delegate_load_listed (Journal *journal, const char *reference, GError **error)
{
  Query *query = journal_query (journal, LISTED, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  gboolean found = query_next (query);
  g_autoptr (JsonIn) in = json_in_parse (found ? query_text (query, 0) : "{}", -1, NULL);
  g_autoptr (Delegate) delegate
      = in != NULL ? delegate_from_json (json_in_root (in)) : delegate_new ();
  g_free (delegate->reference);
  delegate->reference = g_strdup (reference);
  if (found) {
    g_free (delegate->said);
    delegate->said = g_strdup (query_text (query, 1));
    g_free (delegate->volunteer);
    delegate->volunteer = g_strdup (query_text (query, 2));
  }
  return query_end (query, error) ? g_steal_pointer (&delegate) : NULL;
}

Delegate *delegate_load_by_code (Journal *journal, const char *code, GError **error)
{
  Query *query = journal_query (journal, BY_CODE, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":code", code);
  return only_row (query, error);
}

Delegate *delegate_load_by_number (Journal *journal, gint64 number, GError **error)
{
  Query *query = journal_query (journal, BY_NUMBER, error);
  if (query == NULL)
    return NULL;
  query_bind_int (query, ":number", number);
  return only_row (query, error);
}

/* @query may be NULL, with @error. */
static gboolean visit (Query *query, DelegateVisit function, gpointer data, GError **error)
{
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    g_autoptr (Delegate) delegate = delegate_of_row (query);
    function (delegate, data);
  }
  return query_end (query, error);
}

gboolean delegate_each (Journal *journal, DelegateVisit function, gpointer data, GError **error)
{
  return visit (journal_query (journal, ALL, error), function, data, error);
}

gboolean delegate_each_near (Journal *journal, const char *delegation, const char *session,
                             DelegateVisit function, gpointer data, GError **error)
{
  Query *query = journal_query (journal, NEAR, error);
  if (query != NULL) {
    query_bind_text (query, ":delegation", delegation != NULL ? delegation : "");
    query_bind_text (query, ":session", session != NULL ? session : "");
  }
  return visit (query, function, data, error);
}

GPtrArray *delegate_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) delegate_free);
  Query *query = journal_query (journal, ALL, error);
  if (query == NULL)
    return NULL;
  while (query_next (query))
    g_ptr_array_add (all, delegate_of_row (query));
  return query_end (query, error) ? g_steal_pointer (&all) : NULL;
}

char *delegate_list_of (Journal *journal, const char *reference, GError **error)
{
  Query *query = journal_query (journal, LIST_OF, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  g_autofree char *list = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&list) : NULL;
}

gboolean delegate_each_of_list (Journal *journal, const char *list, DelegateFunction function,
                                gpointer data, GError **error)
{
  Query *query = journal_query (journal, OF_LIST, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":list", list);
  while (query_next (query))
    function (query_text (query, 0), data);
  return query_end (query, error);
}

gboolean delegate_state (Journal *journal, gint64 *count, gint64 *latest, GError **error)
{
  Query *query = journal_query (journal, STATE, error);
  if (query == NULL)
    return FALSE;
  *count = *latest = 0;
  if (query_next (query)) {
    *count = query_int (query, 0);
    *latest = query_int (query, 1);
  }
  return query_end (query, error);
}
