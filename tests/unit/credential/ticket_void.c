/* Tickets that were made void: the number of the next one, and what a full disk says. */
#include "credential/ticket_void.h"

#include "failing_sqlite.h"
#include "unit/access/replica.h"

static void make_void (Journal *journal, const char *reference, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  g_assert_true (ticket_void_append (journal, reference, "Li Na", reason, &error));
  g_assert_true (journal_commit (journal, &error));
  g_assert_no_error (error);
}

static void test_numbers (void)
{
  static const struct {
    const char *reference, *reason;
    gint64 next; /* after it was made void */
  } ROWS[] = {
    { "R1", "forwarded", 1 },
    { "R1", NULL, 2 },
    { "R2", "lost", 1 }, /* each person's own */
    { "R1", "lost", 3 },
  };
  g_autoptr (GError) error = NULL;
  Replica replica;

  replica_open (&replica, "desk");
  g_assert_cmpint (ticket_void_next (replica.journal, "R1", &error), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    make_void (replica.journal, ROWS[i].reference, ROWS[i].reason);
    g_assert_cmpint (ticket_void_next (replica.journal, ROWS[i].reference, &error), ==,
                     ROWS[i].next);
    g_assert_no_error (error);
  }
  replica_close (&replica);
}

/* Each call of the database's fails once. */
static void test_failing (void)
{
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;
  Replica replica;

  replica_open (&replica, "desk");
  for (guint at = 1; !good; at++) {
    g_assert_true (journal_begin (replica.journal, NULL));
    failing_start (at);
    good = ticket_void_append (replica.journal, "R1", "Li Na", NULL, &error);
    g_assert_true (failing_stop () || good);
    g_assert_true (good == (error == NULL));
    g_clear_error (&error);
    journal_rollback (replica.journal);
  }
  g_assert_cmpint (ticket_void_next (replica.journal, "R1", NULL), ==, 0);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credential/ticket-void/numbers", test_numbers);
  g_test_add_func ("/credential/ticket-void/failing", test_failing);
  return g_test_run ();
}
