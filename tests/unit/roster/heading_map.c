/* What was said of headings, and that it is remembered by the list's name. */
#include "roster/heading_map.h"

#include "unit/roster/replica.h"

static void test_find (void)
{
  g_autoptr (HeadingMap) map = heading_map_new ();
  g_assert_true (heading_map_add (map, "Dossier n°", "reference"));
  g_assert_true (heading_map_add (map, " *** ", "nom"));
  g_assert_true (heading_map_add (map, "Menu", ""));
  static const char *const ROWS[][2] = {
    { "Dossier n°", "reference" },
    { "DOSSIER  N°", "reference" },
    { "dossier", NULL },
    { "***", "nom" },
    { "Menu", "" },
    { "menus", NULL },
    { "", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpstr (heading_map_find (map, ROWS[i][0]), ==, ROWS[i][1]);
  g_assert_cmpstr (heading_map_find (NULL, "Menu"), ==, NULL);
  g_assert_true (heading_map_add (map, "menu", "repas"));
  g_assert_cmpstr (heading_map_find (map, "Menu"), ==, "repas");
  g_auto (GStrv) headings = heading_map_headings (map);
  g_autofree char *all = g_strjoinv ("|", headings);
  g_assert_cmpstr (all, ==, "***|Dossier n°|menu");
}

static void test_limit (void)
{
  g_autoptr (HeadingMap) map = heading_map_new ();
  for (guint i = 0; i < HEADING_MAP_MAX; i++) {
    g_autofree char *heading = g_strdup_printf ("h%u", i);
    g_assert_true (heading_map_add (map, heading, "nom"));
  }
  g_assert_false (heading_map_add (map, "one more", "nom"));
  g_assert_true (heading_map_add (map, "h1", "prénom"));
}

static void test_remembered (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = replica_new (FALSE);
  g_autoptr (HeadingMap) map = heading_map_new (),
                         none = heading_map_load (replica.journal, "liste", &error);
  g_assert_no_error (error);
  g_assert_true (heading_map_equal (map, none));
  heading_map_add (map, "Dossier n°", "reference");
  heading_map_add (map, "“x” \\ 备注", "");
  g_assert_false (heading_map_equal (map, none));
  g_assert_true (journal_begin (replica.journal, &error));
  g_assert_true (heading_map_save (replica.journal, "liste", map, &error));
  g_assert_true (journal_commit (replica.journal, &error));
  g_autoptr (HeadingMap) again = heading_map_load (replica.journal, "liste", &error),
                         other = heading_map_load (replica.journal, "autre", &error);
  g_assert_true (heading_map_equal (map, again));
  g_assert_true (heading_map_equal (other, none));
  heading_map_add (again, "Dossier n°", "nom");
  g_assert_false (heading_map_equal (map, again));
  replica_free (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/heading_map/find", test_find);
  g_test_add_func ("/roster/heading_map/limit", test_limit);
  g_test_add_func ("/roster/heading_map/remembered", test_remembered);
  return g_test_run ();
}
