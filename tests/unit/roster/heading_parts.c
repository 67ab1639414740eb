/* Headings taken apart. */
#include "roster/heading_parts.h"

static void test_parts (void)
{
  static const char *const ROWS[][3] = {
    { "Référence / 编号", "Référence / 编号", "Référence|编号" },
    { "姓名 Nom chinois", "姓名 Nom chinois", "姓名|Nom chinois" },
    { "1、您的姓名（必填）：", "姓名：", "姓名：" },
    { "Q3. Votre nom*", "nom*", "nom*" },
    { "(2) Prénom", "Prénom", "Prénom" },
    { "Nom (obligatoire)", "Nom", "Nom" },
    { "邮箱（例如：a@b.cn）", "邮箱", "邮箱" },
    { "Nom (contact)", "Nom (contact)", "Nom|contact" },
    { "2016年参会", "2016年参会", "2016年参会" },
    { "26", "26", "26" },
    { "Nom (", "Nom (", "Nom" },
    { "（", "（", "" },
    { "", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *plain = heading_parts_plain (ROWS[i][0]);
    g_auto (GStrv) parts = heading_parts_split (plain);
    g_autofree char *joined = g_strjoinv ("|", parts);
    g_assert_cmpstr (plain, ==, ROWS[i][1]);
    g_assert_cmpstr (joined, ==, ROWS[i][2]);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heading_parts/parts", test_parts);
  return g_test_run ();
}
