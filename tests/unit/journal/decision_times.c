/* How long decisions took: the class of each, what is kept, and what is not believed. */
#include "journal/decision_times.h"

#include "unit/access/replica.h"

static void test_classes (void)
{
  static const struct {
    gint64 took_us;
    guint place;
  } ROWS[] = { { -5, 0 },   { 0, 0 },     { 1000, 0 },   { 1001, 1 },   { 2000, 1 },
               { 4999, 2 }, { 50000, 5 }, { 100000, 6 }, { 100001, 7 }, { 500001, 8 } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    DecisionTimes times = { 0 };
    decision_times_add (&times, ROWS[i].took_us);
    g_assert_cmpint (times.counts[ROWS[i].place], ==, 1);
    g_assert_cmpint (decision_times_count (&times), ==, 1);
    g_assert_cmpint (times.sum_us, ==, MAX (ROWS[i].took_us, 0));
  }
}

static gboolean read_text (const char *json, DecisionTimes *times)
{
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  return decision_times_from_json (in != NULL ? json_in_root (in) : NULL, times);
}

static void test_not_believed (void)
{
  static const char *const ROWS[] = { "[]", "7", "{\"us\":-1}", "{\"us\":1,\"2\":-1}",
                                      "{\"us\":1,\"more\":9223372036854775807}" };
  DecisionTimes times;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    times = (DecisionTimes){ { 1 }, 1 };
    g_assert_false (read_text (ROWS[i], &times));
    g_assert_cmpint (decision_times_count (&times) + times.sum_us, ==, 0);
  }
  g_assert_false (decision_times_from_json (NULL, &times));
}

/* What is kept grows, also from something that cannot be read. */
static void test_kept (void)
{
  DecisionTimes times = { 0 };
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "est-1");
  decision_times_add (&times, 1500);
  decision_times_add (&times, 700000);
  g_assert_true (journal_set_local (replica.journal, DECISION_TIMES_LOCAL, "{", &error));
  for (guint i = 0; i < 3; i++) {
    g_assert_true (journal_begin (replica.journal, &error));
    g_assert_true (decision_times_keep (replica.journal, &times, &error));
    g_assert_true (journal_commit (replica.journal, &error));
  }
  g_assert_no_error (error);
  g_autofree char *kept = journal_local (replica.journal, DECISION_TIMES_LOCAL, &error);
  g_assert_cmpstr (kept, ==, "{\"us\":2104500,\"2\":3,\"more\":3}");
  g_assert_true (read_text (kept, &times));
  g_assert_cmpint (decision_times_count (&times), ==, 6);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision_times/classes", test_classes);
  g_test_add_func ("/decision_times/not_believed", test_not_believed);
  g_test_add_func ("/decision_times/kept", test_kept);
  return g_test_run ();
}
