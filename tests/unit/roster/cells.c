/* Columns of a list, and the cells of its rows. */
#include "roster/cells.h"

#include "roster/import_fault.h"
#include "unit/roster/replica.h"

#include <string.h>

static List *open_list (const char *path, Programme *programme, GError **error)
{
  CellsKnown known = { .programme = programme };
  const ListOptions options = { .knows = cells_knows_heading, .data = &known, .hint = "" };
  return list_open (path, &options, error);
}

static void test_columns (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = replica_file (&replica, "list.csv",
                                        "Note;Référence;Foire;Nom;Couleur;Repas;Rencontres\n"
                                        "x; FR-1 ;oui;Martin;aucune;;non\n",
                                        -1);
  const CellsKnown known = { .programme = programme };
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

static void test_refused (void)
{
  static const char *const ROWS[][2] = {
    { "Référence;Nom;reference\n", "“Référence” and “reference” mean the same" },
    { "Référence;Nom;Nom de famille\n", "“Nom” and “Nom de famille” mean the same" },
    { "Référence;Nom;Rencontres;会议\n", "“Rencontres” and “会议” mean the same" },
    { "Référence;Nom;26/10;26 octobre\n", "“26/10” and “26 octobre” mean the same" },
    { "Nom;Prénom\n", "there is no column “référence" },
    { "Référence;Prénom\n", "there is no column “nom" },
  };
  g_autoptr (GError) problem = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &problem);
  g_assert_no_error (problem);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *path = replica_file (&replica, "list.csv", ROWS[i][0], -1);
    const CellsKnown known = { .programme = programme };
    g_autoptr (List) list = open_list (path, programme, &error);
    g_assert_no_error (error);
    g_assert_null (cells_new (list, &known, notes, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    if (strstr (error->message, ROWS[i][1]) == NULL) {
      g_test_message ("%s", error->message);
      g_test_fail ();
    }
  }
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
  const CellsKnown known = { .programme = programme };
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
  g_test_add_func ("/cells/columns", test_columns);
  g_test_add_func ("/cells/refused", test_refused);
  g_test_add_func ("/cells/beyond", test_beyond);
  return g_test_run ();
}
