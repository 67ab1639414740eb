/* Texts that are put together. */
#include "roster/name_text.h"

static void test_append (void)
{
  g_autofree char *text = g_strdup ("");
  name_text_append (&text, "");
  g_assert_cmpstr (text, ==, "");
  name_text_append (&text, "Dr");
  name_text_append (&text, "Mme");
  name_text_append (&text, "");
  g_assert_cmpstr (text, ==, "Dr Mme");
  name_text_replace (&text, g_strdup ("M."));
  g_assert_cmpstr (text, ==, "M.");
}

static void test_join (void)
{
  char *words[] = { (char[]){ "van" }, (char[]){ "der" }, (char[]){ "Berg" } };
  g_autofree char *none = name_text_join (words, 0), *two = name_text_join (words + 1, 2);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (two, ==, "der Berg");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name_text/append", test_append);
  g_test_add_func ("/name_text/join", test_join);
  return g_test_run ();
}
