#include "roster/worksheet.h"

#include "core/words.h"
#include "roster/import_fault.h"
#include "roster/xml_stream.h"

#include <string.h>

#define PIECE (16 * 1024)

typedef struct {
  guint column;
  gsize start; /* in the text of the piece */
} Cell;

typedef struct {
  guint line, first, count; /* first: of its cells */
} Row;

/* Cells that are merged downwards. */
typedef struct {
  guint row, column, last_row;
} Merge;

/* A value that goes on downwards in its column. */
typedef struct {
  guint last_row;
  char *value;
} Fill;

typedef enum { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_BOOLEAN, VALUE_DATE } ValueKind;

struct _Worksheet {
  const Workbook *workbook;
  guint sheet;
  GArray *merges; /* Merge, by row and column */
  guint64 position, size;
  guint64 cell_count;
  guint hidden_rows;   /* that hold anything */
  gboolean row_hidden; /* the one being scanned, of which nothing was seen yet */
  /* reading */
  ZipPart *part;
  XmlStream *stream;
  char *piece;
  gboolean ended;
  GError *failed;
  GString *text;   /* of the cells */
  GArray *cells;   /* Cell */
  GArray *rows;    /* Row, whole ones */
  guint next_row;  /* of them */
  gboolean in_row; /* one is being read: what of it there is, is at the end of cells */
  guint line;      /* of the row read last */
  guint row_first; /* its first cell */
  /* the cell being read */
  guint column;
  guint64 style;
  ValueKind kind;
  GString *value, *formula;
  gboolean has_formula, in_value, in_formula, in_reading;
  /* giving rows */
  guint next_merge;
  Fill fills[IMPORT_COLUMNS_MAX];
  guint width;
  const char *fields[IMPORT_COLUMNS_MAX + 1];
};

static void fail_here (Worksheet *worksheet, char *message)
{
  if (worksheet->failed == NULL)
    worksheet->failed = g_error_new_literal (IMPORT_ERROR, IMPORT_ERROR_FORMAT, message);
  g_free (message);
  xml_stream_stop (worksheet->stream);
}

/* "BC12" → column 54 and row 12, from 0 and from 1; FALSE if it is no place. */
static gboolean read_place (const char *text, guint *column, guint *row)
{
  guint64 letters = 0, digits = 0;
  const char *p = text;
  for (; g_ascii_isalpha (*p) && letters < 100000; p++)
    letters = letters * 26 + (guint64) (g_ascii_toupper (*p) - 'A' + 1);
  for (; g_ascii_isdigit (*p) && digits < 100000000; p++)
    digits = digits * 10 + (guint64) (*p - '0');
  *column = (guint) letters - 1;
  *row = (guint) digits;
  return letters > 0 && digits > 0;
}

/* The first reading: limits and merged cells ----------------------------------------- */

static void add_merge (Worksheet *worksheet, const char *range)
{
  guint column, row, last_column, last_row;
  const char *colon = strchr (range, ':');
  if (colon == NULL || !read_place (range, &column, &row)
      || !read_place (colon + 1, &last_column, &last_row))
    return;
  if (last_row <= row || column >= IMPORT_COLUMNS_MAX)
    return;
  Merge merge = { row, column, last_row };
  if (worksheet->merges->len >= WORKSHEET_MERGES_MAX)
    fail_here (worksheet, g_strdup (_ ("it has more merged cells than can be read. Remove the "
                                       "merging (Home, Merge), and save it again.")));
  else
    g_array_append_val (worksheet->merges, merge);
}

static void start_scan (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Worksheet *worksheet = data;
  char range[64];
  gboolean filled = strcmp (name, "v") == 0 || strcmp (name, "is") == 0;
  if (filled && ++worksheet->cell_count > IMPORT_CELLS_MAX && worksheet->failed == NULL) {
    import_fault_cells (&worksheet->failed);
    xml_stream_stop (worksheet->stream);
  }
  if (strcmp (name, "row") == 0) {
    const char *hidden = xml_stream_attribute (attributes, "hidden", range, sizeof range);
    worksheet->row_hidden = hidden != NULL && (*hidden == '1' || *hidden == 't');
  } else if (filled && worksheet->row_hidden) {
    worksheet->hidden_rows++;
    worksheet->row_hidden = FALSE;
  }
  if (strcmp (name, "mergeCell") == 0
      && xml_stream_attribute (attributes, "ref", range, sizeof range) != NULL)
    add_merge (worksheet, range);
}

static int compare_merges (gconstpointer a, gconstpointer b)
{
  const Merge *x = a, *y = b;
  return x->row != y->row         ? (x->row < y->row ? -1 : 1)
         : x->column != y->column ? (x->column < y->column ? -1 : 1)
                                  : 0;
}

/* Rows ------------------------------------------------------------------------------- */

static void start_row (Worksheet *worksheet, const XmlAttributes *attributes)
{
  char number[32];
  const char *found = xml_stream_attribute (attributes, "r", number, sizeof number);
  guint64 line = found != NULL ? g_ascii_strtoull (found, NULL, 10) : worksheet->line + 1;
  if (line <= worksheet->line || line > 100000000)
    return fail_here (worksheet,
                      g_strdup (_ ("the workbook is damaged (its rows are not in order). "
                                   "Open it in Excel and save it again.")));
  worksheet->line = (guint) line;
  worksheet->in_row = TRUE;
  worksheet->row_first = worksheet->cells->len;
  worksheet->column = G_MAXUINT; /* one before the first */
}

static void end_row (Worksheet *worksheet)
{
  Row row = { worksheet->line, worksheet->row_first, worksheet->cells->len - worksheet->row_first };
  worksheet->in_row = FALSE;
  if (row.count > 0)
    g_array_append_val (worksheet->rows, row);
}

static ValueKind kind_of (const char *type)
{
  return type == NULL || strcmp (type, "n") == 0 ? VALUE_NUMBER
         : strcmp (type, "s") == 0               ? VALUE_SHARED
         : strcmp (type, "b") == 0               ? VALUE_BOOLEAN
         : strcmp (type, "d") == 0               ? VALUE_DATE
                                                 : VALUE_TEXT;
}

static void start_cell (Worksheet *worksheet, const XmlAttributes *attributes)
{
  char value[32];
  guint column, row;
  const char *place = xml_stream_attribute (attributes, "r", value, sizeof value);
  guint next = worksheet->column + 1;
  worksheet->column = place != NULL && read_place (place, &column, &row) ? column : next;
  if (worksheet->column < next)
    return fail_here (worksheet, g_strdup (_ ("the workbook is damaged (its cells are not in "
                                              "order). Open it in Excel and save it again.")));
  const char *style = xml_stream_attribute (attributes, "s", value, sizeof value);
  worksheet->style = style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0;
  worksheet->kind = kind_of (xml_stream_attribute (attributes, "t", value, sizeof value));
  g_string_truncate (worksheet->value, 0);
  g_string_truncate (worksheet->formula, 0);
  worksheet->has_formula = FALSE;
}

/* The text of a number: what is plain already stays as it is. */
static void append_number (Worksheet *worksheet)
{
  const char *text = worksheet->value->str;
  const NumberFormat *format = workbook_format (worksheet->workbook, worksheet->style);
  gsize sign = *text == '-';
  gsize digits = strspn (text + sign, "0123456789");
  char *end;
  if (number_format_is_general (format) && digits > 0 && digits <= 15 && text[sign + digits] == '\0'
      && (text[sign] != '0' || digits == 1)) {
    g_string_append (worksheet->text, text);
    return;
  }
  double value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0') {
    g_string_append (worksheet->text, text);
    return;
  }
  g_autofree char *shown
      = number_format_show (format, value, workbook_is_1904 (worksheet->workbook));
  g_string_append (worksheet->text, shown);
}

/* 2016-10-26T00:00:00 → 2016-10-26 */
static void append_date (Worksheet *worksheet)
{
  gsize start = worksheet->text->len;
  g_string_append (worksheet->text, worksheet->value->str);
  if (worksheet->text->len > start + 10 && worksheet->text->str[start + 10] == 'T')
    worksheet->text->str[start + 10] = ' ';
  if (g_str_has_prefix (worksheet->text->str + MIN (start + 10, worksheet->text->len), " 00:00"))
    g_string_truncate (worksheet->text, start + 10);
}

static void append_value (Worksheet *worksheet)
{
  GString *text = worksheet->text;
  const char *value = worksheet->value->str, *shared;
  switch (worksheet->kind) {
  case VALUE_SHARED:
    shared = workbook_text (worksheet->workbook, g_ascii_strtoull (value, NULL, 10));
    if (shared == NULL && *value != '\0')
      fail_here (worksheet, g_strdup (_ ("the workbook is damaged (a text is missing). Open it in "
                                         "Excel and save it again, or fetch it again.")));
    else if (shared != NULL)
      g_string_append (text, shared);
    break;
  case VALUE_NUMBER:
    if (*value != '\0')
      append_number (worksheet);
    break;
  case VALUE_BOOLEAN:
    g_string_append (text, *value == '1' || *value == 't' ? "TRUE" : *value != '\0' ? "FALSE" : "");
    break;
  case VALUE_DATE:
    append_date (worksheet);
    break;
  case VALUE_TEXT: {
    gsize start = text->len;
    g_string_append (text, value);
    workbook_unescape (text, start);
    break;
  }
  }
}

static void end_cell (Worksheet *worksheet)
{
  Cell cell = { worksheet->column, worksheet->text->len };
  if (worksheet->has_formula && worksheet->kind != VALUE_TEXT && worksheet->value->len == 0)
    g_string_append_printf (worksheet->text, "=%s", worksheet->formula->str);
  else
    append_value (worksheet);
  gsize length = worksheet->text->len - cell.start;
  if (length == 0)
    return;
  g_string_append_c (worksheet->text, '\0');
  if (cell.column >= IMPORT_COLUMNS_MAX)
    fail_here (worksheet,
               g_strdup_printf (_ ("row %u has more than %d columns. This is no list of delegates, "
                                   "or something stands far beside it: delete that."),
                                worksheet->line, IMPORT_COLUMNS_MAX));
  else if (length > IMPORT_FIELD_BYTES_MAX)
    fail_here (worksheet,
               g_strdup_printf (_ ("row %u: column %u is longer than %d KiB. This is no list of "
                                   "delegates."),
                                worksheet->line, cell.column + 1, IMPORT_FIELD_BYTES_MAX / 1024));
  else
    g_array_append_val (worksheet->cells, cell);
}

/* Elements --------------------------------------------------------------------------- */

static void start_element (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Worksheet *worksheet = data;
  if (strcmp (name, "row") == 0)
    start_row (worksheet, attributes);
  else if (!worksheet->in_row)
    return;
  else if (strcmp (name, "c") == 0)
    start_cell (worksheet, attributes);
  else if (strcmp (name, "v") == 0 || (strcmp (name, "t") == 0 && !worksheet->in_reading))
    worksheet->in_value = TRUE;
  else if (strcmp (name, "f") == 0)
    worksheet->in_formula = worksheet->has_formula = TRUE;
  else if (strcmp (name, "rPh") == 0)
    worksheet->in_reading = TRUE;
}

static void end_element (gpointer data, const char *name)
{
  Worksheet *worksheet = data;
  if (!worksheet->in_row)
    return;
  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    worksheet->in_value = FALSE;
  else if (strcmp (name, "f") == 0)
    worksheet->in_formula = FALSE;
  else if (strcmp (name, "rPh") == 0)
    worksheet->in_reading = FALSE;
  else if (strcmp (name, "c") == 0)
    end_cell (worksheet);
  else if (strcmp (name, "row") == 0)
    end_row (worksheet);
}

static void take_text (gpointer data, const char *text, gsize length)
{
  Worksheet *worksheet = data;
  if (worksheet->in_value)
    workbook_append (worksheet->value, 0, text, length);
  else if (worksheet->in_formula)
    workbook_append (worksheet->formula, 0, text, length);
}

/* Pieces ----------------------------------------------------------------------------- */

static const XmlHandlers SCAN = { .start = start_scan };
static const XmlHandlers ROWS = { .start = start_element, .end = end_element, .text = take_text };

static gboolean restart (Worksheet *worksheet, const XmlHandlers *handlers, GError **error)
{
  g_clear_pointer (&worksheet->stream, xml_stream_free);
  g_clear_pointer (&worksheet->part, zip_part_free);
  worksheet->part = workbook_sheet_part (worksheet->workbook, worksheet->sheet, error);
  worksheet->stream = xml_stream_new (handlers, worksheet);
  worksheet->position = 0;
  worksheet->ended = FALSE;
  return worksheet->part != NULL;
}

/* Reads one piece more. FALSE with @error. */
static gboolean read_piece (Worksheet *worksheet, GError **error)
{
  gssize got = zip_part_read (worksheet->part, worksheet->piece, PIECE, error);
  if (got < 0
      || !xml_stream_feed (worksheet->stream, worksheet->piece, (gsize) got, got == 0, error))
    return FALSE;
  worksheet->position += (guint64) got;
  worksheet->ended = got == 0;
  if (worksheet->failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&worksheet->failed));
  return FALSE;
}

static gboolean scan (Worksheet *worksheet, GError **error)
{
  if (!restart (worksheet, &SCAN, error))
    return FALSE;
  while (!worksheet->ended)
    if (!read_piece (worksheet, error))
      return FALSE;
  worksheet->size = worksheet->position;
  g_array_sort (worksheet->merges, compare_merges);
  return TRUE;
}

Worksheet *worksheet_open (const Workbook *workbook, guint sheet, GError **error)
{
  g_autoptr (Worksheet) worksheet = g_new0 (Worksheet, 1);
  worksheet->workbook = workbook;
  worksheet->sheet = sheet;
  worksheet->piece = g_malloc (PIECE);
  worksheet->merges = g_array_new (FALSE, FALSE, sizeof (Merge));
  worksheet->text = g_string_new (NULL);
  worksheet->value = g_string_new (NULL);
  worksheet->formula = g_string_new (NULL);
  worksheet->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  worksheet->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  if (!scan (worksheet, error) || !worksheet_rewind (worksheet, error))
    return NULL;
  return g_steal_pointer (&worksheet);
}

void worksheet_free (Worksheet *worksheet)
{
  if (worksheet == NULL)
    return;
  xml_stream_free (worksheet->stream);
  zip_part_free (worksheet->part);
  g_free (worksheet->piece);
  g_array_unref (worksheet->merges);
  g_string_free (worksheet->text, TRUE);
  g_string_free (worksheet->value, TRUE);
  g_string_free (worksheet->formula, TRUE);
  g_array_unref (worksheet->cells);
  g_array_unref (worksheet->rows);
  for (guint i = 0; i < IMPORT_COLUMNS_MAX; i++)
    g_free (worksheet->fills[i].value);
  g_clear_error (&worksheet->failed);
  g_free (worksheet);
}

gboolean worksheet_rewind (Worksheet *worksheet, GError **error)
{
  for (guint i = 0; i < IMPORT_COLUMNS_MAX; i++) {
    g_clear_pointer (&worksheet->fills[i].value, g_free);
    worksheet->fills[i].last_row = 0;
  }
  g_string_truncate (worksheet->text, 0);
  g_array_set_size (worksheet->cells, 0);
  g_array_set_size (worksheet->rows, 0);
  worksheet->next_row = worksheet->next_merge = worksheet->width = worksheet->line = 0;
  worksheet->in_row = worksheet->in_value = worksheet->in_formula = worksheet->in_reading = FALSE;
  return restart (worksheet, &ROWS, error);
}

/* Giving rows ------------------------------------------------------------------------ */

/* Forgets the rows that have been given; what there is of the next one moves to the
 * front. */
static void forget_rows (Worksheet *worksheet)
{
  guint first = worksheet->in_row ? worksheet->row_first : worksheet->cells->len;
  gsize start = first < worksheet->cells->len ? g_array_index (worksheet->cells, Cell, first).start
                                              : worksheet->text->len;
  g_string_erase (worksheet->text, 0, (gssize) start);
  if (first > 0)
    g_array_remove_range (worksheet->cells, 0, first);
  for (guint i = 0; i < worksheet->cells->len; i++)
    g_array_index (worksheet->cells, Cell, i).start -= start;
  g_array_set_size (worksheet->rows, 0);
  worksheet->next_row = worksheet->row_first = 0;
}

/* Values that go on downwards: begins those of this row, gives those of rows above. */
static void fill_down (Worksheet *worksheet, guint line)
{
  for (; worksheet->next_merge < worksheet->merges->len; worksheet->next_merge++) {
    const Merge *merge = &g_array_index (worksheet->merges, Merge, worksheet->next_merge);
    if (merge->row > line)
      break;
    if (merge->row < line || *worksheet->fields[merge->column] == '\0')
      continue;
    Fill *fill = &worksheet->fills[merge->column];
    g_free (fill->value);
    *fill = (Fill){ merge->last_row, g_strdup (worksheet->fields[merge->column]) };
  }
  for (guint i = 0; i < IMPORT_COLUMNS_MAX; i++) {
    if (worksheet->fills[i].last_row < line || *worksheet->fields[i] != '\0')
      continue;
    worksheet->fields[i] = worksheet->fills[i].value;
    worksheet->width = MAX (worksheet->width, i + 1);
  }
}

gboolean worksheet_next (Worksheet *worksheet, CsvRow *row, GError **error)
{
  while (worksheet->next_row == worksheet->rows->len) {
    forget_rows (worksheet);
    if (worksheet->ended || !read_piece (worksheet, error))
      return FALSE;
  }
  const Row *next = &g_array_index (worksheet->rows, Row, worksheet->next_row++);
  for (guint i = 0; i < IMPORT_COLUMNS_MAX; i++)
    worksheet->fields[i] = "";
  for (guint i = 0; i < next->count; i++) {
    const Cell *cell = &g_array_index (worksheet->cells, Cell, next->first + i);
    worksheet->fields[cell->column] = worksheet->text->str + cell->start;
    worksheet->width = MAX (worksheet->width, cell->column + 1);
  }
  fill_down (worksheet, next->line);
  worksheet->fields[worksheet->width] = NULL;
  *row = (CsvRow){ worksheet->fields, worksheet->width, next->line };
  return TRUE;
}

guint64 worksheet_position (const Worksheet *worksheet)
{
  return worksheet->position;
}

guint worksheet_hidden_rows (const Worksheet *worksheet)
{
  return worksheet->hidden_rows;
}

guint64 worksheet_size (const Worksheet *worksheet)
{
  return worksheet->size;
}
