/* Dates in full, in both languages. */
#include "vocabulary/dates.h"
#include "words_here.h"

static void test_day (void)
{
  static const struct {
    const char *iso, *fr, *zh;
  } ROWS[] = {
    { "2016-10-26", "mercredi 26 octobre", "10月26日 星期三" },
    { "2016-10-30", "dimanche 30 octobre", "10月30日 星期日" },
    { "2016-08-01", "lundi 1er août", "8月1日 星期一" },
    { "2016-02-30", "", "" },
    { "", "", "" },
    { "demain", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fr = NULL, *zh = NULL;
    dates_day (ROWS[i].iso, &fr, &zh);
    g_assert_cmpstr (fr, ==, ROWS[i].fr);
    g_assert_cmpstr (zh, ==, ROWS[i].zh);
  }
}

static void test_place_and_span (void)
{
  static const struct {
    const char *place_fr, *place_zh, *first, *last, *fr, *zh;
  } ROWS[] = {
    { "Chengdu", "成都", "2016-10-26", "2016-10-29", "Chengdu, 26–29 octobre 2016",
      "成都 2016年10月26–29日" },
    { "Chengdu", "成都", "2016-10-26", "2016-10-26", "Chengdu, 26 octobre 2016",
      "成都 2016年10月26日" },
    { "Chengdu", "成都", "2016-10-30", "2016-11-01", "Chengdu, 30 octobre – 1er novembre 2016",
      "成都 2016年10月30日–11月1日" },
    { "Chengdu", "成都", "2016-12-31", "2017-01-01",
      "Chengdu, 31 décembre 2"
      "016 – 1er janvier 2017",
      "成都 2016年12月31日–2017年1月1日" },
    { "", "", "2016-08-01", "2016-08-02", "1er–2 août 2016", "2016年8月1–2日" },
    { "Chengdu", "成都", "", "", "Chengdu", "成都" },
    { "Chengdu", "成都", "2016-02-30", "2016-03-01", "Chengdu", "成都" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fr = NULL, *zh = NULL;
    dates_place_and_span ((Pair){ ROWS[i].place_fr, ROWS[i].place_zh }, ROWS[i].first, ROWS[i].last,
                          &fr, &zh);
    g_assert_cmpstr (fr, ==, ROWS[i].fr);
    g_assert_cmpstr (zh, ==, ROWS[i].zh);
  }
}

static void test_clock (void)
{
  static const char *const ROWS[][2]
      = { { "09:30", "09:30" }, { "9:30", "09:30" },  { "24:00", "00:00" }, { "25:30", "01:30" },
          { "", "" },           { "matin", "matin" }, { "99:00", "99:00" }, { "9:3x", "9:3x" } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = dates_clock (ROWS[i][0]);
    g_assert_cmpstr (text, ==, ROWS[i][1]);
  }
}

static void test_source (void)
{
  static const char *const ROWS[][2] = { { "2017-01-31", "31 January 2017" },
                                         { "2016-12-01", "1 December 2016" },
                                         { "2016-02-30", "2016-02-30" },
                                         { "", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = dates_source (ROWS[i][0]);
    g_assert_cmpstr (text, ==, ROWS[i][1]);
  }
}

static void test_list (void)
{
  static const struct {
    const char *isos[4], *fr, *zh;
  } ROWS[] = {
    { { "2016-10-27" }, "le 27 octobre", "10月27日" },
    { { "2016-10-26", "2016-10-27" }, "le 26 et le 27 octobre", "10月26日和27日" },
    { { "2016-10-26", "2016-10-27", "2016-10-28" },
      "le 26, le 27 et le 28 octobre",
      "10月26日、27日和28日" },
    { { "2016-10-31", "2016-11-01" },
      "le 31 octobre et"
      " le 1er novembre",
      "10月31日和11月1日" },
    { { "never" }, "", "" },
    { { NULL }, "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *fr = NULL, *zh = NULL;
    dates_list (ROWS[i].isos, &fr, &zh);
    g_assert_cmpstr (fr, ==, ROWS[i].fr);
    g_assert_cmpstr (zh, ==, ROWS[i].zh);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/station/dates/day", test_day);
  g_test_add_func ("/station/dates/place-and-span", test_place_and_span);
  g_test_add_func ("/station/dates/clock", test_clock);
  g_test_add_func ("/dates/source", test_source);
  g_test_add_func ("/dates/list", test_list);
  return g_test_run ();
}
