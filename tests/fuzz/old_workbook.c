/* Any bytes as an old workbook: its sheets are read within their limits, or it is
 * refused. Bytes that are no OLE container are the stream of records inside one, so
 * that what is behind the container is reached too. */
#include "../unit/roster/biff_maker.h"
#include "refused_container.h"
#include "roster/import_fault.h"
#include "roster/old_workbook.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void read_grid (Grid *grid)
{
  CsvRow row;
  guint line = 0;
  while (grid_next (grid, &row)) {
    g_assert_cmpuint (row.count, <=, IMPORT_COLUMNS_MAX);
    g_assert_cmpuint (row.line, >, line);
    g_assert_null (row.fields[row.count]);
    for (guint i = 0; i < row.count; i++)
      g_assert_true (g_utf8_validate (row.fields[i], -1, NULL));
    line = row.line;
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  gsize length = size;
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* libgsf warns of what is damaged */
  gboolean whole = old_workbook_is (data, size);
  g_autofree guint8 *made = whole ? NULL : maker_container ("Workbook", data, size, &length);
  refused_container_begin ();
  g_autoptr (GPtrArray) grids = old_workbook_read (whole ? data : made, length, &error);
  refused_container_end ();
  g_assert_true (grids != NULL || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
  for (guint i = 0; grids != NULL && i < grids->len; i++)
    read_grid (g_ptr_array_index (grids, i));
  return 0;
}
