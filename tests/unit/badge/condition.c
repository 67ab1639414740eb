#include "badge/condition.h"
#include "words_here.h"

static void test_holds (void)
{
  static const char *const press[] = { "category:press", "day:26", "script:zh", NULL },
                           *const nobody[] = { NULL };
  static const struct {
    const char *condition;
    gboolean press;
  } table[] = {
    { "category:press", TRUE },
    { "category:staff", FALSE },
    { "category", FALSE },
    { "category:pres", FALSE },
    { "category:staff category:press", TRUE }, /* either */
    { "category:press+day:26", TRUE },         /* both */
    { "category:press+day:27", FALSE },
    { "  category:staff+day:26 \n script:zh+day:26 ", TRUE },
    { "", FALSE },
    { "+", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_assert_cmpint (condition_holds (table[i].condition, press), ==, table[i].press);
    g_assert_false (condition_holds (table[i].condition, nobody));
    g_assert_false (condition_holds (table[i].condition, NULL));
  }
}

static void test_unknown_words (void)
{
  static const struct {
    const char *condition, *word;
  } table[] = {
    { "category:press role:moderator+event:foire day:26 entitlement:meals ribbon:signatory "
      "country:FR script:zh proof",
      NULL },
    { "category:press categories:staff", "categories:staff" },
    { "category:press+day:", "day:" },
    { "Proof", "Proof" },
    { "", "" },
    { " + ", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *word = condition_unknown_word (table[i].condition);
    g_assert_cmpstr (word, ==, table[i].word);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/condition/holds", test_holds);
  g_test_add_func ("/condition/unknown-words", test_unknown_words);
  return g_test_run ();
}
