/* ReplicaPool are lent, given back, and lent again: no file is opened for a request. */
#include "replication/replica_pool.h"

#include "replication/log.h"

#include <glib/gstdio.h>

static void test_lent (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-readers-XXXXXX", NULL),
                  *db = g_build_filename (folder, "hub.db", NULL);
  g_autoptr (ReplicaPool) readers = NULL;
  g_autoptr (GError) error = NULL;
  Journal *one, *two;
  gint64 upto;

  readers = replica_pool_new (db, clock_system ());
  g_assert_null (replica_pool_take (readers, &error)); /* there is no replica yet */
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  journal_close (journal_create (db, "hub", clock_system (), NULL));
  one = replica_pool_take (readers, &error);
  two = replica_pool_take (readers, &error);
  g_assert_no_error (error);
  g_assert_true (one != two);
  g_ptr_array_unref (log_read (one, 0, NULL, 10, &upto, NULL));
  g_assert_cmpint (upto, ==, 1);
  replica_pool_give (readers, one);
  g_assert_true (replica_pool_take (readers, NULL) == one);
  replica_pool_give (readers, one);
  replica_pool_give (readers, two);
  g_assert_true (replica_pool_take (readers, NULL) == two); /* the last one given */
  replica_pool_give (readers, two);
  g_clear_pointer (&readers, replica_pool_free);
  g_unlink (db);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/readers/lent", test_lent);
  return g_test_run ();
}
