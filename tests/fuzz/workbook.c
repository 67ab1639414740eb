/* Any bytes as a workbook: its sheets and rows are read within their limits, or it is
 * refused. Bytes that are no ZIP archive are the XML of a sheet, of the texts and of
 * the formats, with a zero between them, so that what is behind the archive is
 * reached too. */
#include "../unit/roster/workbook_maker.h"
#include "roster/import_fault.h"
#include "roster/worksheet.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void read_sheet (const Workbook *workbook, guint sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Worksheet) worksheet = worksheet_open (workbook, sheet, &error);
  CsvRow row;
  guint line = 0;
  while (worksheet != NULL && worksheet_next (worksheet, &row, &error)) {
    g_assert_cmpuint (row.count, >, 0);
    g_assert_cmpuint (row.count, <=, IMPORT_COLUMNS_MAX);
    g_assert_cmpuint (row.line, >, line);
    g_assert_null (row.fields[row.count]);
    for (guint i = 0; i < row.count; i++) {
      g_assert_cmpuint (strlen (row.fields[i]), <=, IMPORT_FIELD_BYTES_MAX + 1);
      g_assert_true (g_utf8_validate (row.fields[i], -1, NULL));
    }
    line = row.line;
  }
  g_assert_true (error == NULL || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
}

static guint8 *wrap (const uint8_t *data, size_t size, gsize *length)
{
  g_autofree char *text = g_malloc0 (size + 3);
  memcpy (text, data, size);
  const char *texts = text + strlen (text) + 1;
  const char *styles = texts < text + size ? texts + strlen (texts) + 1 : text + size;
  return maker_workbook ("", texts < text + size ? texts : "<sst/>",
                         styles < text + size ? styles : "<styleSheet/>", text, length);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  gsize length = size;
  gboolean whole = workbook_is_zip (data, size);
  g_autofree guint8 *made = whole ? NULL : wrap (data, size, &length);
  g_autoptr (Workbook) workbook = workbook_open (whole ? data : made, length, &error);
  g_assert_true (workbook != NULL || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
  for (guint i = 0; workbook != NULL && i < workbook_sheets (workbook); i++)
    read_sheet (workbook, i);
  return 0;
}
