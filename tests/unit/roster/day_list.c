/* Days as cells name them. */
#include "roster/day_list.h"

#include "unit/roster/replica.h"

static void check (const Programme *programme, const char *text, DayListResult result,
                   const char *wanted)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *part = NULL;
  DayListResult got = day_list_read (programme, text, labels, &part);
  g_ptr_array_add (labels, NULL);
  g_autofree char *joined = g_strjoinv (" ", (char **) labels->pdata);
  const char *said = got == DAY_LIST_READ ? joined : part;
  if (got != result || g_strcmp0 (said, wanted) != 0) {
    g_test_message ("%s: %d, %s", text, (int) got, said);
    g_test_fail ();
  }
}

static void test_read (void)
{
  static const char *const ROWS[][2] = {
    { "26, 27", "26 27" },
    { "26 et 27", "26 27" },
    { "26 & 28", "26 28" },
    { "26日┋27日", "26 27" },
    { "26日、27日", "26 27" },
    { "26和27", "26 27" },
    { "26-28", "26 27 28" },
    { "26–28", "26 27 28" },
    { "26~28", "26 27 28" },
    { "26日至28日", "26 27 28" },
    { "du 26 au 28 octobre", "26 27 28" },
    { "26 à 28", "26 27 28" },
    { "10月26日-28日", "26 27 28" },
    { "2016-10-26", "26" },
    { "2016-10-26 00:00:00", "26" },
    { "2016-10-26T00:00:00", "26" },
    { "mercredi 26", "26" },
    { "Mercredi 26 octobre", "26" },
    { "mer. 26, jeu. 27", "26 27" },
    { "10月26日（周三）", "26" },
    { "周三26日", "26" },
    { "tous les jours", "26 27 28 29" },
    { "全部", "26 27 28 29" },
    { "26 27 28", "26 27 28" },
    { "26/10", "26" },
    { "26/27", "26 27" },
    { "42669", "26" },
    { "10/26/2016", "26" },
    { "26/10/2016", "26" },
    { "mercredi et jeudi", "26 27" },
    { "周三至周五", "26 27 28" },
    { "10月26-28日", "26 27 28" },
    { "", "" },
  };
  static const char *const UNKNOWN[][2] = {
    { "31", "31" },       { "26, demain", "demain" }, { "28-26", "28-26" }, { "26-31", "26-31" },
    { "42600", "42600" }, { "lundi", "lundi" },       { "-", NULL },
  };
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (TRUE);
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    check (programme, ROWS[i][0], DAY_LIST_READ, ROWS[i][1]);
  for (gsize i = 0; UNKNOWN[i][1] != NULL; i++)
    check (programme, UNKNOWN[i][0], DAY_LIST_UNKNOWN, UNKNOWN[i][1]);
  check (programme, "jeudi 26", DAY_LIST_WEEKDAY, "jeudi 26");
  check (programme, "周五27日", DAY_LIST_WEEKDAY, "周五27日");
  replica_free (&replica);
}

/* Days 10 to 12 of October and of November: 10-11 is two days, or one date. */
static void test_ambiguous (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_assert_true (journal_begin (replica.journal, &error));
  replica_append (replica.journal, "congress", "congress",
                  "{\"fr\":\"C\",\"days\":[{\"label\":\"10\",\"date\":\"2016-10-10\"},{\"label\":"
                  "\"11\",\"date\":\"2016-10-11\"},{\"label\":\"12\",\"date\":\"2016-10-12\"}]}");
  g_assert_true (journal_commit (replica.journal, &error));
  g_autoptr (Programme) programme = programme_read (replica.journal, &error);
  g_assert_no_error (error);
  check (programme, "10-11", DAY_LIST_AMBIGUOUS, "10-11");
  check (programme, "10, 11", DAY_LIST_READ, "10 11");
  check (programme, "11-12", DAY_LIST_READ, "11 12");
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day_list/read", test_read);
  g_test_add_func ("/day_list/ambiguous", test_ambiguous);
  return g_test_run ();
}
