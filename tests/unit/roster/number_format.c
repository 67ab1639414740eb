/* Numbers as their formats show them. */
#include "roster/number_format.h"

static void test_codes (void)
{
  static const struct {
    const char *code;
    double value;
    const char *shown;
  } ROWS[] = {
    { "General", 12.0, "12" },
    { "General", -7, "-7" },
    { "General", 12.5, "12.5" },
    { "General", 0.1, "0.1" },
    { "General", 13800000001.0, "13800000001" },
    { "General", 999999999999999.0, "999999999999999" },
    { "General", 510123197001011234.0, "5.10123197001011E+17" },
    { "Standard", 12, "12" },
    { "G/通用格式", 12, "12" },
    { "@", 12, "12" },
    { "", 12, "12" },
    { "0", 12.6, "13" },
    { "0000", 7, "0007" },
    { "0000", 123456, "123456" },
    { "00 00 00 00 00", 612345678, "06 12 34 56 78" },
    { "\"FR-\"0000", 41, "FR-0041" },
    { "\"CN-\"General", 41, "CN-41" },
    { "\"n° \"0", 3, "n° 3" },
    { "0\\号", 3, "3号" },
    { "#,##0", 1234, "1234" },
    { "#,##0.00", 1234.5, "1234.50" },
    { "0.0#", 1.5, "1.5" },
    { "0.0#", 1.256, "1.26" },
    { "0.##", 3, "3" },
    { "#", 0, "" },
    { "0%", 0.25, "25%" },
    { "0.0%", 0.256, "25.6%" },
    { "0,", 12000, "12" },
    { "0.00E+00", 12345, "12345" },
    { "0;(0)", -5, "(5)" },
    { "0;-0;\"néant\"", 0, "néant" },
    { "0_ ;[Red]\\-0\\ ", 8, "8" },
    { "[>100]0", 8, "8" },
    { "[$€-40C]0.00", 8, "€8.00" },
    { "0.00\\ \"€\"", 8, "8.00 €" },
    { "dd/mm/yyyy", 42669, "2016-10-26" },
    { "d-mmm", 42669, "2016-10-26" },
    { "[$-804]yyyy\"年\"m\"月\"d\"日\"", 42669, "2016-10-26" },
    { "yyyy年m月d日", 42669, "2016-10-26" },
    { "d", 42669, "2016-10-26" },
    { "mmm", 42669, "2016-10-26" },
    { "yyyy-mm-dd hh:mm", 42669.604166666664, "2016-10-26 14:30" },
    { "yyyy-mm-dd hh:mm", 42669, "2016-10-26" },
    { "yyyy-mm-dd hh:mm:ss", 42669.99999, "2016-10-26 23:59:59" },
    { "hh:mm", 0.604166666666, "14:30" },
    { "h:mm AM/PM", 0.604166666666, "14:30" },
    { "[h]:mm:ss", 1.5, "36:00:00" },
    { "dd/mm/yyyy", 1, "1900-01-01" },
    { "dd/mm/yyyy", 59, "1900-02-28" },
    { "dd/mm/yyyy", 61, "1900-03-01" },
    { "dd/mm/yyyy", -1, "-1" },
    { "dd/mm/yyyy", 1e12, "1000000000000" },
    { "\"", 5, "" },
    { "\\", 5, "\\" },
    { "[", 5, "5" },
    { "\xFF", 5, "\xEF\xBF\xBD" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (NumberFormat) format = number_format_new (ROWS[i].code);
    g_autofree char *shown = number_format_show (format, ROWS[i].value, FALSE);
    if (g_strcmp0 (shown, ROWS[i].shown) != 0) {
      g_test_message ("%s of %g: %s, not %s", ROWS[i].code, ROWS[i].value, shown, ROWS[i].shown);
      g_test_fail ();
    }
  }
}

static void test_built_in (void)
{
  static const struct {
    guint id;
    double value;
    const char *shown;
  } ROWS[] = {
    { 0, 12, "12" },
    { 1, 1.4, "1" },
    { 2, 1.25, "1.25" },
    { 9, 0.5, "50%" },
    { 49, 12, "12" },
    { 999, 12, "12" },
    { 14, 42669, "2016-10-26" },
    { 31, 42669, "2016-10-26" },
    { 58, 42669, "2016-10-26" },
    { 20, 0.5, "12:00" },
    { 22, 42669.5, "2016-10-26 12:00" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (NumberFormat) format = number_format_new_built_in (ROWS[i].id);
    g_autofree char *shown = number_format_show (format, ROWS[i].value, FALSE);
    g_assert_cmpstr (shown, ==, ROWS[i].shown);
  }
  g_autoptr (NumberFormat) zeros = number_format_new ("0000"), date = number_format_new ("d/m/yy");
  g_autofree char *macintosh = number_format_show (date, 41207, TRUE),
                  *without = number_format_show (NULL, 3.5, FALSE);
  g_assert_cmpstr (macintosh, ==, "2016-10-26");
  g_assert_cmpstr (without, ==, "3.5");
  g_assert_false (number_format_is_general (zeros));
  g_assert_true (number_format_is_general (NULL));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number_format/codes", test_codes);
  g_test_add_func ("/number_format/built-in", test_built_in);
  return g_test_run ();
}
