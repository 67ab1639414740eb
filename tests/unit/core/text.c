/* Folding, cleaning, tokens and queries of core/text. That tokens and queries meet in
 * FTS5 is tested where the index is: roster/delegate. */
#include "core/text.h"

#include <string.h>

typedef struct {
  const char *in, *out;
} Pair;

static void test_fold (void)
{
  static const Pair ROWS[] = {
    { "", "" },
    { "   ", "" },
    { "L'Haÿ-les-Roses", "l hay les roses" },
    { "  d’Estienne  d'Orves ", "d estienne d orves" },
    { "Œuvre, Ægir & Straße", "oeuvre aegir strasse" },
    { "Çelik ŁÓDŹ Øre Đorđe İstanbul ısı", "celik lodz ore dorde istanbul isi" },
    { "Müller\xCC\x88", "muller" },  /* one mark too many */
    { "E\xCC\x81mile", "emile" },    /* decomposed */
    { "ＦＲ－０００１", "fr 0001" }, /* full width */
    { "姓（拼音）", "姓 拼音" },
    { "Zo\u200Dé Bar\u00ADthe", "zoe barthe" }, /* nobody sees what parts them */
    { "王\u200B明 \u3164", "王明" },
    { "欧阳 思远", "欧阳 思远" },
    { "䶮𬭶", "䶮𬭶" },
    { "Пётр Οδός", "петр οδοσ" },
    { "½ ﬁn №", "1 2 fin no" },
    { "\"OR\" NEAR(a*)", "or near a" },
    { "LʼHostis LʹHostis L’Hostis L'Hostis L`Hostis",
      "l hostis l hostis l hostis l hostis l hostis" },
    { "張偉 陳家豪 劉洋", "张伟 陈家豪 刘洋" },
    { "\xEF\xA7\x9D", "利" }, /* U+F9DD, of a Korean list */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *folded = text_fold (ROWS[i].in);
    g_assert_cmpstr (folded, ==, ROWS[i].out);
    g_autofree char *again = text_fold (folded);
    g_assert_cmpstr (again, ==, folded);
  }
}

static void test_key (void)
{
  static const Pair ROWS[] = {
    { "", "" },
    { "L'Haÿ-les-Roses", "lhaylesroses" },
    { "lʼhay Les Roses", "lhaylesroses" },
    { "劉 洋", "刘洋" },
    { "歐陽·思遠", "欧阳思远" },
    { "LIU Yang", "liuyang" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *key = text_key (ROWS[i].in);
    g_assert_cmpstr (key, ==, ROWS[i].out);
  }
}

static void test_clean (void)
{
  static const Pair ROWS[] = {
    { "", "" },
    { " \t\r\n ", "" },
    { "Anne-Laure", "Anne-Laure" },
    { "  Le \n Goff\t", "Le Goff" },
    { "　王　明　", "王 明" },           /* ideographic spaces */
    { "Jean\xC2\xA0Paul", "Jean Paul" }, /* no-break space */
    { "E\xCC\x81milie", "Émilie" },
    { "\xEF\xBB\xBF"
      "Hervé\xE2\x80\x8F",
      "Hervé" },
    { "a\xE2\x80\xAE"
      "b",
      "ab" },
    { "d’Estienne Œ Ÿ 䶮 𬭶", "d’Estienne Œ Ÿ 䶮 𬭶" },
    { "Bar\u00ADthélémy", "Barthélémy" }, /* soft hyphen */
    { "Zo\u200Dé", "Zoé" },
    { "王\u200C明", "王明" },
    { "علی\u200Cرضا", "علی\u200Cرضا" }, /* a joiner that is seen */
    { "葛\U000E0100城", "葛城" },       /* a selector of form */
    { "\u3164", "" },                   /* Hangul filler */
    { "Roy\uFE0F \u2800", "Roy" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *clean = text_clean (ROWS[i].in);
    g_assert_cmpstr (clean, ==, ROWS[i].out);
  }
}

static void test_han (void)
{
  g_assert_true (text_is_han (g_utf8_get_char ("王")));
  g_assert_true (text_is_han (g_utf8_get_char ("䶮")));
  g_assert_true (text_is_han (g_utf8_get_char ("𬭶")));
  g_assert_true (text_is_han (g_utf8_get_char ("〇")));
  g_assert_false (text_is_han (g_utf8_get_char ("、")));
  g_assert_false (text_is_han (g_utf8_get_char ("é")));
  g_assert_false (text_is_han (g_utf8_get_char ("ア")));
  g_assert_true (text_has_han ("Li 李"));
  g_assert_false (text_has_han ("Émile €"));
  g_assert_false (text_has_han (""));
  g_assert_false (text_has_han (NULL));
}

static void test_formula (void)
{
  static const char *const FORMULAS[]
      = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r", "＝1+1", "＋1", "－1", "＠x" };
  static const char *const OTHERS[] = { "", "a=1", "'=1", "1", "é", "张", "–", "·" };
  for (gsize i = 0; i < G_N_ELEMENTS (FORMULAS); i++)
    g_assert_true (text_is_formula (FORMULAS[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    g_assert_false (text_is_formula (OTHERS[i]));
}

static void test_distance (void)
{
  static const struct {
    const char *a, *b;
    guint distance;
  } TABLE[] = { { "", "", 0 },
                { "post", "post", 0 },
                { "pots", "post", 2 },
                { "catgory", "category", 1 },
                { "", "abc", 3 },
                { "abc", "", 3 },
                { "kitten", "sitting", 3 } };
  for (gsize i = 0; i < G_N_ELEMENTS (TABLE); i++)
    g_assert_cmpuint (text_distance (TABLE[i].a, TABLE[i].b), ==, TABLE[i].distance);
}

static void test_capital (void)
{
  static const char *const CASES[][2] = { { "élu, élue", "Élu, élue" },
                                          { "ß", "SS" },
                                          { "当选代表", "当选代表" },
                                          { "", "" },
                                          { NULL, "" } };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *text = text_capital (CASES[i][0]);
    g_assert_cmpstr (text, ==, CASES[i][1]);
  }
}

static void test_columns (void)
{
  g_assert_cmpint (text_columns (""), ==, 0);
  g_assert_cmpint (text_columns ("horloge"), ==, 7);
  g_assert_cmpint (text_columns ("e\xcc\x81t\xc3\xa9"), ==, 3); /* a combining accent */
  g_assert_cmpint (text_columns ("时钟"), ==, 4);
}

/* A column more than there is room for, and what takes two. */
static void test_fitted (void)
{
  static const struct {
    const char *text;
    int columns;
    const char *fitted;
  } ROWS[] = {
    { "", 1, "" },
    { "horloge", 7, "horloge" },
    { "horloge", 6, "horlo…" },
    { "horloge", 1, "…" },
    { "时钟", 4, "时钟" },
    { "时钟时", 4, "时…" },
    { "时钟时", 5, "时钟…" },
    { "e\xcc\x81t\xc3\xa9", 3, "e\xcc\x81t\xc3\xa9" },
    { "e\xcc\x81t\xc3\xa9s", 3, "e\xcc\x81t…" }, /* the accent stays with its letter */
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fitted = text_fitted (ROWS[i].text, ROWS[i].columns);
    g_assert_cmpstr (fitted, ==, ROWS[i].fitted);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/capital", test_capital);
  g_test_add_func ("/text/key", test_key);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/han", test_han);
  g_test_add_func ("/text/formula", test_formula);
  g_test_add_func ("/text/distance", test_distance);
  g_test_add_func ("/text/columns", test_columns);
  g_test_add_func ("/text/fitted", test_fitted);
  return g_test_run ();
}
