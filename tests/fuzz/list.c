/* Any bytes as a list of delegates, whatever kind of file it is: it is refused by
 * name, or each of its rows comes to a person or to faults that say where. A person's
 * texts are clean; the same row read over her again, as when the same list is
 * imported again, is no news. */
#include "core/text.h"
#include "refused_container.h"
#include "roster/old_workbook.h"
#include "roster/import_fault.h"
#include "roster/row.h"
#include "roster/value.h"
#include "../unit/roster/replica.h"

#include <stdint.h>
#include <string.h>

#define ROWS_MAX 50

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static Programme *programme; /* kept for the next input */

static void read_programme (void)
{
  Replica replica = replica_new (TRUE);
  g_autoptr (GError) error = NULL;
  programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  replica_free (&replica);
}

static void check_texts (const Delegate *delegate)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++) {
    g_autofree char *text = delegate_field_text (delegate, &fields[i]);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_false (value_has_control (text));
  }
}

static void check_faults (const GPtrArray *faults, guint line)
{
  for (guint i = 0; i < faults->len; i++) {
    const ImportFault *fault = g_ptr_array_index (faults, i);
    g_assert_cmpuint (fault->line, ==, line);
    g_assert_cmpstr (fault->reason, !=, "");
  }
}

static void read_row (RowReader *reader, const CsvRow *row)
{
  g_autoptr (GPtrArray) faults
      = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  g_autoptr (Delegate) first = row_read (reader, row, NULL, faults);
  check_faults (faults, row->line);
  if (faults->len > 0)
    return;
  check_texts (first);
  g_autoptr (Delegate) again = row_read (reader, row, first, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  if (!delegate_equal (first, again)) {
    g_autofree char *a = delegate_to_json (first), *b = delegate_to_json (again);
    g_assert_cmpstr (a, ==, b);
  }
}

static void read_list (List *list)
{
  const ListColumnsKnown known = { .programme = programme };
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Cells *cells = cells_new (list, &known, notes, &error);
  if (cells == NULL) {
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    return;
  }
  g_autoptr (RowReader) reader = row_reader_new (cells, programme, NULL, NULL);
  CsvRow row;
  for (guint i = 0; i < ROWS_MAX && list_next (list, &row, &error); i++)
    if (!cells_is_total (cells, &row) && !cells_is_headings (cells, &row))
      read_row (reader, &row);
  g_assert_true (error == NULL || error->domain == IMPORT_ERROR);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static Replica place;
  if (programme == NULL) {
    read_programme ();
    place.folder = g_dir_make_tmp ("accueil-fuzz-XXXXXX", NULL);
  }
  g_autofree char *path = replica_file (&place, "list", (const char *) data, (gssize) size);
  ListColumnsKnown known = { .programme = programme };
  const ListOptions options = { .knows = list_columns_knows, .data = &known, .hint = "" };
  g_autoptr (GError) error = NULL;
  gboolean old = old_workbook_is (data, size);
  if (old)
    refused_container_begin ();
  g_autoptr (List) list = list_open (path, &options, &error);
  if (old)
    refused_container_end ();
  if (list != NULL)
    read_list (list);
  else {
    g_assert_true (error->domain == IMPORT_ERROR);
    g_assert_nonnull (strstr (error->message, path));
  }
  return 0;
}
