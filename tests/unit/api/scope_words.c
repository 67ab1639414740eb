/* Scopes as words and as bits. */
#include "api/scope_words.h"

static const char *const WORDS[] = { "figures", "tables", "metrics", NULL };

static void test_read (void)
{
  static const struct {
    const char *text, *wrong;
    guint scopes;
  } TABLE[] = {
    { "figures", NULL, 1 },
    { "metrics,figures", NULL, 5 },
    { " tables , figures", NULL, 3 },
    { "figures,figures", NULL, 1 },
    { NULL, NULL, 0 },
    { "", NULL, 0 },
    { "figures,", "", 1 },
    { "tables,Figures,metrics", "Figures", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    guint scopes = 99;
    g_autofree char *wrong = scope_words_read (WORDS, TABLE[i].text, &scopes);
    g_assert_cmpstr (wrong, ==, TABLE[i].wrong);
    g_assert_cmpuint (scopes, ==, TABLE[i].scopes);
  }
}

static void test_write (void)
{
  static const char *const TEXTS[] = {
    "", "figures", "tables", "figures,tables", "metrics", "figures,metrics", "tables,metrics"
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autofree char *text = scope_words_write (WORDS, i);
    g_assert_cmpstr (text, ==, TEXTS[i]);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scope_words/read", test_read);
  g_test_add_func ("/scope_words/write", test_write);
  return g_test_run ();
}
