/* What languages are called in each other. */
#include "core/language.h"

static void test_name (void)
{
  static const struct {
    const char *language, *in, *name;
  } CASES[] = {
    { "fr", "fr", "français" }, { "zh", "fr", "chinois" },      { "zh", "zh", "中文" },
    { "fr", "zh", "法语" },     { "de", "en", "German" },       { "qaa", "fr", "qaa" },
    { "fr", "qaa", "fr" },      { "not one", "fr", "not one" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *name = language_name (CASES[i].language, CASES[i].in);
    g_assert_cmpstr (name, ==, CASES[i].name);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/name", test_name);
  return g_test_run ();
}
