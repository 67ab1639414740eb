/* Folding, cleaning, tokens and queries of core/text. That tokens and queries meet in FTS5 is tested where the index is: roster/delegate. */
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
    { "Müller\xCC\x88", "muller" }, /* one mark too many */
    { "E\xCC\x81mile", "emile" },   /* decomposed */
    { "ＦＲ－０００１", "fr 0001" }, /* full width */
    { "姓（拼音）", "姓 拼音" },
    { "欧阳 思远", "欧阳 思远" },
    { "䶮𬭶", "䶮𬭶" },
    { "Пётр Οδός", "петр οδοσ" },
    { "½ ﬁn №", "1 2 fin no" },
    { "\"OR\" NEAR(a*)", "or near a" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *folded = text_fold (ROWS[i].in);
    g_assert_cmpstr (folded, ==, ROWS[i].out);
    g_autofree char *again = text_fold (folded);
    g_assert_cmpstr (again, ==, folded);
  }
}

static void test_clean (void)
{
  static const Pair ROWS[] = {
    { "", "" },
    { " \t\r\n ", "" },
    { "Anne-Laure", "Anne-Laure" },
    { "  Le \n Goff\t", "Le Goff" },
    { "　王　明　", "王 明" },         /* ideographic spaces */
    { "Jean\xC2\xA0Paul", "Jean Paul" }, /* no-break space */
    { "E\xCC\x81milie", "Émilie" },
    { "\xEF\xBB\xBF" "Hervé\xE2\x80\x8F", "Hervé" },
    { "a\xE2\x80\xAE" "b", "ab" },
    { "d’Estienne Œ Ÿ 䶮 𬭶", "d’Estienne Œ Ÿ 䶮 𬭶" },
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

static gboolean has_token (const char *tokens, const char *token)
{
  g_auto (GStrv) all = g_strsplit (tokens, " ", -1);
  return g_strv_contains ((const char *const *) all, token);
}

static void test_tokens (void)
{
  static const struct {
    const char *text, *tokens; /* all of which must be there */
  } ROWS[] = {
    { "欧阳思远", "欧 阳 思 远 ouyangsiyuan yangsiyuan siyuan yuan oysy sy" },
    { "曾明", "曾 明 zengming cengming zm cm ming" },
    { "吕涛", "吕 涛 lyutao lutao lvtao lt" },
    { "四川省人民对外友好协会", "四 会 sichuanshengrenminduiwaiyouhaoxiehui youhaoxiehui scsrmdwyhxh" },
    { "Jean-François", "jean francois jeanfrancois jf" },
    { "Le Goff", "le goff legoff" },
    { "d'Estienne d'Orves", "d estienne destienne orves dorves" },
    { "Agence française de développement", "agence francaise developpement afd" },
    { "FR-0001", "fr 0001 fr0001" },
    { "王 明", "王 明 wangming" },
    { "李Peter", "李 li peter" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *texts[] = { ROWS[i].text, "", NULL };
    g_autofree char *tokens = text_search_tokens (texts);
    g_auto (GStrv) wanted = g_strsplit (ROWS[i].tokens, " ", -1);
    for (guint k = 0; wanted[k] != NULL; k++)
      if (!has_token (tokens, wanted[k])) {
        g_test_message ("%s: no token %s among: %s", ROWS[i].text, wanted[k], tokens);
        g_test_fail ();
      }
  }
  const char *none[] = { "", NULL };
  g_autofree char *empty = text_search_tokens (none);
  g_assert_cmpstr (empty, ==, "");
}

/* Han characters stand together, so that a phrase finds them, whatever pinyin is added. */
static void test_phrase (void)
{
  const char *texts[] = { "CN-1", "Ouyang", "Siyuan", "欧阳·思远", "四川大学 外事处", NULL };
  g_autofree char *tokens = text_search_tokens (texts);
  g_assert_nonnull (strstr (tokens, "欧 阳 思 远"));
  g_assert_nonnull (strstr (tokens, "四 川 大 学 外 事 处"));
}

static void test_query (void)
{
  static const Pair ROWS[] = {
    { "ker", "\"ker\"*" },
    { "Kér", "\"ker\"*" },
    { "欧阳", "\"欧 阳\"" },
    { "思远 ouyang", "\"思 远\" AND \"ouyang\"*" },
    { "欧阳siyuan", "\"欧 阳\" AND \"siyuan\"*" },
    { "d'Est", "\"dest\"*" },
    { "FR-0001", "\"fr0001\"*" },
    { "\"OR\" AND", "\"or\"* AND \"and\"*" },
    { "NEAR(a b)", "\"neara\"* AND \"b\"*" },
    { "a\" OR tokens:*", "\"a\"* AND \"or\"* AND \"tokens\"*" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *query = text_search_query (ROWS[i].in);
    g_assert_cmpstr (query, ==, ROWS[i].out);
  }
  g_assert_null (text_search_query (""));
  g_assert_null (text_search_query (" - * \" ( "));
}

static void test_query_limits (void)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (typed, "w%u ", i);
  g_autofree char *query = text_search_query (typed->str);
  g_auto (GStrv) terms = g_strsplit (query, " AND ", -1);
  g_assert_cmpuint (g_strv_length (terms), ==, TEXT_QUERY_TERMS_MAX);
  g_autofree char *word = g_strnfill (100000, 'x');
  g_autofree char *cut = text_search_query (word);
  g_assert_cmpuint (strlen (cut), ==, TEXT_QUERY_CHARACTERS_MAX + 3);
}

/* Any text at all folds and makes tokens and queries of valid UTF-8 without a quote inside a term. */
static void test_any_text (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (guint round = 0; round < 300; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < 40; i++) {
      gunichar c = (gunichar) g_rand_int_range (rand, 1, round % 2 == 0 ? 0x3000 : 0x30000);
      if (g_unichar_validate (c))
        g_string_append_unichar (text, c);
    }
    g_autofree char *clean = text_clean (text->str);
    g_assert_true (g_utf8_validate (clean, -1, NULL));
    g_autofree char *again = text_clean (clean);
    g_assert_cmpstr (again, ==, clean);
    const char *texts[] = { text->str, NULL };
    g_autofree char *tokens = text_search_tokens (texts);
    g_assert_true (g_utf8_validate (tokens, -1, NULL));
    g_assert_null (strpbrk (tokens, "\"*()"));
    g_autofree char *query = text_search_query (text->str);
    g_assert_true (query == NULL || g_utf8_validate (query, -1, NULL));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/han", test_han);
  g_test_add_func ("/text/tokens", test_tokens);
  g_test_add_func ("/text/phrase", test_phrase);
  g_test_add_func ("/text/query", test_query);
  g_test_add_func ("/text/query-limits", test_query_limits);
  g_test_add_func ("/text/any-text", test_any_text);
  return g_test_run ();
}
