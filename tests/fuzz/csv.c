/* Any text as separated values: rows end, none is empty, lines only go up, and what is
 * read again from what was written comes to the same fields. The first byte chooses the
 * separator. */
#include "roster/csv.h"
#include "roster/import_fault.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* @row as RFC 4180 has it. */
static void write_row (GString *text, const CsvRow *row, char separator)
{
  for (guint i = 0; i < row->count; i++) {
    g_auto (GStrv) parts = g_strsplit (row->fields[i], "\"", -1);
    g_autofree char *quoted = g_strjoinv ("\"\"", parts);
    if (i > 0)
      g_string_append_c (text, separator);
    g_string_append_printf (text, "\"%s\"", quoted);
  }
  g_string_append (text, "\r\n");
}

static void check_again (const GString *text, char separator, guint rows)
{
  g_autoptr (Csv) csv
      = csv_new (decoder_new ((const guint8 *) text->str, text->len, ENCODING_UTF8), separator);
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CsvRow row;
  guint count = 0;
  for (; csv_next (csv, &row, &error); count++)
    write_row (again, &row, separator);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, rows);
  g_assert_cmpstr (again->str, ==, text->str);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) written = g_string_new (NULL);
  CsvRow row;
  guint line = 0, rows = 0;

  if (size == 0)
    return 0;
  char separator = ",;\t"[data[0] % 3];
  g_autoptr (Csv) csv = csv_new (decoder_new (data + 1, size - 1, ENCODING_UTF8), separator);
  for (; csv_next (csv, &row, &error); rows++) {
    g_assert_cmpuint (row.count, >, 0);
    g_assert_cmpuint (row.count, <=, IMPORT_COLUMNS_MAX);
    g_assert_cmpuint (row.line, >, line);
    g_assert_null (row.fields[row.count]);
    for (guint i = 0; i < row.count; i++)
      g_assert_cmpuint (strlen (row.fields[i]), <=, IMPORT_FIELD_BYTES_MAX + 1);
    line = row.line;
    write_row (written, &row, separator);
  }
  g_assert_true (error == NULL || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
  check_again (written, separator, rows);
  return 0;
}
