/* A program speaks the two languages of its replica's congress. */
#include "congress/languages.h"

#include "unit/access/replica.h"
#include "words_here.h"

static void check (const char *first, const char *second)
{
  g_assert_cmpstr (words_key (WORDS_FIRST), ==, first);
  g_assert_cmpstr (words_key (WORDS_SECOND), ==, second);
}

static void test_choose (void)
{
  static const struct {
    const char *body, *first, *second;
    gboolean good;
  } CASES[] = {
    { "{\"fr\":\"R\",\"zh\":\"会\"}", "fr", "zh", TRUE },
    { "{\"languages\":[\"fr\",\"en\"]}", "fr", "en", TRUE },
    { "{\"languages\":[\"en\",\"zh\"]}", "en", "zh", TRUE },
    { "{\"languages\":[\"fr\",\"tlh\"]}", "fr", "tlh", FALSE }, /* reads English */
    { "{\"languages\":[\"fr\"]}", "fr", "zh", TRUE },
    { "{\"languages\":[\"fr\",\"en\"],\"removed\":true}", "fr", "zh", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    Replica replica;
    words_here ();
    replica_open (&replica, "hub");
    g_assert_true (languages_choose (replica.journal, &error)); /* nothing loaded yet */
    check ("fr", "zh");
    append (replica.journal, "congress", "congress", CASES[i].body);
    g_assert_cmpint (languages_choose (replica.journal, &error), ==, CASES[i].good);
    g_assert_cmpint (error == NULL, ==, CASES[i].good);
    g_assert_true (languages_take (replica.journal, NULL)); /* warns, and goes on */
    check (CASES[i].first, CASES[i].second);
    check (CASES[i].first, CASES[i].second);
    g_assert_cmpint (words_is_chinese (WORDS_SECOND), ==, strcmp (CASES[i].second, "zh") == 0);
    g_assert_false (words_is_chinese (WORDS_FIRST));
    replica_close (&replica);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  words_here ();
  g_test_add_func ("/languages/choose", test_choose);
  return g_test_run ();
}
