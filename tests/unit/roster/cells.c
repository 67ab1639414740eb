/* The cells of a list's rows. */
#include "roster/cells.h"

#include "roster/import_fault.h"
#include "unit/roster/replica.h"

#include <string.h>

static List *open_list (const char *path, Programme *programme, GError **error)
{
  ListColumnsKnown known = { .programme = programme };
  const ListOptions options = { .knows = list_columns_knows, .data = &known, .hint = "" };
  return list_open (path, &options, error);
}

static void test_row (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = replica_file (&replica, "list.csv",
                                        "Note;Référence;Foire;Nom;Couleur;Repas;Rencontres\n"
                                        "x; FR-1 ;oui;Martin;aucune;;non\n",
                                        -1);
  const ListColumnsKnown known = { .programme = programme };
  g_autoptr (List) list = open_list (path, programme, &error);
  g_assert_no_error (error);
  g_autoptr (Cells) cells = cells_new (list, &known, notes, &error);
  g_assert_no_error (error);
  g_assert_true (cells_has (cells, FIELD_REFERENCE));
  g_assert_false (cells_has (cells, FIELD_DAYS));
  g_assert_cmpstr (cells_heading (cells, FIELD_REFERENCE), ==, "Référence");
  g_assert_cmpstr (cells_heading (cells, FIELD_DAYS), ==, "");
  g_assert_cmpstr (cells_country (cells), ==, "FR");
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "“Note”, “Couleur”"));

  CsvRow row;
  g_autoptr (GPtrArray) faults
      = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  g_assert_true (list_next (list, &row, &error));
  g_autofree char *reference = cells_reference (cells, &row);
  g_assert_cmpstr (reference, ==, "FR-1");
  g_assert_true (cells_start (cells, &row, faults));
  g_autofree char *family = cells_text (cells, FIELD_FAMILY),
                  *days = cells_text (cells, FIELD_DAYS);
  g_assert_cmpstr (family, ==, "Martin");
  g_assert_cmpstr (days, ==, "");
  g_assert_false (cells_yes_no (cells, FIELD_MEALS));
  const char *id;
  gboolean answer;
  g_assert_true (cells_event (cells, 0, &id, &answer));
  g_assert_cmpstr (id, ==, "foire");
  g_assert_true (answer);
  g_assert_true (cells_event (cells, 1, &id, &answer));
  g_assert_cmpstr (id, ==, "rencontres");
  g_assert_false (answer);
  g_assert_false (cells_event (cells, 2, &id, &answer));
  g_assert_cmpuint (faults->len, ==, 0);
  cells_fault (cells, FIELD_FAMILY, "x", "is a test");
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpuint (cells_faults (cells), ==, 1);
  g_assert_cmpstr (((ImportFault *) g_ptr_array_index (faults, 0))->column, ==, "Nom");
  replica_free (&replica);
}

/* A value beyond the headings is found by the number of its column. */
static void test_beyond (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path
      = replica_file (&replica, "list.csv", "Référence;Nom\nFR-1;Martin;;trop\n", -1);
  const ListColumnsKnown known = { .programme = programme };
  g_autoptr (List) list = open_list (path, programme, &error);
  g_autoptr (Cells) cells = cells_new (list, &known, notes, &error);
  g_assert_no_error (error);
  CsvRow row;
  g_autoptr (GPtrArray) faults
      = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  g_assert_true (list_next (list, &row, &error));
  g_assert_false (cells_start (cells, &row, faults));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((ImportFault *) g_ptr_array_index (faults, 0))->column, ==, "column 4");
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/row", test_row);
  g_test_add_func ("/cells/beyond", test_beyond);
  return g_test_run ();
}
