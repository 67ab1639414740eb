/* installation.c: the version, and where assets are looked for. */
#include "core/installation.h"

#include <glib/gstdio.h>

static void test_version (void)
{
  const char *version = installation_version ();

  g_assert_true (g_regex_match_simple ("^[0-9]+\\.[0-9]+\\.[0-9]+$", version, 0, 0));
}

static void test_asset (void)
{
  g_autofree char *folder = g_dir_make_tmp ("assets-XXXXXX", NULL);
  g_autofree char *assets = g_build_filename (folder, "assets", NULL);
  g_autofree char *inside = g_build_filename (assets, "in.txt", NULL);
  g_autofree char *beside = g_build_filename (folder, "beside.txt", NULL);
  g_autofree char *expected = NULL, *found = NULL, *found_beside = NULL, *missing = NULL;
  g_autofree char *named = NULL, *in_tree = NULL;

  g_assert_cmpint (g_mkdir (assets, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "a", 1, NULL));
  g_assert_true (g_file_set_contents (beside, "b", 1, NULL));
  g_setenv ("ACCUEIL_ASSETS", assets, TRUE);
  found = installation_asset ("in.txt");
  g_assert_cmpstr (found, ==, inside);
  found_beside = installation_asset ("beside.txt");
  g_assert_cmpstr (found_beside, ==, beside);
  missing = installation_asset ("none.txt");
  expected = g_build_filename (assets, "none.txt", NULL);
  g_assert_cmpstr (missing, ==, expected);

  /* An empty value is none. Tests lie deeper than programs, so the installed place is
   * named. */
  g_setenv ("ACCUEIL_ASSETS", "", TRUE);
  named = installation_asset ("none.txt");
  g_assert_true (g_str_has_suffix (named, "/share/accueil/none.txt"));
  g_unsetenv ("ACCUEIL_ASSETS");
  in_tree = installation_asset ("none.txt");
  g_assert_cmpstr (in_tree, ==, named);

  g_unlink (inside);
  g_unlink (beside);
  g_rmdir (assets);
  g_rmdir (folder);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/installation/version", test_version);
  g_test_add_func ("/installation/asset", test_asset);
  return g_test_run ();
}
