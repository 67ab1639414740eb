/* The limit is raised as far as the machine lets it, and never lowered. */
#include "http/open_files.h"

#include <sys/resource.h>

static void test_table (void)
{
  static const struct {
    rlim_t soft, hard;
    guint wanted, expected;
  } CASES[] = {
    { 300, 900, 100, 300 },
    { 300, 900, 800, 800 },
    { 200, 900, 2000, 900 },
    { 850, 850, 2000, 850 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    struct rlimit limit = { CASES[i].soft, CASES[i].hard };

    g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
    g_assert_cmpuint (open_files_raise (CASES[i].wanted), ==, CASES[i].expected);
    g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
    g_assert_cmpuint (limit.rlim_cur, ==, CASES[i].expected);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/open-files/table", test_table);
  return g_test_run ();
}
