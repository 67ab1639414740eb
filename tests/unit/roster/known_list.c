/* Lists by name, and what they speak of. */
#include "roster/known_list.h"

#include "unit/roster/replica.h"

static void test_name (void)
{
  static const struct {
    const char *path, *name;
  } ROWS[] = {
    { "inscriptions-cuf.csv", "inscriptions-cuf" },
    { "/a/b/inscriptions-cuf (2).xlsx", "inscriptions-cuf" },
    { "inscriptions-cuf-2016-10-20.csv", "inscriptions-cuf" },
    { "inscriptions_cuf_20161020_0930.csv", "inscriptions_cuf" },
    { "inscriptions-cuf-v3.csv", "inscriptions-cuf" },
    { "inscriptions-cuf - Copie (3).csv", "inscriptions-cuf" },
    { "inscriptions-cuf 20.10.2016 final.csv", "inscriptions-cuf" },
    { "报名表（1）.csv", "报名表" },
    { "报名表 - 副本.csv", "报名表" },
    /* Two lists, not one that was sent twice. */
    { "d1.csv", "d1" },
    { "liste-1.csv", "liste-1" },
    { "liste-2.csv", "liste-2" },
    { "atelier.A1.csv", "atelier.A1" },
    { "20161020.csv", "20161020" },
    { ".csv", ".csv" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *name = known_list_name (ROWS[i].path);
    g_assert_cmpstr (name, ==, ROWS[i].name);
  }
}

static void test_facts (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_assert_true (journal_begin (replica.journal, &error));
  g_assert_true (known_list_append (replica.journal, "报名表", 0x5, &error));
  g_assert_true (known_list_append (replica.journal, "hotels", 0, &error));
  g_assert_true (known_list_append (replica.journal, "报名表", 0x6, &error));
  g_assert_true (journal_commit (replica.journal, &error));
  g_autoptr (GPtrArray) lists = known_list_all (replica.journal, &error);
  g_assert_cmpuint (lists->len, ==, 2);
  g_assert_cmpuint (known_list_find (lists, "报名表")->fields, ==, 0x6);
  g_assert_cmpuint (known_list_find (lists, "hotels")->fields, ==, 0);
  g_assert_null (known_list_find (lists, "none"));
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/known-list/name", test_name);
  g_test_add_func ("/known-list/facts", test_facts);
  return g_test_run ();
}
