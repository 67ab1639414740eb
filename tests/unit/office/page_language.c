/* Numbers, times and spans of time in the three languages of the pages. */
#include "office/page_language.h"

#include "words_here.h"

static void test_numbers (void)
{
  const struct {
    gint64 number;
    const char *texts[PAGE_LANGUAGE_COUNT];
  } TABLE[] = {
    { 0, { "0", "0", "0" } },
    { 999, { "999", "999", "999" } },
    { 1046, { "1\u202f046", "1,046", "1,046" } },
    { 100000, { "100\u202f000", "100,000", "100,000" } },
    { -1234567, { "\u22121\u202f234\u202f567", "\u22121,234,567", "\u22121,234,567" } },
    { G_MININT64,
      { "\u22129\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808",
        "\u22129,223,372,036,854,775,808", "\u22129,223,372,036,854,775,808" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    for (guint t = 0; t < PAGE_LANGUAGE_COUNT; t++) {
      g_autofree char *text = page_language_number ((PageLanguage) t, TABLE[i].number);

      g_assert_cmpstr (text, ==, TABLE[i].texts[t]);
    }
}

static void test_percent (void)
{
  const struct {
    gint64 part, whole;
    const char *french, *chinese;
  } TABLE[] = {
    { 1046, 1412, "74\u00a0%", "74%" }, { 0, 10, "0\u00a0%", "0%" },
    { 10, 10, "100\u00a0%", "100%" },   { 999, 1000, "99\u00a0%", "99%" },
    { 1, 1000, "1\u00a0%", "1%" },      { 3, 0, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *french
        = page_language_percent (PAGE_LANGUAGE_FIRST, TABLE[i].part, TABLE[i].whole),
        *chinese = page_language_percent (PAGE_LANGUAGE_SECOND, TABLE[i].part, TABLE[i].whole);

    g_assert_cmpstr (french, ==, TABLE[i].french);
    g_assert_cmpstr (chinese, ==, TABLE[i].chinese);
  }
}

static void test_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autofree char *clock = page_language_clock (1477547092000, zone),
                  *minutes = page_language_clock_minutes (1477547092000, zone);
  const struct {
    gint64 ms;
    const char *texts[PAGE_LANGUAGE_COUNT];
  } SPANS[] = {
    { -5, { "0\u00a0s", "0\u00a0秒", "0\u00a0s" } },
    { 59999, { "59\u00a0s", "59\u00a0秒", "59\u00a0s" } },
    { 180000, { "3\u00a0min", "3\u00a0分钟", "3\u00a0min" } },
    { 3600000, { "1\u00a0h", "1\u00a0小时", "1\u00a0h" } },
    { 3 * 86400000LL, { "3\u00a0jours", "3\u00a0天", "3\u00a0days" } },
  };

  g_assert_cmpstr (clock, ==, "13:44:52");
  g_assert_cmpstr (minutes, ==, "13:44");
  for (guint i = 0; i < G_N_ELEMENTS (SPANS); i++)
    for (guint t = 0; t < PAGE_LANGUAGE_COUNT; t++) {
      g_autofree char *span = page_language_span ((PageLanguage) t, SPANS[i].ms);

      g_assert_cmpstr (span, ==, SPANS[i].texts[t]);
    }
}

static void test_days (void)
{
  static const char *const DAYS[PAGE_LANGUAGE_COUNT]
      = { "jeudi 27 octobre", "10月27日 星期四", "Thursday 27 October" };
  static const char *const DATES[PAGE_LANGUAGE_COUNT]
      = { "27/10/2016", "2016年10月27日", "27 October 2016" };

  for (guint t = 0; t < PAGE_LANGUAGE_COUNT; t++) {
    g_autofree char *day = page_language_day ((PageLanguage) t, "2016-10-27"),
                    *date = page_language_date ((PageLanguage) t, "2016-10-27"),
                    *none = page_language_date ((PageLanguage) t, "soon");

    g_assert_cmpstr (day, ==, DAYS[t]);
    g_assert_cmpstr (date, ==, DATES[t]);
    g_assert_cmpstr (none, ==, "soon");
  }
}

static void test_choice (void)
{
  const struct {
    const char *accepted;
    PageLanguage language;
  } TABLE[] = {
    { NULL, PAGE_LANGUAGE_FIRST },
    { "", PAGE_LANGUAGE_FIRST },
    { "de,ja", PAGE_LANGUAGE_FIRST },
    { "zh-CN,zh;q=0.9,en;q=0.8", PAGE_LANGUAGE_SECOND },
    { "de, en-GB;q=0.7, fr;q=0.5", PAGE_LANGUAGE_SOURCE },
    { "FR-ca", PAGE_LANGUAGE_FIRST },
    { "eng", PAGE_LANGUAGE_FIRST },
  };
  PageLanguage language;

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    g_assert_cmpint (page_language_of_browser (TABLE[i].accepted), ==, TABLE[i].language);
  for (guint t = 0; t < PAGE_LANGUAGE_COUNT; t++) {
    g_assert_true (page_language_from_key (page_language_key ((PageLanguage) t), &language));
    g_assert_cmpint (language, ==, t);
  }
  g_assert_false (page_language_from_key ("de", &language));
  g_assert_false (page_language_from_key (NULL, &language));
  g_assert_cmpstr (page_language_tag (PAGE_LANGUAGE_SECOND), ==, "zh-CN");
  g_assert_cmpstr (page_language_name (PAGE_LANGUAGE_SECOND), ==, "中文");
  g_assert_cmpstr (page_language_say (PAGE_LANGUAGE_SOURCE, "x"), ==, "x");
  g_assert_cmpstr (page_language_plural (PAGE_LANGUAGE_SOURCE, "one", "many", 0), ==, "many");
  g_assert_cmpstr (page_language_pick (PAGE_LANGUAGE_SECOND, "a", ""), ==, "a");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/office/page_language/numbers", test_numbers);
  g_test_add_func ("/office/page_language/percent", test_percent);
  g_test_add_func ("/office/page_language/times", test_times);
  g_test_add_func ("/office/page_language/days", test_days);
  g_test_add_func ("/office/page_language/choice", test_choice);
  return g_test_run ();
}
