/* Any bytes as a page of HTML in UTF-8: its tables are read within their limits, or it is
 * refused. */
#include "roster/html_table.h"
#include "roster/import_fault.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  CsvRow row;
  html_table_is (data, size);
  g_autoptr (Decoder) decoder = decoder_new (data, size, ENCODING_UTF8);
  g_autoptr (GPtrArray) grids = html_table_read (decoder, &error);
  g_assert_true (grids != NULL || error->domain == IMPORT_ERROR);
  for (guint i = 0; grids != NULL && i < grids->len; i++)
    while (grid_next (g_ptr_array_index (grids, i), &row)) {
      g_assert_cmpuint (row.count, <=, IMPORT_COLUMNS_MAX);
      for (guint k = 0; k < row.count; k++)
        g_assert_true (g_utf8_validate (row.fields[k], -1, NULL));
    }
  return 0;
}
