/* Set-up codes: each family says something of each step in both languages, and what is
 * drawn can be drawn. */
#include "usb/code128.h"
#include "usb/setup.h"
#include "words_here.h"

#include <string.h>

static void check_pair (const char *text)
{
  const char *fr = words_for (WORDS_FIRST, text), *zh = words_for (WORDS_SECOND, text);

  g_assert_nonnull (fr);
  g_assert_nonnull (zh);
  g_assert_cmpstr (fr, !=, "");
  g_assert_cmpstr (zh, !=, "");
  g_assert_true (g_utf8_validate (fr, -1, NULL));
  g_assert_true (g_utf8_validate (zh, -1, NULL));
  g_assert_null (strchr (fr, '\''));
  if (strstr (text, "”") != NULL)
    g_assert_cmpstr (fr, !=, text);
}

static void test_families (void)
{
  guint count, drawn = 0;
  const SetupFamily *families = setup_families (&count);

  g_assert_cmpuint (count, ==, 5);
  for (guint i = 0; i < count; i++) {
    check_pair (families[i].text);
    g_assert_cmpstr (families[i].manual, !=, "");
    for (guint j = 0; j < SETUP_PURPOSES; j++) {
      const SetupStep *step = &families[i].steps[j];
      g_autoptr (GBytes) bars = step->code != NULL ? code128_modules (step->code) : NULL;
      check_pair (step->text);
      g_assert_true (step->code == NULL || (bars != NULL && step->code[0] == CODE128_FNC3));
      drawn += bars != NULL ? 1 : 0;
    }
  }
  g_assert_cmpuint (drawn, ==, 7);
}

static void test_words (void)
{
  g_autofree char *text = setup_code_text ("\x81$P,AE,P\r");

  g_assert_cmpstr (text, ==, "$P,AE,P CR");
  for (guint i = 0; i < SETUP_PURPOSES; i++)
    check_pair (setup_purpose ((SetupPurpose) i));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/scan/setup/families", test_families);
  g_test_add_func ("/scan/setup/words", test_words);
  return g_test_run ();
}
