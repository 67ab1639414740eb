/* Ribbons: words of facts, of the screen and of the badge, which has room for one. */
#include "vocabulary/ribbon.h"
#include "words_here.h"

static void test_wording (void)
{
  static const char *const NAMES[] = { "signatory", "candidate" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    Pair text = ribbon_wording (NAMES[i]);
    g_assert_cmpstr (text.first, !=, text.second);
    g_assert_cmpstr (text.first, !=, NAMES[i]);
  }
  g_assert_cmpstr (ribbon_wording ("other").second, ==, "other");
}

static void test_on_badge (void)
{
  static const struct {
    const char *names[4];
    const char *french;
  } CASES[] = {
    { { NULL }, "" },
    { { "signatory" }, "Signataire" },
    { { "candidate" }, "Candidat au prix" },
    { { "candidate", "signatory" }, "Signataire" },
    { { "other", "candidate" }, "Candidat au prix" },
    { { "other" }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    Pair text = ribbon_on_badge (CASES[i].names);
    g_assert_cmpstr (text.first, ==, CASES[i].french);
    g_assert_cmpint (*text.second != '\0', ==, *CASES[i].french != '\0');
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/ribbon/wording", test_wording);
  g_test_add_func ("/ribbon/on-badge", test_on_badge);
  return g_test_run ();
}
