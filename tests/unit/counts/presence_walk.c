/* presence_walk: everybody's rows are found, wherever those that are read ahead are cut. */
#include "counts/presence_walk.h"

#include "unit/access/replica.h"

/* On so many days at a checkpoint, the last of them a way out where their number is even. */
static void add (Journal *journal, const char *reference, const char *checkpoint, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) INSERT INTO "
      "presence (reference, day, checkpoint, first_at, last_at, last_station, last_seq, "
      "last_direction) SELECT '%s', format ('%%05d', i), '%s', i, 2 * i, 'est', 3 * i, iif (i %% "
      "2, 'in', 'out') FROM n",
      days, reference, checkpoint);

  g_assert_true (journal_execute (journal, sql, &error));
}

static void test_find (void)
{
  /* 1024 rows are read at once. */
  static const struct {
    const char *asked; /* one after the other */
    guint found[4];
  } CASES[] = {
    { "AA BB CC DD", { 1500, 3, 0, 2100 } }, /* cut within AA, and within DD twice */
    { "AA DD", { 1500, 2100 } },
    { "BB DD", { 3, 2100 } },
    { "A B DD ZZ", { 0, 0, 2100, 0 } },
    { "ZZ", { 0 } },
  };
  Replica replica;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Presence));
  g_autoptr (GError) error = NULL;

  replica_open (&replica, "hub");
  append (replica.journal, "checkpoint", "a1", "{\"kind\":\"session\",\"session\":\"A1\"}");
  add (replica.journal, "AA", "a1", 1500);
  add (replica.journal, "BB", "a1", 3);
  add (replica.journal, "BB", "of-nobody", 5);
  add (replica.journal, "DD", "a1", 2100);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (PresenceWalk) walk = presence_walk_new (replica.journal, &error);
    g_auto (GStrv) asked = g_strsplit (CASES[i].asked, " ", -1);

    g_assert_no_error (error);
    for (guint k = 0; asked[k] != NULL; k++) {
      g_assert_true (presence_walk_find (walk, asked[k], found, &error));
      g_assert_cmpuint (found->len, ==, CASES[i].found[k]);
      for (guint n = 0; n < found->len; n++) {
        const Presence *presence = &g_array_index (found, Presence, n);

        g_assert_cmpstr (presence->place->session, ==, "A1");
        g_assert_cmpint (g_ascii_strtoll (presence->place->day, NULL, 10), ==, n + 1);
        g_assert_cmpint (presence->first_at, ==, n + 1);
        g_assert_cmpint (presence->last_at, ==, 2 * (n + 1));
        g_assert_cmpint (presence->last_seq, ==, 3 * (n + 1));
        g_assert_cmpstr (presence->last_station, ==, "est");
        g_assert_cmpint (presence->is_in, ==, (n + 1) % 2);
      }
    }
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presence-walk/find", test_find);
  return g_test_run ();
}
