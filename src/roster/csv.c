#include "roster/csv.h"

#include "core/words.h"
#include "roster/import_fault.h"

#define PIECE (64 * 1024)

struct _Csv {
  Decoder *decoder;
  char separator;
  char piece[PIECE];
  gsize at, end; /* in piece */
  gboolean ended;
  GString *text;  /* the fields of a row, each with its NUL */
  GArray *starts; /* gsize, into text */
  GPtrArray *fields;
  guint cells;      /* that held something */
  guint line;       /* of the next character */
  guint quote_line; /* where the quoted field being read began */
};

Csv *csv_new (Decoder *decoder, char separator)
{
  Csv *csv = g_new0 (Csv, 1);
  csv->decoder = decoder;
  csv->separator = separator;
  csv->text = g_string_new (NULL);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->fields = g_ptr_array_new ();
  csv->line = 1;
  return csv;
}

void csv_free (Csv *csv)
{
  if (csv == NULL)
    return;
  decoder_free (csv->decoder);
  g_string_free (csv->text, TRUE);
  g_array_unref (csv->starts);
  g_ptr_array_unref (csv->fields);
  g_free (csv);
}

gsize csv_position (const Csv *csv)
{
  return decoder_position (csv->decoder);
}

/* Makes sure there is a character to look at. FALSE at the end or with @error. */
static gboolean fill (Csv *csv, GError **error)
{
  if (csv->at < csv->end)
    return TRUE;
  if (csv->ended)
    return FALSE;
  gssize got = decoder_read (csv->decoder, csv->piece, PIECE, error);
  csv->at = 0;
  csv->end = got > 0 ? (gsize) got : 0;
  csv->ended = got <= 0;
  return got > 0;
}

/* Passes a line end whose first character is @c and has been taken. */
static gboolean finish_line (Csv *csv, char c, GError **error)
{
  g_autoptr (GError) failed = NULL;
  csv->line++;
  if (c == '\r' && fill (csv, &failed) && csv->piece[csv->at] == '\n')
    csv->at++;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  return TRUE;
}

static gboolean fail_field (const Csv *csv, guint quote_line, GError **error)
{
  if (quote_line > 0)
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("line %u: the quote (\") that opens column %u does not end within %d KiB. "
                    "Close it, or remove it."),
                 quote_line, csv->starts->len, IMPORT_FIELD_BYTES_MAX / 1024);
  else
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("line %u: column %u is longer than %d KiB. This is no list of delegates, or a "
                    "line break is missing."),
                 csv->line, csv->starts->len, IMPORT_FIELD_BYTES_MAX / 1024);
  return FALSE;
}

static gsize field_length (const Csv *csv)
{
  return csv->text->len - g_array_index (csv->starts, gsize, csv->starts->len - 1);
}

/* Adds what stands before the next line end or @stop, all at once. */
static gboolean take_until (Csv *csv, char stop, guint quote_line, GError **error)
{
  while (fill (csv, error)) {
    gsize from = csv->at;
    for (char c; csv->at < csv->end && (c = csv->piece[csv->at]) != stop && c != '\n' && c != '\r'
                 && c != '\0';)
      csv->at++;
    g_string_append_len (csv->text, csv->piece + from, (gssize) (csv->at - from));
    if (field_length (csv) > IMPORT_FIELD_BYTES_MAX)
      return fail_field (csv, quote_line, error);
    if (csv->at == csv->end)
      continue;
    if (csv->piece[csv->at] != '\0')
      return TRUE;
    g_string_append_c (csv->text, '\x01');
    csv->at++;
  }
  return FALSE;
}

/* The rest of a quoted field, whose quote has been taken, up to and with its closing
 * quote. */
static gboolean take_quoted (Csv *csv, GError **error)
{
  g_autoptr (GError) failed = NULL;
  csv->quote_line = csv->line;
  for (;;) {
    if (!take_until (csv, '"', csv->quote_line, &failed)) {
      if (failed == NULL)
        g_set_error (
            &failed, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
            _ ("line %u: the quote (\") that opens column %u never ends. Close it, or remove it."),
            csv->quote_line, csv->starts->len);
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    char c = csv->piece[csv->at++];
    if (c != '"') {
      g_string_append_c (csv->text, '\n');
      if (!finish_line (csv, c, error))
        return FALSE;
      continue;
    }
    if (!fill (csv, &failed) || csv->piece[csv->at] != '"') {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      return failed == NULL;
    }
    g_string_append_c (csv->text, '"');
    csv->at++;
  }
}

/* Two rows with a quote too many each: the second's would end the first's, and the rows
 * between be part of one value. */
static gboolean fail_stray (const Csv *csv, GError **error)
{
  g_set_error (
      error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
      _ ("the quote (\") in line %u, column %u, ends in line %u only, with text behind it. "
         "One of the two quotes is too many: remove it."),
      csv->quote_line, csv->starts->len, csv->line);
  return FALSE;
}

/* One field, and what ends it: @last is set at the end of the row. */
static gboolean take_field (Csv *csv, gboolean *last, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (csv->starts->len == IMPORT_COLUMNS_MAX) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("line %u has more than %d columns. This is no list of delegates, or a line "
                    "break is missing."),
                 csv->line, IMPORT_COLUMNS_MAX);
    return FALSE;
  }
  g_array_append_val (csv->starts, csv->text->len);
  gboolean quoted = fill (csv, &failed) && csv->piece[csv->at] == '"';
  if (quoted) {
    csv->at++;
    if (!take_quoted (csv, error))
      return FALSE;
  }
  gboolean broken = quoted && csv->line > csv->quote_line;
  gsize length = field_length (csv);
  gboolean more = failed == NULL && take_until (csv, csv->separator, 0, &failed);
  if (broken && failed == NULL && field_length (csv) > length)
    return fail_stray (csv, error);
  g_string_append_c (csv->text, '\0');
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  *last = !more;
  if (!more)
    return TRUE;
  char c = csv->piece[csv->at++];
  *last = c != csv->separator;
  return !*last || finish_line (csv, c, error);
}

gboolean csv_next (Csv *csv, CsvRow *row, GError **error)
{
  g_autoptr (GError) failed = NULL;
  for (;;) {
    if (!fill (csv, &failed)) {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    char c = csv->piece[csv->at];
    if (c != '\r' && c != '\n')
      break;
    csv->at++;
    if (!finish_line (csv, c, error))
      return FALSE;
  }
  g_string_truncate (csv->text, 0);
  g_array_set_size (csv->starts, 0);
  row->line = csv->line;
  for (gboolean last = FALSE; !last;)
    if (!take_field (csv, &last, error))
      return FALSE;
  g_ptr_array_set_size (csv->fields, 0);
  for (guint i = 0; i < csv->starts->len; i++) {
    char *field = csv->text->str + g_array_index (csv->starts, gsize, i);
    csv->cells += *field != '\0';
    g_ptr_array_add (csv->fields, field);
  }
  if (csv->cells > IMPORT_CELLS_MAX) {
    import_fault_cells (error);
    return FALSE;
  }
  g_ptr_array_add (csv->fields, NULL);
  row->fields = (const char *const *) csv->fields->pdata;
  row->count = csv->starts->len;
  return TRUE;
}
