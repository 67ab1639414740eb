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

static void test_of_names (void)
{
  static const char *const ROWS[][2] = {
    { "Madagascar", "MG" }, { "Mali", "ML" },    { "Cameroun", "CM" }, { "Cameroon", "CM" },
    { "喀麦隆", "CM" },     { "SÉNÉGAL", "SN" }, { "马里", "ML" },     { "Corée du Sud", "KR" },
    { "Atlantide", NULL },  { "", NULL },        { "ML", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpstr (country_of_name (ROWS[i][0]), ==, ROWS[i][1]);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/country/names", test_names);
  g_test_add_func ("/country/of-names", test_of_names);
  return g_test_run ();
}
