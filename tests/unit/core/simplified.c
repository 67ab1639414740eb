/* Simplified forms: the table of core/simplified against ICU's own. */
#include "core/simplified.h"

#include "core/text.h"

#include <unicode/utrans.h>

static void test_pairs (void)
{
  static const char *const ROWS[]
      = { "張张", "偉伟", "劉刘", "陳陈", "歐欧", "陽阳", "龍龙", "萬万", "寧宁", "甯宁",
          "呉吴", "王王", "苎苎", "薴苎", "髮发", "發发", "䲘鳤", "ab",   "éé" };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gunichar from = g_utf8_get_char (ROWS[i]), to = g_utf8_get_char (text_next (ROWS[i]));
    g_assert_cmphex (simplified_of (from), ==, from < 0x80 ? from : to);
  }
  g_assert_cmphex (simplified_of (0), ==, 0);
  g_assert_cmphex (simplified_of (0x3400), ==, 0x3400);
  g_assert_cmphex (simplified_of (0x9FFF), ==, 0x9FFF);
  g_assert_cmphex (simplified_of (0x20000), ==, 0x20000);
}

/* What is simplified stays so. */
static void test_settled (void)
{
  for (gunichar c = 0x3400; c <= 0x9FFF; c++) {
    gunichar form = simplified_of (c);
    if ((form != c && !text_is_han (form)) || simplified_of (form) != form) {
      g_test_message ("U+%04X → U+%04X", c, form);
      g_test_fail ();
    }
  }
}

static void test_icu (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *icu
      = utrans_openU (u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  g_assert_true (U_SUCCESS (status));
  guint differ = 0;
  for (UChar c = 0x3400; c <= 0x9FFF; c++) {
    UChar text[8] = { c };
    int32_t length = 1, limit = 1;
    utrans_transUChars (icu, text, &length, G_N_ELEMENTS (text), 0, &limit, &status);
    g_assert_true (U_SUCCESS (status));
    gboolean agrees = text[0] == c || simplified_of (text[0]) == simplified_of (c);
    if (!agrees)
      g_test_message ("U+%04X: U+%04X here, U+%04X by ICU", c, simplified_of (c), text[0]);
    differ += !agrees;
  }
  utrans_close (icu);
  g_assert_cmpuint (differ, <=, 3); /* another ICU than the one the table was made with */
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplified/pairs", test_pairs);
  g_test_add_func ("/simplified/settled", test_settled);
  g_test_add_func ("/simplified/icu", test_icu);
  return g_test_run ();
}
