/* Characters of old systems and keyboards. */
#include "roster/characters.h"

static void test_put_right (void)
{
  static const char *const ROWS[][3] = {
    /* as text, as a code */
    { "\xEE\xA1\xA3明", "䶮明", "䶮明" }, /* U+E863 */
    { "\xEE\xA0\x9E", "龴", "龴" },
    { "ＺＨＡＮＧ　Ｗｅｉ１２", "ZHANG　Wei12", "ZHANG　Wei12" },
    { "（有限公司）", "（有限公司）", "(有限公司)" },
    { "ａ＠ｂ．ｃｎ", "a＠b．cn", "a@b.cn" },
    { "ＣＮ－０１", "CN－01", "CN-01" },
    { "⼀⾦", "一金", "一金" },
    { "Soﬁa", "Sofia", "Sofia" },
    { "𝐉𝐞𝐚𝐧", "Jean", "Jean" },
    { "Lefèvre 王明 𬭶 Ⅱ期", "Lefèvre 王明 𬭶 Ⅱ期", "Lefèvre 王明 𬭶 Ⅱ期" },
    { "", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = characters_put_right (ROWS[i][0]),
                    *code = characters_put_right_code (ROWS[i][0]);
    g_assert_cmpstr (text, ==, ROWS[i][1]);
    g_assert_cmpstr (code, ==, ROWS[i][2]);
  }
}

static void test_private (void)
{
  g_assert_cmphex (characters_private ("a\xEE\x84\xA3"), ==, 0xE123);
  g_assert_cmphex (characters_private ("\xF3\xB0\x80\x80"), ==, 0xF0000);
  g_assert_cmphex (characters_private ("Élodie 王 𬭶 ﬁ"), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/characters/put-right", test_put_right);
  g_test_add_func ("/characters/private", test_private);
  return g_test_run ();
}
