#include "roster/cells.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/import_fault.h"
#include "roster/value.h"

/* A column that says yes or no to an event. */
typedef struct {
  guint column;
  const char *id;
} EventColumn;

struct _Cells {
  const List *list;
  int columns[FIELD_COUNT]; /* -1: the list has none */
  GArray *events;           /* EventColumn */
  guint heading_count;
  const char *country;
  /* of the row being read */
  const CsvRow *row;
  GPtrArray *faults;
};

gboolean cells_has (const Cells *cells, Field field)
{
  return cells->columns[field] >= 0;
}

const char *cells_heading (const Cells *cells, Field field)
{
  return cells_has (cells, field) ? list_headings (cells->list)[cells->columns[field]] : "";
}

/* Columns
 * --------------------------------------------------------------------------------------------------------------------------------------------
 */

gboolean cells_knows_heading (const char *heading, gpointer data)
{
  return *heading != '\0'
         && (heading_field (heading, NULL) != FIELD_NONE
             || programme_event (data, heading) != NULL);
}

static gboolean fail_twice (const List *list, const char *first, const char *second, GError **error)
{
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: line %u: the headings “%s” and “%s” mean the same. Remove or rename one of "
                  "the columns."),
               list_path (list), list_heading_line (list), first, second);
  return FALSE;
}

static gboolean take_event_column (Cells *cells, guint column, const ProgrammeEntry *event,
                                   GError **error)
{
  const char *const *headings = list_headings (cells->list);
  for (guint i = 0; i < cells->events->len; i++) {
    EventColumn *known = &g_array_index (cells->events, EventColumn, i);
    if (known->id == event->id)
      return fail_twice (cells->list, headings[known->column], headings[column], error);
  }
  EventColumn taken = { .column = column, .id = event->id };
  g_array_append_val (cells->events, taken);
  return TRUE;
}

static void note_unknown (const List *list, const GString *unknown, GPtrArray *notes)
{
  if (unknown->len > 0)
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s: columns not known and passed over: %s"),
                                             list_path (list), unknown->str));
}

static gboolean take_columns (Cells *cells, const Programme *programme, GPtrArray *notes,
                              GError **error)
{
  const char *const *headings = list_headings (cells->list);
  g_autoptr (GString) unknown = g_string_new (NULL);
  guint languages[3] = { 0 };
  for (guint i = 0; headings[i] != NULL; i++) {
    HeadingLanguage language = HEADING_ENGLISH;
    Field field = heading_field (headings[i], &language);
    const ProgrammeEntry *event
        = field == FIELD_NONE ? programme_event (programme, headings[i]) : NULL;
    if (*headings[i] == '\0')
      continue;
    if (event != NULL) {
      if (!take_event_column (cells, i, event, error))
        return FALSE;
    } else if (field == FIELD_NONE) {
      g_string_append_printf (unknown, "%s“%s”", unknown->len > 0 ? ", " : "", headings[i]);
    } else if (cells->columns[field] >= 0) {
      return fail_twice (cells->list, headings[cells->columns[field]], headings[i], error);
    } else {
      cells->columns[field] = (int) i;
      languages[language]++;
    }
  }
  cells->country = languages[HEADING_FRENCH] > languages[HEADING_CHINESE]   ? "FR"
                   : languages[HEADING_CHINESE] > languages[HEADING_FRENCH] ? "CN"
                                                                            : "";
  note_unknown (cells->list, unknown, notes);
  return TRUE;
}

static gboolean check_needed (const Cells *cells, GError **error)
{
  const char *missing = !cells_has (cells, FIELD_REFERENCE) ? heading_name (FIELD_REFERENCE)
                        : !cells_has (cells, FIELD_FAMILY) && !cells_has (cells, FIELD_FULL_NAME)
                                && !cells_has (cells, FIELD_NAME_ZH)
                            ? heading_name (FIELD_FAMILY)
                            : NULL;
  if (missing == NULL)
    return TRUE;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: line %u: there is no column “%s”. Add it, or name it so."),
               list_path (cells->list), list_heading_line (cells->list), missing);
  return FALSE;
}

Cells *cells_new (const List *list, const Programme *programme, GPtrArray *notes, GError **error)
{
  g_autoptr (Cells) cells = g_new0 (Cells, 1);
  cells->list = list;
  cells->events = g_array_new (FALSE, FALSE, sizeof (EventColumn));
  for (const char *const *heading = list_headings (list); *heading != NULL; heading++)
    cells->heading_count++;
  for (guint i = 0; i < FIELD_COUNT; i++)
    cells->columns[i] = -1;
  if (!take_columns (cells, programme, notes, error) || !check_needed (cells, error))
    return NULL;
  return g_steal_pointer (&cells);
}

void cells_free (Cells *cells)
{
  if (cells == NULL)
    return;
  g_array_unref (cells->events);
  g_free (cells);
}

const char *cells_country (const Cells *cells)
{
  return cells->country;
}

/* Cells
 * ----------------------------------------------------------------------------------------------------------------------------------------------
 */

static void fault_at (Cells *cells, guint column, const char *value, const char *reason)
{
  const char *heading = column < cells->heading_count ? list_headings (cells->list)[column] : "";
  g_autofree char *number = *heading == '\0' ? g_strdup_printf (_ ("column %u"), column + 1) : NULL;
  g_ptr_array_add (cells->faults,
                   import_fault_new (list_path (cells->list), cells->row->line,
                                     number != NULL ? number : heading, value, reason));
}

guint cells_faults (const Cells *cells)
{
  return cells->faults->len;
}

void cells_fault (Cells *cells, Field field, const char *value, const char *reason)
{
  fault_at (cells, (guint) cells->columns[field], value, reason);
}

/* The cleaned text of a column; "" and a fault if it cannot be that of a field. */
static char *cell_at (Cells *cells, guint column)
{
  const char *raw = column < cells->row->count ? cells->row->fields[column] : "";
  if (value_has_control (raw)) {
    fault_at (
        cells, column, raw,
        _ ("holds a control character, or one that could not be read. Write the value again."));
    return g_strdup ("");
  }
  g_autofree char *text = text_clean (raw);
  glong length = g_utf8_strlen (text, -1);
  if (length <= CELL_CHARACTERS_MAX)
    return g_steal_pointer (&text);
  g_autofree char *reason
      = g_strdup_printf (_ ("is too long: %ld characters, and %d are possible. Shorten it."),
                         length, CELL_CHARACTERS_MAX);
  fault_at (cells, column, text, reason);
  return g_strdup ("");
}

char *cells_text (Cells *cells, Field field)
{
  return cells_has (cells, field) ? cell_at (cells, (guint) cells->columns[field]) : g_strdup ("");
}

static gboolean yes_no_at (Cells *cells, guint column)
{
  g_autofree char *text = cell_at (cells, column);
  gboolean answer = FALSE;
  if (*text != '\0' && !value_yes_no (text, &answer))
    fault_at (cells, column, text, _ ("is neither yes nor no. Write oui or non, 是 or 否."));
  return answer;
}

gboolean cells_yes_no (Cells *cells, Field field)
{
  return cells_has (cells, field) && yes_no_at (cells, (guint) cells->columns[field]);
}

gboolean cells_event (Cells *cells, guint index, const char **id, gboolean *answer)
{
  if (index >= cells->events->len)
    return FALSE;
  const EventColumn *column = &g_array_index (cells->events, EventColumn, index);
  *id = column->id;
  *answer = yes_no_at (cells, column->column);
  return TRUE;
}

char *cells_reference (const Cells *cells, const CsvRow *row)
{
  guint column = (guint) cells->columns[FIELD_REFERENCE];
  return text_clean (column < row->count ? row->fields[column] : "");
}

gboolean cells_start (Cells *cells, const CsvRow *row, GPtrArray *faults)
{
  cells->row = row;
  cells->faults = faults;
  for (guint i = cells->heading_count; i < row->count; i++)
    if (*row->fields[i] != '\0') {
      g_autofree char *reason
          = g_strdup_printf (_ ("stands beyond the last of the %u headings. A value of this row "
                                "may hold the separator: put it between quotes."),
                             cells->heading_count);
      fault_at (cells, i, row->fields[i], reason);
      return FALSE;
    }
  if (row->count >= cells->heading_count)
    return TRUE;
  g_autofree char *reason = g_strdup_printf (
      _ ("is where the row ends, after %u of %u columns. It may be cut off: complete it."),
      row->count, cells->heading_count);
  fault_at (cells, row->count - 1, row->fields[row->count - 1], reason);
  return FALSE;
}
