/* What cells say. */
#include "roster/value.h"

static void test_yes_no (void)
{
  static const char *const YES[]
      = { "oui", "OUI", "Oui ", "o", "yes", "Y",      "vrai", "true", "x", "X",       "1",
          "是",  "有",  "✓",    "✔", "√",   "Oui/是", "是的", "●",    "✅", "Yes / 是" };
  static const char *const NO[]
      = { "non", "NON", "n", "no", "faux", "false", "0", "否", "无", "-", "–" };
  static const char *const NEITHER[]
      = { "peut-être", "2", "oui non", "是否", "Oui/否", "××", "?", "!" };
  gboolean answer;
  for (gsize i = 0; i < G_N_ELEMENTS (YES); i++) {
    g_assert_true (value_yes_no (YES[i], &answer));
    g_assert_true (answer);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (NO); i++) {
    g_assert_true (value_yes_no (NO[i], &answer));
    g_assert_false (answer);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (NEITHER); i++)
    g_assert_false (value_yes_no (NEITHER[i], &answer));
}

static void check_list (char **list, const char *wanted)
{
  g_autofree char *joined = g_strjoinv ("|", list);
  g_assert_cmpstr (joined, ==, wanted);
  g_strfreev (list);
}

static void test_lists (void)
{
  check_list (value_list (""), "");
  check_list (value_list ("A1"), "A1");
  check_list (value_list ("A1, A3;A2"), "A1|A3|A2");
  check_list (value_list ("26、27、28"), "26|27|28");
  check_list (value_list ("26，27；28"), "26|27|28");
  check_list (value_list (" 26 octobre ,, 27 octobre,"), "26 octobre|27 octobre");
  check_list (value_list ("A1\nA2"), "A1|A2");
  check_list (value_list ("26日┋27日"), "26日|27日");
  check_list (value_words ("A1 A3/A2"), "A1|A3|A2");
  check_list (value_words ("26　27"), "26|27");
}

static void test_roles (void)
{
  static const struct {
    const char *text, *role, *session;
  } ROWS[] = {
    { "intervenant A1", "intervenant", "A1" },
    { "Intervenante A1", "intervenant", "A1" },
    { "Intervenant(e) : A1", "intervenant", "A1" },
    { "INTERVENANT (A1)", "intervenant", "A1" },
    { "speaker A2", "intervenant", "A2" },
    { "发言人 A6", "intervenant", "A6" },
    { "发言人A6", "intervenant", "A6" },
    { "A6发言人", "intervenant", "A6" },
    { "发言人：A6", "intervenant", "A6" },
    { "发言人（A6）", "intervenant", "A6" },
    { "animatrice A3", "animateur", "A3" },
    { "moderator A3", "animateur", "A3" },
    { "主持人 A3", "animateur", "A3" },
    { "président de séance A4", "président de séance", "A4" },
    { "Présidente de séance A4", "président de séance", "A4" },
    { "Chair: A4", "président de séance", "A4" },
    { "主席 A4", "président de séance", "A4" },
    { "intervenant", "intervenant", "" },
    { "intervenant A1, A2", "intervenant", "A1, A2" },
    { "visiteur A1", NULL, NULL },
    { "A1", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *role = NULL;
    g_autofree char *session = NULL;
    g_assert_cmpint (value_role (ROWS[i].text, &role, &session), ==, ROWS[i].role != NULL);
    g_assert_cmpstr (role, ==, ROWS[i].role);
    g_assert_cmpstr (session, ==, ROWS[i].session);
  }
}

static void test_countries (void)
{
  static const char *const ROWS[][2] = {
    { "France", "FR" },
    { "法国", "FR" },
    { "fr", "FR" },
    { "FR", "FR" },
    { "Chine", "CN" },
    { "中国", "CN" },
    { "China", "CN" },
    { "P.R. China", "CN" },
    { "Belgique", "BE" },
    { "États-Unis", "US" },
    { "Côte d'Ivoire", "CI" },
    { "VU", "VU" },
    { "Madagascar", "MG" },
    { "Mali", "ML" },
    { "Cameroun", "CM" },
    { "PRC", "CN" },
    { "P.R.C.", "CN" },
    { "中国大陆", "CN" },
    { "République populaire de Chine", "CN" },
    { "喀麦隆", "CM" },
    { "Chine / 中国", "CN" },
    { "法国 France", "FR" },
    { "Hong Kong 中国香港", "HK" },
    { "France / 中国", NULL },
    { "Atlantide 法国", NULL },
    { "FRA", "FR" },
    { "chn", "CN" },
    { "Hong-Kong (Chine)", "HK" },
    { "Atlantide", NULL },
    { "vu", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpstr (value_country (ROWS[i][0]), ==, ROWS[i][1]);
  static const char *const REFERENCES[][2]
      = { { "FR-0001", "FR" }, { "CN0001", "CN" }, { "fr_1", "FR" }, { "ID-1", NULL },
          { "FRA-1", NULL },   { "F", NULL },      { "XX-1", NULL }, { "", NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (REFERENCES); i++)
    g_assert_cmpstr (value_country_of_reference (REFERENCES[i][0]), ==, REFERENCES[i][1]);
}

/* What a cell says in both languages. */
static void test_both (void)
{
  static const char *const ROWS[][3] = {
    { "Confirmé 已确认", "confirme", "已确认" },
    { "élu / 民选代表", "elu", "民选代表" },
    { "民选代表（élu）", "elu", "民选代表" },
    { "已确认", NULL, NULL },
    { "Confirmé", NULL, NULL },
    { "- 已确认", NULL, NULL },
    { "", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *latin = NULL, *han = NULL;
    g_assert_cmpint (value_both (ROWS[i][0], &latin, &han), ==, ROWS[i][1] != NULL);
    g_assert_cmpstr (latin, ==, ROWS[i][1]);
    g_assert_cmpstr (han, ==, ROWS[i][2]);
  }
}

static void test_others (void)
{
  g_assert_true (value_is_total ("TOTAL :"));
  g_assert_true (value_is_total ("合计"));
  g_assert_true (value_is_total ("Total : 2"));
  g_assert_true (value_is_total ("Total 12 personnes"));
  g_assert_true (value_is_total ("合计：2人"));
  g_assert_false (value_is_total ("2"));
  g_assert_false (value_is_total ("人"));
  g_assert_false (value_is_total ("Sous-total Lyon"));
  g_assert_true (value_opens_total ("Sous-total Lyon"));
  g_assert_true (value_opens_total ("小计（成都）"));
  g_assert_false (value_opens_total ("FR-12"));
  static const char *const NOTHING[]
      = { "-", "—", "/", "N/A", "n.a.", "s/o", "néant", "无", "暂无", "..." };
  for (gsize i = 0; i < G_N_ELEMENTS (NOTHING); i++)
    g_assert_true (value_is_nothing (NOTHING[i]));
  static const char *const SOMETHING[] = { "", "Na", "NA", "Nil", "无锡市", "A-", "X" };
  for (gsize i = 0; i < G_N_ELEMENTS (SOMETHING); i++)
    g_assert_false (value_is_nothing (SOMETHING[i]));
  g_assert_false (value_is_total ("Total Énergies"));
  g_assert_false (value_is_total (""));
  g_assert_cmpstr (value_language ("Français"), ==, "fr");
  g_assert_cmpstr (value_language ("中文"), ==, "zh");
  g_assert_cmpstr (value_language ("English"), ==, "en");
  g_assert_null (value_language ("klingon"));
  g_assert_cmpstr (value_ribbon ("Signataire"), ==, "signatory");
  g_assert_cmpstr (value_ribbon ("候选"), ==, "candidate");
  g_assert_null (value_ribbon ("médaille"));
  g_assert_cmpstr (value_language ("Français 法语"), ==, "fr");
  g_assert_null (value_language ("Français 中文"));
  g_assert_cmpstr (value_diet ("Végétarien / 素食"), ==, "vegetarian");
  g_assert_true (value_has_control ("a\x01"));
  g_assert_true (value_has_control ("a\x1B[31m"));
  g_assert_true (value_has_control ("a\x7F"));
  g_assert_true (value_has_control ("a\xC2\x9B"));
  g_assert_true (value_has_control ("caf\xEF\xBF\xBD"));
  g_assert_false (value_has_control ("l1\r\nl2\tx"));
  g_assert_false (value_has_control ("Émile 王 𬭶"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/yes-no", test_yes_no);
  g_test_add_func ("/value/lists", test_lists);
  g_test_add_func ("/value/roles", test_roles);
  g_test_add_func ("/value/countries", test_countries);
  g_test_add_func ("/value/both", test_both);
  g_test_add_func ("/value/others", test_others);
  return g_test_run ();
}
