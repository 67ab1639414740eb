/* Somebody asks for the team: one fact, however often she touches within a minute. */
#include "desk/call.h"

#include "unit/access/replica.h"

static gint64 calls (Replica *replica)
{
  g_autoptr (GError) error = NULL;
  Query *query = journal_query (replica->journal,
                                "SELECT count (*) FROM fact WHERE kind = 'call' AND subject = "
                                "'call:porte'",
                                &error);
  g_assert_no_error (error);
  g_assert_true (query_next (query));
  gint64 count = query_int (query, 0);
  g_assert_true (query_end (query, &error));
  return count;
}

static void test_again (void)
{
  static const struct {
    gint64 later_ms, calls;
  } STEPS[] = { { 0, 1 }, { 1, 1 }, { CALL_AGAIN_MS - 2, 1 }, { 1, 2 }, { CALL_AGAIN_MS, 3 } };
  Replica replica;
  replica_open (&replica, "porte");

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    hand_ms += STEPS[i].later_ms;
    g_assert_true (call_team (replica.journal, "entree-est", NULL));
    g_assert_cmpint (calls (&replica), ==, STEPS[i].calls);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/again", test_again);
  return g_test_run ();
}
