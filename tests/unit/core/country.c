#include "core/country.h"

static void test_names (void)
{
  static const struct {
    const char *code, *fr, *zh;
  } ROWS[] = { { "FR", "France", "法国" },
               { "CN", "Chine", "中国" },
               { "DE", "Allemagne", "德国" },
               { "QX", "QX", "QX" },
               { "", "", "" },
               { "France", "France", "France" },
               { "1!", "1!", "1!" } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fr = country_name (ROWS[i].code, "fr");
    g_autofree char *zh = country_name (ROWS[i].code, "zh");
    g_test_message ("%s: %s, %s", ROWS[i].code, fr, zh);
    g_assert_cmpstr (fr, ==, ROWS[i].fr);
    g_assert_cmpstr (zh, ==, ROWS[i].zh);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/country/names", test_names);
  return g_test_run ();
}
