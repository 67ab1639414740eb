#include "counts/attendance_table.h"

#include "core/words.h"

#include <string.h>

typedef enum {
  VALUE_FIELD, /* of the delegate, by its key */
  VALUE_REFERENCE,
  VALUE_CATEGORY,
  VALUE_STATUS,
  VALUE_ARRIVED,
  VALUE_INSIDE,
  VALUE_FIRST,
  VALUE_LAST,
  VALUE_PLACE,
  VALUE_ROLES
} ValueKind;

static const struct {
  TableColumn column;
  ValueKind value;
  gboolean usual;
} COLUMNS[] = {
  { { "reference", NC_ ("column", "Reference"), TABLE_TEXT, 14 }, VALUE_REFERENCE, TRUE },
  { { "title", NC_ ("column", "Form of address"), TABLE_TEXT, 9 }, VALUE_FIELD, TRUE },
  { { "family", NC_ ("column", "Family name"), TABLE_TEXT, 18 }, VALUE_FIELD, TRUE },
  { { "given", NC_ ("column", "Given name"), TABLE_TEXT, 18 }, VALUE_FIELD, TRUE },
  { { "name_zh", NC_ ("column", "Chinese name"), TABLE_TEXT, 12 }, VALUE_FIELD, TRUE },
  { { "function_fr", NC_ ("column", "Function"), TABLE_TEXT, 28 }, VALUE_FIELD, FALSE },
  { { "function_zh", NC_ ("column", "Function ({language})"), TABLE_TEXT, 22 },
    VALUE_FIELD,
    FALSE },
  { { "organisation_fr", NC_ ("column", "Organisation"), TABLE_TEXT, 28 }, VALUE_FIELD, TRUE },
  { { "organisation_zh", NC_ ("column", "Organisation ({language})"), TABLE_TEXT, 22 },
    VALUE_FIELD,
    TRUE },
  { { "category", NC_ ("column", "Category"), TABLE_TEXT, 22 }, VALUE_CATEGORY, TRUE },
  { { "delegation", NC_ ("column", "Delegation"), TABLE_TEXT, 24 }, VALUE_FIELD, FALSE },
  { { "country", NC_ ("column", "Country"), TABLE_TEXT, 7 }, VALUE_FIELD, FALSE },
  { { "email", NC_ ("column", "E-mail"), TABLE_TEXT, 28 }, VALUE_FIELD, FALSE },
  { { "telephone", NC_ ("column", "Telephone"), TABLE_TEXT, 18 }, VALUE_FIELD, FALSE },
  { { "events", NC_ ("column", "Events"), TABLE_TEXT, 18 }, VALUE_FIELD, TRUE },
  { { "days", NC_ ("column", "Days"), TABLE_TEXT, 14 }, VALUE_FIELD, TRUE },
  { { "workshops", NC_ ("column", "Workshops"), TABLE_TEXT, 14 }, VALUE_FIELD, FALSE },
  { { "role", NC_ ("column", "Role"), TABLE_TEXT, 18 }, VALUE_ROLES, FALSE },
  { { "meals", NC_ ("column", "Meals"), TABLE_YES_NO, 9 }, VALUE_FIELD, FALSE },
  { { "transport", NC_ ("column", "Transport"), TABLE_YES_NO, 9 }, VALUE_FIELD, FALSE },
  { { "headset", NC_ ("column", "Headset"), TABLE_YES_NO, 9 }, VALUE_FIELD, FALSE },
  { { "hotel", NC_ ("column", "Hotel"), TABLE_TEXT, 18 }, VALUE_FIELD, FALSE },
  { { "language", NC_ ("column", "Language"), TABLE_TEXT, 9 }, VALUE_FIELD, FALSE },
  { { "code", NC_ ("column", "Code"), TABLE_TEXT, 18 }, VALUE_FIELD, FALSE },
  { { "ribbons", NC_ ("column", "Ribbons"), TABLE_TEXT, 14 }, VALUE_FIELD, FALSE },
  { { "protocol", NC_ ("column", "Protocol"), TABLE_YES_NO, 9 }, VALUE_FIELD, FALSE },
  { { "list", NC_ ("column", "List"), TABLE_TEXT, 18 }, VALUE_FIELD, FALSE },
  { { "status", NC_ ("column", "Status"), TABLE_TEXT, 12 }, VALUE_STATUS, TRUE },
  { { "arrived", NC_ ("column", "Has arrived"), TABLE_YES_NO, 9 }, VALUE_ARRIVED, TRUE },
  { { "inside", NC_ ("column", "Is inside"), TABLE_YES_NO, 9 }, VALUE_INSIDE, TRUE },
  { { "first", NC_ ("column", "First arrival"), TABLE_TIME, 20 }, VALUE_FIRST, TRUE },
  { { "last", NC_ ("column", "Last passage"), TABLE_TIME, 20 }, VALUE_LAST, TRUE },
  { { "place", NC_ ("column", "Last place"), TABLE_TEXT, 20 }, VALUE_PLACE, TRUE },
};

struct _AttendanceTable {
  const Programme *programme;
  gboolean machine, shows_protocol;
  GArray *fields;         /* const DelegateField *: of VALUE_FIELD, else NULL */
  GArray *chosen;         /* guint: numbers in COLUMNS */
  GArray *columns;        /* TableColumn */
  GArray *values;         /* TableValue */
  GPtrArray *texts;       /* of the values */
  GHashTable *categories; /* id → words in both languages, of those that were met */
};

G_DEFINE_QUARK (attendance - table - error - quark, attendance_table_error)

const TableColumn *attendance_table_all (guint *count, guint64 *usual)
{
  static TableColumn all[G_N_ELEMENTS (COLUMNS)];
  static gsize filled;
  *count = G_N_ELEMENTS (COLUMNS);
  *usual = 0;
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    *usual |= (guint64) COLUMNS[i].usual << i;
  if (g_once_init_enter (&filled)) {
    for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
      all[i] = COLUMNS[i].column;
    g_once_init_leave (&filled, 1);
  }
  return all;
}

static void choose (AttendanceTable *table, guint number)
{
  TableValue none = { 0 };
  const DelegateField *field = NULL;
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; COLUMNS[number].value == VALUE_FIELD && i < count; i++)
    if (strcmp (fields[i].name, COLUMNS[number].column.key) == 0)
      field = &fields[i];
  g_array_append_val (table->fields, field);
  g_array_append_val (table->chosen, number);
  g_array_append_val (table->columns, COLUMNS[number].column);
  g_array_append_val (table->values, none);
}

static gboolean choose_key (AttendanceTable *table, const char *key, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    if (strcmp (COLUMNS[i].column.key, key) == 0) {
      choose (table, i);
      return TRUE;
    }
  g_autoptr (GString) keys = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? "," : "", COLUMNS[i].column.key);
  g_set_error (error, ATTENDANCE_TABLE_ERROR, ATTENDANCE_TABLE_ERROR_COLUMN,
               _ ("“%s” is no column. Write some of: %s"), key, keys->str);
  return FALSE;
}

static gboolean choose_all (AttendanceTable *table, const char *columns, GError **error)
{
  if (columns == NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
      if (COLUMNS[i].usual)
        choose (table, i);
    return TRUE;
  }
  g_auto (GStrv) keys = g_strsplit (columns, ",", -1);
  for (guint i = 0; keys[i] != NULL; i++)
    if (!choose_key (table, g_strstrip (keys[i]), error))
      return FALSE;
  return table->chosen->len > 0 || choose_key (table, "", error);
}

AttendanceTable *attendance_table_new (const char *columns, const Programme *programme,
                                       gboolean machine, GError **error)
{
  g_autoptr (AttendanceTable) table = g_new0 (AttendanceTable, 1);
  table->programme = programme;
  table->machine = machine;
  table->shows_protocol = TRUE;
  table->fields = g_array_new (FALSE, FALSE, sizeof (const DelegateField *));
  table->chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  table->columns = g_array_new (FALSE, FALSE, sizeof (TableColumn));
  table->values = g_array_new (FALSE, FALSE, sizeof (TableValue));
  table->texts = g_ptr_array_new_with_free_func (g_free);
  table->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return choose_all (table, columns, error) ? g_steal_pointer (&table) : NULL;
}

void attendance_table_free (AttendanceTable *table)
{
  if (table == NULL)
    return;
  g_array_unref (table->fields);
  g_array_unref (table->chosen);
  g_array_unref (table->columns);
  g_array_unref (table->values);
  g_ptr_array_unref (table->texts);
  g_hash_table_unref (table->categories);
  g_free (table);
}

void attendance_table_show_protocol (AttendanceTable *table, gboolean shown)
{
  table->shows_protocol = shown;
}

const TableColumn *attendance_table_columns (const AttendanceTable *table, guint *count)
{
  *count = table->columns->len;
  return (const TableColumn *) (gconstpointer) table->columns->data;
}

/* Values ----------------------------------------------------------------------------- */

static TableValue field_value (AttendanceTable *table, const Delegate *delegate,
                               const DelegateField *field)
{
  g_return_val_if_fail (field != NULL, (TableValue){ 0 });
  if (field->kind == DELEGATE_TEXT)
    return (TableValue){ .text = delegate_text (delegate, field) };
  if (field->kind == DELEGATE_FLAG)
    return (TableValue){ .number = delegate_flag (delegate, field) };
  char *text = delegate_field_text (delegate, field);
  g_ptr_array_add (table->texts, text);
  return (TableValue){ .text = text };
}

/* Of the event file, which names few; looking one up folds its words each time. */
static const char *category_text (AttendanceTable *table, const char *id)
{
  if (*id == '\0' || table->machine)
    return id;
  char *text = g_hash_table_lookup (table->categories, id);
  const ProgrammeEntry *entry = text == NULL ? programme_category (table->programme, id) : NULL;
  if (entry == NULL)
    return text != NULL ? text : id;
  text = g_strdup_printf ("%s · %s", entry->fr, entry->zh);
  g_hash_table_insert (table->categories, g_strdup (id), text);
  return text;
}

/* Words that an import reads, too (status.h). */
static const char *status_text (const AttendanceTable *table, const Delegate *delegate)
{
  const char *word = delegate->revoked           ? NC_ ("status", "cancelled")
                     : *delegate->status != '\0' ? NC_ ("status", "to be confirmed")
                                                 : NC_ ("status", "registered");
  if (!table->machine)
    return words_for_in (WORDS_FIRST, "status", word);
  return !delegate->revoked && *delegate->status != '\0' ? delegate->status : word;
}

/* By what a person is known who is to arrive quietly; the delegation is no secret. */
static gboolean tells_who (guint number)
{
  static const char *const KEYS[]
      = { "reference", "title",     "family", "given",    "name_zh", "function_fr", "function_zh",
          "email",     "telephone", "code",   "protocol", "role",    "hotel",       NULL };
  return g_strv_contains (KEYS, COLUMNS[number].column.key);
}

static TableValue value_of (AttendanceTable *table, const AttendanceRow *row, guint index)
{
  guint number = g_array_index (table->chosen, guint, index);
  const Delegate *delegate = row->delegate;
  if (delegate->protocol && !table->shows_protocol && tells_who (number))
    return (TableValue){ 0 };
  switch (COLUMNS[number].value) {
  case VALUE_REFERENCE:
    return (TableValue){ .text = delegate->reference };
  case VALUE_CATEGORY:
    return (TableValue){ .text = category_text (table, delegate->category) };
  case VALUE_STATUS:
    return (TableValue){ .text = status_text (table, delegate) };
  case VALUE_ARRIVED:
    return (TableValue){ .number = row->arrived };
  case VALUE_INSIDE:
    return (TableValue){ .number = row->inside };
  case VALUE_FIRST:
    return (TableValue){ .number = row->first_ms };
  case VALUE_LAST:
    return (TableValue){ .number = row->last_ms };
  case VALUE_PLACE:
    return (TableValue){ .text = row->last_place };
  case VALUE_ROLES:
    return (TableValue){ .text = delegate_roles (delegate) };
  case VALUE_FIELD:
    break;
  }
  return field_value (table, delegate, g_array_index (table->fields, const DelegateField *, index));
}

const TableValue *attendance_table_values (AttendanceTable *table, const AttendanceRow *row)
{
  TableValue *values = (TableValue *) (gpointer) table->values->data;
  g_ptr_array_set_size (table->texts, 0);
  for (guint i = 0; i < table->chosen->len; i++)
    values[i] = value_of (table, row, i);
  return values;
}
