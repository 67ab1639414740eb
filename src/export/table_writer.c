#include "export/table_writer.h"

#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "export/spreadsheet.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

G_DEFINE_QUARK (table - writer - error - quark, table_writer_error)

struct _TableWriter {
  TableFormat format;
  char *path, *part;  /* NULL: standard output */
  FILE *file;         /* CSV, JSON */
  Spreadsheet *sheet; /* XLSX */
  const TableColumn *columns;
  guint count, rows;
  GTimeZone *zone;
  GString *line;
  char separator;
  gboolean begun;   /* the headings are written */
  GPtrArray *notes; /* char *: label and text by turns */
};

gboolean table_writer_format_from_path (const char *path, TableFormat *format)
{
  static const char *const ENDINGS[]
      = { [TABLE_CSV] = ".csv", [TABLE_XLSX] = ".xlsx", [TABLE_JSON] = ".json" };
  g_autofree char *small = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (g_str_has_suffix (small, ENDINGS[i])) {
      *format = (TableFormat) i;
      return TRUE;
    }
  return FALSE;
}

static gboolean fail (const TableWriter *writer, int number, GError **error)
{
  g_set_error (error, TABLE_WRITER_ERROR, TABLE_WRITER_ERROR_OUTPUT, _ ("writing %s: %s"),
               writer->path != NULL ? writer->path : _ ("the table"), g_strerror (number));
  return FALSE;
}

/* The local time of @ms, and its offset in seconds. */
static void local_time (const TableWriter *writer, gint64 ms, struct tm *local, gint32 *offset)
{
  gint64 seconds = ms / 1000;
  gint interval = g_time_zone_find_interval (writer->zone, G_TIME_TYPE_UNIVERSAL, seconds);
  *offset = interval >= 0 ? g_time_zone_get_offset (writer->zone, interval) : 0;
  time_t shifted = (time_t) (seconds + *offset);
  gmtime_r (&shifted, local);
}

/* CSV -------------------------------------------------------------------------------- */

static void append_csv (GString *line, const char *text)
{
  gboolean quoted = strpbrk (text, "\",;\r\n\t") != NULL;
  g_string_append (line, quoted ? "\"" : "");
  g_string_append (line, text_is_formula (text) ? "'" : "");
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1) {
    g_string_append_len (line, text, quote - text + 1);
    g_string_append_c (line, '"');
  }
  g_string_append (line, text);
  g_string_append (line, quoted ? "\"" : "");
}

/* "2016-10-26 09:12:00"; with @zone "2016-10-26T09:12:00+08:00"; nothing for no time. */
static void append_time (const TableWriter *writer, GString *text, gint64 ms, gboolean zone)
{
  struct tm local;
  gint32 offset;
  if (ms == 0)
    return;
  local_time (writer, ms, &local, &offset);
  g_string_append_printf (text, "%04d-%02d-%02d%c%02d:%02d:%02d", local.tm_year + 1900,
                          local.tm_mon + 1, local.tm_mday, zone ? 'T' : ' ', local.tm_hour,
                          local.tm_min, local.tm_sec);
  if (zone)
    g_string_append_printf (text, "%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 3600,
                            ABS (offset) / 60 % 60);
}

static void append_csv_value (const TableWriter *writer, const TableColumn *column,
                              const TableValue *value)
{
  switch (column->kind) {
  case TABLE_TEXT:
    append_csv (writer->line, value->text != NULL ? value->text : "");
    break;
  case TABLE_NUMBER:
    g_string_append_printf (writer->line, "%" G_GINT64_FORMAT, value->number);
    break;
  case TABLE_YES_NO:
    g_string_append (writer->line,
                     words_for_in (WORDS_FIRST, "cell",
                                   value->number != 0 ? NC_ ("cell", "yes") : NC_ ("cell", "no")));
    break;
  case TABLE_TIME:
    append_time (writer, writer->line, value->number, FALSE);
  }
}

static gboolean put_line (TableWriter *writer, GError **error)
{
  errno = 0;
  if (fwrite (writer->line->str, 1, writer->line->len, writer->file) != writer->line->len)
    return fail (writer, errno, error);
  return TRUE;
}

static void end_csv_field (TableWriter *writer, guint column)
{
  if (column + 1 < writer->count)
    g_string_append_c (writer->line, writer->separator);
  else
    g_string_append (writer->line, "\r\n");
}

static gboolean begin_csv (TableWriter *writer, GError **error)
{
  g_string_assign (writer->line, "\xef\xbb\xbf");
  for (guint i = 0; i < writer->count; i++) {
    g_autofree char *heading = table_column_heading (&writer->columns[i]);
    append_csv (writer->line, heading);
    end_csv_field (writer, i);
  }
  return put_line (writer, error);
}

static gboolean csv_row (TableWriter *writer, const TableValue *values, GError **error)
{
  g_string_truncate (writer->line, 0);
  for (guint i = 0; i < writer->count; i++) {
    append_csv_value (writer, &writer->columns[i], &values[i]);
    end_csv_field (writer, i);
  }
  return put_line (writer, error);
}

static gboolean csv_notes (TableWriter *writer, GError **error)
{
  g_string_assign (writer->line, writer->notes->len > 0 ? "\r\n" : "");
  for (guint i = 0; i + 1 < writer->notes->len; i += 2) {
    append_csv (writer->line, writer->notes->pdata[i]);
    g_string_append_c (writer->line, writer->separator);
    append_csv (writer->line, writer->notes->pdata[i + 1]);
    g_string_append (writer->line, "\r\n");
  }
  return put_line (writer, error);
}

/* JSON ------------------------------------------------------------------------------- */

static void append_json (const TableWriter *writer, JsonOut *out, const TableColumn *column,
                         const TableValue *value)
{
  switch (column->kind) {
  case TABLE_TEXT:
    json_out_string (out, column->key, value->text != NULL ? value->text : "");
    break;
  case TABLE_NUMBER:
    json_out_int (out, column->key, value->number);
    break;
  case TABLE_YES_NO:
    json_out_bool (out, column->key, value->number != 0);
    break;
  case TABLE_TIME: {
    g_autoptr (GString) made = g_string_new (NULL);
    append_time (writer, made, value->number, TRUE);
    json_out_string (out, column->key, made->str);
  }
  }
}

static gboolean json_row (TableWriter *writer, const TableValue *values, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  for (guint i = 0; i < writer->count; i++)
    append_json (writer, out, &writer->columns[i], &values[i]);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  g_string_assign (writer->line, writer->rows > 0 ? ",\n" : "[");
  g_string_append (writer->line, text);
  return put_line (writer, error);
}

/* All -------------------------------------------------------------------------------- */

static gboolean open_output (TableWriter *writer, const char *title, GError **error)
{
  if (writer->format == TABLE_XLSX) {
    writer->sheet
        = spreadsheet_new (writer->part, title, writer->columns, writer->count, writer->zone);
    return writer->sheet != NULL || fail (writer, errno != 0 ? errno : EIO, error);
  }
  writer->file = writer->part != NULL ? g_fopen (writer->part, "wb") : stdout;
  return writer->file != NULL || fail (writer, errno, error);
}

TableWriter *table_writer_open (TableFormat format, const char *path, const char *title,
                                const TableColumn *columns, guint count, GTimeZone *zone,
                                GError **error)
{
  TableWriter *writer = g_new0 (TableWriter, 1);
  writer->format = format;
  writer->path = g_strdup (path);
  writer->part = path != NULL ? g_strconcat (path, ".part", NULL) : NULL;
  writer->columns = columns;
  writer->count = count;
  writer->zone = g_time_zone_ref (zone);
  writer->line = g_string_new (NULL);
  writer->separator = ',';
  writer->notes = g_ptr_array_new_with_free_func (g_free);
  if (open_output (writer, title, error))
    return writer;
  table_writer_abandon (writer);
  return NULL;
}

void table_writer_separate (TableWriter *writer, char separator)
{
  writer->separator = separator;
}

void table_writer_note (TableWriter *writer, Pair label, const char *text)
{
  g_ptr_array_add (writer->notes, words_line (label));
  g_ptr_array_add (writer->notes, g_strdup (text));
}

guint table_writer_rows (const TableWriter *writer)
{
  return writer->rows;
}

/* The headings, once; a workbook has its own. */
static gboolean begin (TableWriter *writer, GError **error)
{
  gboolean due = writer->format == TABLE_CSV && !writer->begun;
  writer->begun = TRUE;
  return !due || begin_csv (writer, error);
}

gboolean table_writer_row (TableWriter *writer, const TableValue *values, GError **error)
{
  gboolean written = FALSE;
  if (!begin (writer, error))
    return FALSE;
  if (writer->format == TABLE_XLSX && writer->rows >= SPREADSHEET_ROWS_MAX)
    g_set_error (error, TABLE_WRITER_ERROR, TABLE_WRITER_ERROR_ROWS,
                 _ ("writing %s: a sheet has room for %d rows. Write a CSV file, or fewer rows."),
                 writer->path, SPREADSHEET_ROWS_MAX);
  else if (writer->format == TABLE_XLSX)
    written = spreadsheet_row (writer->sheet, values) || fail (writer, EIO, error);
  else
    written = (writer->format == TABLE_CSV ? csv_row : json_row) (writer, values, error);
  writer->rows += written;
  return written;
}

static void writer_free (TableWriter *writer)
{
  g_free (writer->path);
  g_free (writer->part);
  g_time_zone_unref (writer->zone);
  g_string_free (writer->line, TRUE);
  g_ptr_array_unref (writer->notes);
  g_free (writer);
}

void table_writer_abandon (TableWriter *writer)
{
  if (writer == NULL)
    return;
  spreadsheet_abandon (writer->sheet);
  if (writer->file != NULL && writer->file != stdout)
    fclose (writer->file);
  if (writer->part != NULL)
    g_unlink (writer->part);
  writer_free (writer);
}

static gboolean end_file (TableWriter *writer, GError **error)
{
  if (!begin (writer, error) || (writer->format == TABLE_CSV && !csv_notes (writer, error)))
    return FALSE;
  if (writer->format == TABLE_JSON) {
    g_string_assign (writer->line, writer->rows > 0 ? "]\n" : "[]\n");
    if (!put_line (writer, error))
      return FALSE;
  }
  errno = 0;
  gboolean whole = fflush (writer->file) == 0
                   && (writer->file == stdout || fsync (fileno (writer->file)) == 0);
  return whole || fail (writer, errno, error);
}

static gboolean end_output (TableWriter *writer, GError **error)
{
  if (writer->format != TABLE_XLSX)
    return end_file (writer, error);
  errno = 0;
  if (writer->notes->len > 0)
    spreadsheet_notes (writer->sheet, (const char *const *) writer->notes->pdata,
                       writer->notes->len);
  return spreadsheet_close (g_steal_pointer (&writer->sheet))
         || fail (writer, errno != 0 ? errno : EIO, error);
}

gboolean table_writer_close (TableWriter *writer, GError **error)
{
  gboolean whole = end_output (writer, error);
  if (whole && writer->part != NULL && g_rename (writer->part, writer->path) != 0)
    whole = fail (writer, errno, error);
  table_writer_abandon (writer);
  return whole;
}
