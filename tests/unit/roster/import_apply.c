/* What an import writes, and when it writes nothing. */
#include "roster/import_apply.h"

#include "roster/import.h"
#include "unit/journal/transaction.h"
#include "unit/roster/replica.h"

static const ImportOptions PLAIN = { 0 };
static const ImportOptions SKIP = { .skip_bad = TRUE };

static Import *read_rows (const Replica *replica, const char *rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat ("Référence;Nom;Prénom;Jours\n", rows, NULL);
  g_autofree char *path = replica_file (replica, "list.csv", text, -1);
  const char *paths[] = { path, NULL };
  Import *import = import_read (replica->journal, paths, &PLAIN, &error);
  g_assert_no_error (error);
  return import;
}

static gint64 facts (const Replica *replica)
{
  g_autoptr (GError) error = NULL;
  gint64 number = journal_last_number (replica->journal, &error);
  g_assert_no_error (error);
  return number;
}

/* Somebody else's change between reading and writing is not written over. */
static void test_meanwhile (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) first = read_rows (&replica, "FR-1;Martin;Zoë;26\n"),
                     second = read_rows (&replica, "FR-1;Martin;Léa;26\n");
  g_assert_true (import_apply (replica.journal, first, &PLAIN, &error));
  g_assert_false (import_apply (replica.journal, second, &PLAIN, &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_CHANGED);
  g_assert_false (in_transaction (replica.journal));
  g_autoptr (Delegate) delegate = delegate_load (replica.journal, "FR-1", NULL);
  g_assert_cmpstr (delegate->given, ==, "Zoë");
  replica_free (&replica);
}

/* One bad row and nothing is written, unless the others are asked for. */
static void test_bad (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  gint64 before = facts (&replica);
  g_autoptr (Import) import = read_rows (&replica, "FR-1;Martin;Zoë;26\nFR-2;Roux;Inès;40\n");
  g_assert_false (import_apply (replica.journal, import, &PLAIN, &error));
  g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_ROWS);
  g_assert_cmpint (facts (&replica), ==, before);
  g_clear_error (&error);
  g_assert_true (import_apply (replica.journal, import, &SKIP, &error));
  g_assert_no_error (error);
  g_assert_cmpint (facts (&replica), ==, before + 2); /* the list and one person */
  replica_free (&replica);
}

/* The same list again writes no fact at all. */
static void test_nothing (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Import) first = read_rows (&replica, "FR-1;Martin;Zoë;26\n");
  g_assert_true (import_apply (replica.journal, first, &PLAIN, &error));
  gint64 before = facts (&replica);
  g_autoptr (Import) again = read_rows (&replica, "FR-1;Martin;Zoë;26\n");
  g_assert_true (import_apply (replica.journal, again, &PLAIN, &error));
  g_assert_no_error (error);
  g_assert_cmpint (facts (&replica), ==, before);
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import_apply/meanwhile", test_meanwhile);
  g_test_add_func ("/import_apply/bad", test_bad);
  g_test_add_func ("/import_apply/nothing", test_nothing);
  return g_test_run ();
}
