/* What is JSON and what is not; json-glib itself takes most of the latter. */
#include "core/json_check.h"

#include <string.h>

#define DEPTH 4

static void test_table (void)
{
  static const struct {
    const char *text;
    JsonCheck expected;
  } TABLE[] = {
    { "{}", JSON_CHECK_GOOD },
    { "[]", JSON_CHECK_GOOD },
    { " \t\r\n{ \"a\" : [ 1 , -2.5e+3 , 0 , 1E5 , true , false , null , \"x\" ] , \"b\" : { } } \n",
      JSON_CHECK_GOOD },
    { "\"text\"", JSON_CHECK_GOOD },
    { "0", JSON_CHECK_GOOD },
    { "[[[[]]]]", JSON_CHECK_GOOD },
    { "[[[[1]],[{\"a\":2}]]]", JSON_CHECK_GOOD },
    { "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\ud83d\\ude00 欧阳\"", JSON_CHECK_GOOD },
    { "[[[[[]]]]]", JSON_CHECK_DEPTH },
    { "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}", JSON_CHECK_DEPTH },
    { "", JSON_CHECK_SYNTAX },
    { " ", JSON_CHECK_SYNTAX },
    { "{", JSON_CHECK_SYNTAX },
    { "[", JSON_CHECK_SYNTAX },
    { "]", JSON_CHECK_SYNTAX },
    { "[1", JSON_CHECK_SYNTAX },
    { "[1,]", JSON_CHECK_SYNTAX },
    { "[,1]", JSON_CHECK_SYNTAX },
    { "[1 2]", JSON_CHECK_SYNTAX },
    { "[1}", JSON_CHECK_SYNTAX },
    { "{\"a\"}", JSON_CHECK_SYNTAX },
    { "{\"a\":}", JSON_CHECK_SYNTAX },
    { "{\"a\":1,}", JSON_CHECK_SYNTAX },
    { "{\"a\":1]", JSON_CHECK_SYNTAX },
    { "{a:1}", JSON_CHECK_SYNTAX },
    { "{'a':1}", JSON_CHECK_SYNTAX },
    { "{1:1}", JSON_CHECK_SYNTAX },
    { "{} {}", JSON_CHECK_SYNTAX },
    { "1 2", JSON_CHECK_SYNTAX },
    { "var x = {}", JSON_CHECK_SYNTAX },
    { "/* \" */ {}", JSON_CHECK_SYNTAX },
    { "{} // comment", JSON_CHECK_SYNTAX },
    { "True", JSON_CHECK_SYNTAX },
    { "tru", JSON_CHECK_SYNTAX },
    { "nullx", JSON_CHECK_SYNTAX },
    { "01", JSON_CHECK_SYNTAX },
    { "0x10", JSON_CHECK_SYNTAX },
    { "+1", JSON_CHECK_SYNTAX },
    { "-", JSON_CHECK_SYNTAX },
    { "1.", JSON_CHECK_SYNTAX },
    { ".5", JSON_CHECK_SYNTAX },
    { "1e", JSON_CHECK_SYNTAX },
    { "NaN", JSON_CHECK_SYNTAX },
    { "\"", JSON_CHECK_SYNTAX },
    { "\"\\\"", JSON_CHECK_SYNTAX },
    { "\"\\x\"", JSON_CHECK_SYNTAX },
    { "\"\\u12\"", JSON_CHECK_SYNTAX },
    { "\"\\u12\u0263\"", JSON_CHECK_SYNTAX },
    { "\"\\u0000\"", JSON_CHECK_SYNTAX },
    { "\"\\ud83d\"", JSON_CHECK_SYNTAX },
    { "\"\\ud83dx\"", JSON_CHECK_SYNTAX },
    { "\"\\ude00\"", JSON_CHECK_SYNTAX },
    { "\"\\ud83d\\ud83d\"", JSON_CHECK_SYNTAX },
    { "\"line\nfeed\"", JSON_CHECK_SYNTAX },
    { "\"\x01\"", JSON_CHECK_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    gsize at;
    JsonCheck got = json_check (TABLE[i].text, strlen (TABLE[i].text), DEPTH, &at);

    if (got != TABLE[i].expected)
      g_error ("%s: %d, not %d", TABLE[i].text, (int) got, (int) TABLE[i].expected);
    g_assert_cmpuint (at, <=, strlen (TABLE[i].text));
  }
}

static void test_nul (void)
{
  gsize at;

  g_assert_cmpint (json_check ("[1]\0", 4, DEPTH, &at), ==, JSON_CHECK_SYNTAX);
  g_assert_cmpint (json_check ("\0[1]", 4, DEPTH, &at), ==, JSON_CHECK_SYNTAX);
  g_assert_cmpint (json_check ("\"a\0\"", 4, DEPTH, &at), ==, JSON_CHECK_SYNTAX);
}

/* Every prefix of a good text is none, and none reads beyond its end. */
static void test_prefixes (void)
{
  static const char TEXT[] = "{\"a\":[1.5e3,\"\\u00e9\\ud83d\\ude00\",{\"b\":null}],\"c\":true}";

  for (gsize length = 0; length < sizeof TEXT - 1; length++) {
    g_autofree char *exact = g_memdup2 (TEXT, length); /* a sanitizer sees what is read behind it */
    gsize at;

    g_assert_cmpint (json_check (exact != NULL ? exact : "", length, DEPTH, &at), ==,
                     JSON_CHECK_SYNTAX);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/json-check/table", test_table);
  g_test_add_func ("/core/json-check/nul", test_nul);
  g_test_add_func ("/core/json-check/prefixes", test_prefixes);
  return g_test_run ();
}
