/* What is said of each finding: both languages, their typography, and nothing that steers
 * a terminal. */
#include "usb/selftest_words.h"
#include "words_here.h"

#include <string.h>

#define KINDS (SELFTEST_SPEED + 1)

static void check_french (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '\''));
  for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar before = p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
    g_assert_cmpint (g_unichar_get_script (g_utf8_get_char (p)), !=, G_UNICODE_SCRIPT_HAN);
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    if (strchr ("?!;", *p) != NULL)
      g_assert_cmphex (before, ==, 0x202f);
    if (*p == ':')
      g_assert_cmphex (before, ==, 0xa0);
  }
}

static void check_chinese (const char *text)
{
  gboolean han = FALSE;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, ",;:!?()"));
  for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    han = han || g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN;
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
  }
  g_assert_true (han);
}

static void check (const SelftestFinding *finding)
{
  g_auto (SelftestWords) words = selftest_words (finding);

  check_french (words.said.first);
  check_chinese (words.said.second);
  g_assert_cmpint (words.remedy.first[0] != '\0', ==, finding->fault);
  g_assert_cmpint (words.remedy.second[0] != '\0', ==, finding->fault);
  if (finding->fault) {
    check_french (words.remedy.first);
    check_chinese (words.remedy.second);
  }
}

static void test_all (void)
{
  for (guint kind = 0; kind < KINDS; kind++)
    for (guint known = 0; known < 2; known++)
      for (guint scanner = 0; scanner < KEYMAP_LAYOUTS; scanner++) {
        char text[] = "ab";
        SelftestFinding finding = { .kind = (SelftestKind) kind,
                                    .fault = kind != SELFTEST_GOOD && kind != SELFTEST_SPEED,
                                    .count = 2,
                                    .text = text,
                                    .host_known = known == 1,
                                    .scanner = (KeysLayout) scanner,
                                    .host = KEYMAP_FR,
                                    .took_us = 123456 };
        check (&finding);
      }
}

static void test_shown_text (void)
{
  char hostile[] = "\033[31m a\302\233b\342\200\256cdefghijklmnopqrstuvwxyz";
  SelftestFinding finding = { .kind = SELFTEST_OTHER, .fault = TRUE, .text = hostile };
  g_auto (SelftestWords) words = selftest_words (&finding);

  g_assert_nonnull (
      strstr (words.said.first, "\357\277\275[31m\342\220\243a\357\277\275b\357\277\275cdef"));
  g_assert_true (g_str_has_suffix (words.said.first, "…"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/scan/selftest-words/all", test_all);
  g_test_add_func ("/scan/selftest-words/shown-text", test_shown_text);
  return g_test_run ();
}
