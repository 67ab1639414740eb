#include "roster/cells.h"

#include "core/identifier.h"
#include "core/text.h"
#include "core/words.h"
#include "roster/cell_text.h"
#include "roster/import_fault.h"
#include "roster/spoiled.h"
#include "roster/value.h"

#include <string.h>

/* Of the values of a field that are kept as they were read: how many, and how long. */
#define KNOWN_MAX 500
#define KNOWN_BYTES_MAX 64
#define TRANSLATED_LINES 2 /* where the headings may stand again in another language */

struct _Cells {
  ListColumns columns;
  GHashTable *known[FIELD_NONE + 1]; /* as it stands → as it was read; NULL before the first */
  /* of the row being read */
  const CsvRow *row;
  GPtrArray *faults;
};

Cells *cells_new (const List *list, const ListColumnsKnown *known, GPtrArray *notes, GError **error)
{
  g_autoptr (Cells) cells = g_new0 (Cells, 1);
  return list_columns_find (&cells->columns, list, known, notes, error) ? g_steal_pointer (&cells)
                                                                        : NULL;
}

void cells_free (Cells *cells)
{
  if (cells == NULL)
    return;
  list_columns_clear (&cells->columns);
  for (gsize i = 0; i < G_N_ELEMENTS (cells->known); i++)
    g_clear_pointer (&cells->known[i], g_hash_table_unref);
  g_free (cells);
}

gboolean cells_has (const Cells *cells, Field field)
{
  return list_columns_has (&cells->columns, field);
}

const char *cells_heading (const Cells *cells, Field field)
{
  return list_columns_heading (&cells->columns, field);
}

const char *cells_country (const Cells *cells)
{
  return cells->columns.country;
}

/* Cells ------------------------------------------------------------------------------ */

static void fault_at (Cells *cells, guint column, const char *value, const char *reason)
{
  const char *heading
      = column < cells->columns.count ? list_headings (cells->columns.list)[column] : "";
  g_autofree char *number = *heading == '\0' ? g_strdup_printf (_ ("column %u"), column + 1) : NULL;
  g_autofree char *cell = list_cell (cells->columns.list, column, cells->row->line);
  g_autofree char *named
      = *cell != '\0' ? g_strdup_printf ("%s (%s)", number != NULL ? number : heading, cell) : NULL;
  g_ptr_array_add (cells->faults,
                   import_fault_new (list_path (cells->columns.list), cells->row->line,
                                     named != NULL    ? named
                                     : number != NULL ? number
                                                      : heading,
                                     value, reason));
}

guint cells_faults (const Cells *cells)
{
  return cells->faults->len;
}

void cells_fault (Cells *cells, Field field, const char *value, const char *reason)
{
  fault_at (cells, (guint) cells->columns.fields[field], value, reason);
}

/* A fault if @text is spoiled or longer than a field may be. */
static gboolean check_cell (Cells *cells, guint column, Field field, const char *text)
{
  g_autofree char *spoiled = spoiled_reason (text, cell_text_is_name (field)  ? SPOILED_NAME
                                                   : field == FIELD_REFERENCE ? SPOILED_REFERENCE
                                                                              : SPOILED_TEXT);
  if (spoiled != NULL) {
    fault_at (cells, column, text, spoiled);
    return FALSE;
  }
  glong length = g_utf8_strlen (text, -1);
  if (length <= CELL_CHARACTERS_MAX)
    return TRUE;
  g_autofree char *reason
      = g_strdup_printf (_ ("is too long: %ld characters, and %d are possible. Shorten it."),
                         length, CELL_CHARACTERS_MAX);
  fault_at (cells, column, text, reason);
  return FALSE;
}

/* Thousands of rows say the same of an organisation, a day, a meal: it is read once. */
static const char *known_value (const Cells *cells, Field field, const char *raw)
{
  GHashTable *known = cells->known[field];
  return known != NULL ? g_hash_table_lookup (known, raw) : NULL;
}

static void keep_value (Cells *cells, Field field, const char *raw, const char *text)
{
  GHashTable **known = &cells->known[field];
  if (cell_text_is_code (field) || strlen (raw) > KNOWN_BYTES_MAX)
    return;
  if (*known == NULL)
    *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (*known) < KNOWN_MAX)
    g_hash_table_insert (*known, g_strdup (raw), g_strdup (text));
}

/* The cleaned text of a column; "" and a fault if it cannot be that of a field. */
static char *cell_at (Cells *cells, guint column, Field field)
{
  const char *raw = column < cells->row->count ? cells->row->fields[column] : "";
  const char *known = *raw != '\0' ? known_value (cells, field, raw) : "";
  if (known != NULL)
    return g_strdup (known);
  if (value_has_control (raw)) {
    fault_at (
        cells, column, raw,
        _ ("holds a control character, or one that could not be read. Write the value again."));
    return g_strdup ("");
  }
  g_autofree char *text = cell_text_clean (raw, field);
  if (cell_text_is_free (field) && value_is_nothing (text))
    return g_strdup ("");
  if (field == FIELD_EMAIL && (int) column == cells->columns.platform_email
      && strchr (text, '@') == NULL)
    return g_strdup (""); /* “anonymous” */
  if (!check_cell (cells, column, field, text))
    return g_strdup ("");
  keep_value (cells, field, raw, text);
  return g_steal_pointer (&text);
}

/* @first and what the other columns of telephone numbers hold, as far as there is
 * room. */
static char *with_telephones (Cells *cells, char *first)
{
  g_autoptr (GString) text = g_string_new (first);
  g_free (first);
  for (guint i = 0; i < cells->columns.telephones->len; i++) {
    g_autofree char *more
        = cell_at (cells, g_array_index (cells->columns.telephones, guint, i), FIELD_TELEPHONE);
    if (*more != '\0' && text->len + strlen (more) < CELL_CHARACTERS_MAX)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", more);
  }
  return g_strdup (text->str);
}

char *cells_text (Cells *cells, Field field)
{
  if (field == FIELD_TELEPHONE && cells->columns.telephones->len > 0)
    return with_telephones (cells, cell_at (cells, (guint) cells->columns.fields[field], field));
  return cells_has (cells, field) ? cell_at (cells, (guint) cells->columns.fields[field], field)
                                  : g_strdup ("");
}

static gboolean yes_no_at (Cells *cells, guint column)
{
  g_autofree char *text = cell_at (cells, column, FIELD_NONE);
  gboolean answer = FALSE;
  if (*text != '\0' && !value_yes_no (text, &answer))
    fault_at (cells, column, text, _ ("is neither yes nor no. Write oui or non, 是 or 否."));
  return answer;
}

gboolean cells_yes_no (Cells *cells, Field field)
{
  return cells_has (cells, field) && yes_no_at (cells, (guint) cells->columns.fields[field]);
}

gboolean cells_event (Cells *cells, guint index, const char **id, gboolean *answer)
{
  if (index >= cells->columns.events->len)
    return FALSE;
  const ListAnswer *column = &g_array_index (cells->columns.events, ListAnswer, index);
  *id = column->id;
  *answer = yes_no_at (cells, column->column);
  return TRUE;
}

gboolean cells_day (Cells *cells, guint index, const char **label, gboolean *answer)
{
  if (index >= cells->columns.days->len)
    return FALSE;
  const ListAnswer *column = &g_array_index (cells->columns.days, ListAnswer, index);
  *label = column->id;
  *answer = yes_no_at (cells, column->column);
  return TRUE;
}

gboolean cells_speaks (const Cells *cells, Field field)
{
  return cells_has (cells, field) || (field == FIELD_EVENTS && cells->columns.events->len > 0)
         || (field == FIELD_DAYS && cells->columns.days->len > 0);
}

gboolean cells_has_event (const Cells *cells, const char *id)
{
  for (guint i = 0; i < cells->columns.events->len; i++)
    if (g_strcmp0 (g_array_index (cells->columns.events, ListAnswer, i).id, id) == 0)
      return TRUE;
  return FALSE;
}

char *cells_reference (const Cells *cells, const CsvRow *row)
{
  guint column = (guint) cells->columns.fields[FIELD_REFERENCE];
  return cell_text_clean (column < row->count ? row->fields[column] : "", FIELD_REFERENCE);
}

gboolean cells_is_total (const Cells *cells, const CsvRow *row)
{
  static const Field NAMES[] = { FIELD_FAMILY, FIELD_GIVEN, FIELD_FULL_NAME, FIELD_NAME_ZH };
  guint totals = 0;
  guint reference = (guint) cells->columns.fields[FIELD_REFERENCE];
  gboolean has_reference = reference < row->count && *row->fields[reference] != '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    int column = cells->columns.fields[NAMES[i]];
    const char *text = column >= 0 && (guint) column < row->count ? row->fields[column] : "";
    if (*text != '\0' && !value_is_total (text) && !g_ascii_isdigit (*text))
      return FALSE;
    totals += value_is_total (text);
  }
  if (has_reference)
    return value_opens_total (row->fields[reference]);
  for (guint i = 0; totals == 0 && i < row->count; i++)
    if (*row->fields[i] != '\0')
      return value_is_total (row->fields[i]); /* in front of the table */
  return totals > 0;
}

/* The only column of the row that holds anything; -1 if there are none or several. */
static int only_filled (const CsvRow *row)
{
  int filled = -1;
  for (guint i = 0; i < row->count; i++)
    if (*row->fields[i] != '\0') {
      if (filled >= 0)
        return -1;
      filled = (int) i;
    }
  return filled;
}

char *cells_remark (const Cells *cells, const CsvRow *row)
{
  int column = only_filled (row);
  if (column < 0 || cells->columns.count < 3)
    return NULL;
  for (guint field = 0; field < FIELD_COUNT; field++)
    if (cell_text_is_name ((Field) field) && cells->columns.fields[field] == column)
      return NULL;
  g_autofree char *text = cell_text_clean (row->fields[column], FIELD_REFERENCE);
  gboolean may_be_somebody
      = column == cells->columns.fields[FIELD_REFERENCE] && identifier_is_reference (text);
  return may_be_somebody || *text == '\0' ? NULL : import_fault_shown (text);
}

/* The field of what stands in that column, read as a heading. */
static Field heading_at (const Cells *cells, const CsvRow *row, Field column)
{
  guint at = (guint) cells->columns.fields[column];
  return cells_has (cells, column) && at < row->count ? heading_field (row->fields[at], NULL)
                                                      : FIELD_NONE;
}

/* The headings again in the other language, right below them. */
static gboolean is_translated (const Cells *cells, const CsvRow *row)
{
  static const Field NAMES[] = { FIELD_FAMILY, FIELD_FULL_NAME, FIELD_NAME_ZH };
  if (row->line > list_heading_line (cells->columns.list) + TRANSLATED_LINES
      || heading_at (cells, row, FIELD_REFERENCE) != FIELD_REFERENCE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (cell_text_is_name (heading_at (cells, row, NAMES[i])))
      return TRUE;
  return FALSE;
}

gboolean cells_is_headings (const Cells *cells, const CsvRow *row)
{
  if (is_translated (cells, row))
    return TRUE;
  const char *const *headings = list_headings (cells->columns.list);
  guint same = 0;
  for (guint i = 0; i < row->count && i < cells->columns.count; i++) {
    if (*row->fields[i] == '\0' || *headings[i] == '\0')
      continue;
    g_autofree char *text = text_clean (row->fields[i]);
    if (strcmp (text, headings[i]) != 0)
      return FALSE;
    same++;
  }
  return same >= 2;
}

static void count_nameless (Cells *cells, const CsvRow *row)
{
  for (guint i = 0; i < cells->columns.nameless->len; i++) {
    ListNameless *nameless = &g_array_index (cells->columns.nameless, ListNameless, i);
    if (nameless->column >= row->count || *row->fields[nameless->column] == '\0')
      continue;
    if (nameless->values++ == 0)
      nameless->line = row->line;
  }
}

void cells_note_nameless (const Cells *cells, GPtrArray *notes)
{
  for (guint i = 0; i < cells->columns.nameless->len; i++) {
    const ListNameless *nameless = &g_array_index (cells->columns.nameless, ListNameless, i);
    if (nameless->values > 0)
      g_ptr_array_add (
          notes,
          g_strdup_printf (_ ("%s: column %u has no heading: its %u values (the first in row "
                              "%u) were passed over. Write above it what it holds."),
                           list_path (cells->columns.list), nameless->column + 1, nameless->values,
                           nameless->line));
  }
}

gboolean cells_start (Cells *cells, const CsvRow *row, GPtrArray *faults)
{
  count_nameless (cells, row);
  cells->row = row;
  cells->faults = faults;
  for (guint i = cells->columns.count; i < row->count; i++)
    if (*row->fields[i] != '\0') {
      g_autofree char *reason
          = g_strdup_printf (_ ("stands beyond the last of the %u headings. A value of this row "
                                "may hold the separator: put it between quotes."),
                             cells->columns.count);
      fault_at (cells, i, row->fields[i], reason);
      return FALSE;
    }
  if (row->count >= cells->columns.count)
    return TRUE;
  g_autofree char *reason = g_strdup_printf (
      _ ("is where the row ends, after %u of %u columns. It may be cut off: complete it."),
      row->count, cells->columns.count);
  fault_at (cells, row->count - 1, row->fields[row->count - 1], reason);
  return FALSE;
}
