#include "core/tokens.h"

#include "core/text.h"

#include <string.h>

typedef struct {
  const char *in, *out;
} Pair;

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
    { "胡长治", "huchangzhi huzhangzhi hcz hzz changzhi zhangzhi" },
    { "Côtes-d’Armor", "cotes d armor cotesdarmor darmor" },
    { "Eve@example.org", "ªeveexampleorg" },
    { "CN-0041", "cn 0041 cn0041 41 cn41" },
    { "吕涛", "吕 涛 lyutao lutao lvtao lt" },
    { "南特大学", "南 学 nantedaxue ntdx tedaxue daxue xue" },
    { "四川省人民对外友好协会",
      "四 会 sichuanshengrenminduiwaiyouhaoxiehui youhaoxiehui scsrmdwyhxh" },
    { "Jean-François", "jean francois jeanfrancois jf" },
    { "Le Goff", "le goff legoff" },
    { "d'Estienne d'Orves", "d estienne destienne orves dorves" },
    { "Agence française de développement", "agence francaise developpement afd" },
    { "FR-0001", "fr 0001 fr0001" },
    { "tel:06 12 34 56 78 / +86 138-0013-8000", "º5678 º12345678 º8000 º00138000" },
    { "王 明", "王 明 wangming" },
    { "李Peter", "李 li peter" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *texts[] = { ROWS[i].text, "", NULL };
    g_autofree char *tokens = tokens_of_texts (texts);
    g_auto (GStrv) wanted = g_strsplit (ROWS[i].tokens, " ", -1);
    for (guint k = 0; wanted[k] != NULL; k++)
      if (!has_token (tokens, wanted[k])) {
        g_test_message ("%s: no token %s among: %s", ROWS[i].text, wanted[k], tokens);
        g_test_fail ();
      }
  }
  const char *place[] = { "重庆市", NULL };
  g_autofree char *city = tokens_of_texts (place);
  g_assert_true (has_token (city, "chongqingshi"));
  g_assert_false (has_token (city, "zhongqingshi"));
  const char *none[] = { "", NULL };
  g_autofree char *empty = tokens_of_texts (none);
  g_assert_cmpstr (empty, ==, "");
}

/* Han characters stand together, so that a phrase finds them, whatever pinyin is
 * added. */
static void test_phrase (void)
{
  const char *texts[] = { "CN-1", "Ouyang", "Siyuan", "欧阳·思远", "四川大学 外事处", NULL };
  g_autofree char *tokens = tokens_of_texts (texts);
  g_assert_nonnull (strstr (tokens, "欧 阳 思 远"));
  g_assert_nonnull (strstr (tokens, "四 川 大 学 外 事 处"));
}

static char *query_of (const char *typed)
{
  g_auto (GStrv) words = tokens_words (typed);
  return tokens_query (words);
}

static void test_query (void)
{
  static const Pair ROWS[] = {
    { "ker", "\"ker\"*" },
    { "Kér", "\"ker\"*" },
    { "欧阳", "\"欧 阳\"" },
    { "歐陽", "\"欧 阳\"" },
    { "思远 ouyang", "\"思 远\" AND \"ouyang\"*" },
    { "欧阳siyuan", "\"欧 阳\" AND \"siyuan\"*" },
    { "d'Est", "(\"d\"* OR \"dest\"*) AND (\"est\"* OR \"dest\"*)" },
    { "\"OR\"", "\"or\"*" },
    { "NEAR(a b)", "(\"near\"* OR \"neara\"*) AND (\"a\"* OR \"neara\"* OR \"ab\"*) AND "
                   "(\"b\"* OR \"ab\"*) OR \"nearab\"*" },
    { "Eve@example.org", "\"ªeveexampleorg\"*" },
    { "5678", "(\"5678\"* OR \"º5678\")" },
    { "567", "\"567\"*" },
    { "56789", "\"56789\"*" },
    { "li 5678", "(\"li\"* OR \"li5678\"*) AND (\"5678\"* OR \"li5678\"* OR \"º5678\")" },
    { "0612345678", "\"0612345678\"* OR \"º12345678\"" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *query = query_of (ROWS[i].in);
    g_assert_cmpstr (query, ==, ROWS[i].out);
  }
  g_assert_null (query_of (""));
  g_assert_null (query_of (" - * \" ( @ "));
}

static void test_near (void)
{
  static const Pair ROWS[] = {
    { "abcd", "\"acbd\"" },      { "abcd", "\"abd\"" },         { "abcd", "\"abcde\"" },
    { "abcd", "\"axcd\"" },      { "abcd ef", "AND (\"ef\"*" }, { "ef abcd", "\"axcd\"" },
    { "wxyz abcd", "\"axcd\"" }, { "wxyz abcd", "\"wyz\"" },    { "小明", "OR \"xiaoming\"" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (GStrv) words = tokens_words (ROWS[i].in);
    g_autofree char *query = tokens_query_near (words);
    g_assert_nonnull (strstr (query, ROWS[i].out));
  }
  /* No more letters are tried than there is time for. */
  g_auto (GStrv) many = tokens_words ("abcdefgh ijklmnop qrst");
  g_autofree char *cut = tokens_query_near (many);
  g_assert_nonnull (strstr (cut, "\"axcdefgh\""));
  g_assert_null (strstr (cut, "\"ixklmnop\""));
  g_assert_nonnull (strstr (cut, "\"qxst\""));
  static const char *const NONE[] = { "", "abc", "欧", "eve@example.org", "12345" };
  for (gsize i = 0; i < G_N_ELEMENTS (NONE); i++) {
    g_auto (GStrv) words = tokens_words (NONE[i]);
    g_assert_null (tokens_query_near (words));
  }
}

static void test_query_limits (void)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (typed, "w%u ", i);
  g_auto (GStrv) words = tokens_words (typed->str);
  g_assert_cmpuint (g_strv_length (words), ==, TOKENS_QUERY_TERMS_MAX);
  g_autofree char *word = g_strnfill (100000, 'x');
  g_auto (GStrv) cut = tokens_words (word);
  g_assert_cmpuint (strlen (cut[0]), ==, TOKENS_QUERY_CHARACTERS_MAX);
}

/* Any text at all folds and makes tokens and queries of valid UTF-8 without a quote
 * inside a term. */
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
    g_autofree char *tokens = tokens_of_texts (texts);
    g_assert_true (g_utf8_validate (tokens, -1, NULL));
    g_assert_null (strpbrk (tokens, "\"*()"));
    g_autofree char *query = query_of (text->str);
    g_assert_true (query == NULL || g_utf8_validate (query, -1, NULL));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokens/tokens", test_tokens);
  g_test_add_func ("/tokens/phrase", test_phrase);
  g_test_add_func ("/tokens/query", test_query);
  g_test_add_func ("/tokens/near", test_near);
  g_test_add_func ("/tokens/query-limits", test_query_limits);
  g_test_add_func ("/tokens/any-text", test_any_text);
  return g_test_run ();
}
