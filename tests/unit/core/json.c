#include "core/json.h"

#include <string.h>

static void test_write (void)
{
  static const char *const days[] = { "26", "27", NULL };
  static const char *const none[] = { NULL };
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "name", "Œuvrard « 䶮 » \"\n");
  json_out_string (out, "nothing", NULL);
  json_out_string_if (out, "left-out", "");
  json_out_int (out, "seq", G_MAXINT64);
  json_out_int_if (out, "zero", 0);
  json_out_bool (out, "no", FALSE);
  json_out_bool_if (out, "left-out-too", FALSE);
  json_out_strings (out, "days", days);
  json_out_strings (out, "empty", none);
  json_out_strings_if (out, "left-out-three", none);
  json_out_raw (out, "raw", "{\"a\":[1,2]}");
  json_out_raw (out, "broken", "{\"a\":");
  json_out_begin_array (out, "list");
  json_out_begin_object (out, NULL);
  json_out_end_object (out);
  json_out_end_array (out);
  json_out_end_object (out);
  text = json_out_finish (out);
  g_assert_cmpstr (text, ==,
                   "{\"name\":\"Œuvrard « 䶮 » "
                   "\\\"\\n\",\"nothing\":null,\"seq\":9223372036854775807,\"no\":false,\"days\":["
                   "\"26\",\"27\"],\"empty\":[],"
                   "\"raw\":{\"a\":[1,2]},\"broken\":\"{\\\"a\\\":\",\"list\":[{}]}");
}

/* Whatever a text holds comes back as it was, on one line. */
static void test_escapes (void)
{
  char all[256 + 8] = "\\u0041 \\";
  JsonOut *out = json_out_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonIn) in = NULL;
  g_autofree char *text = NULL;
  gsize at = strlen (all);

  for (int c = 1; c < 128; c++)
    all[at++] = (char) c;
  json_out_begin_object (out, NULL);
  json_out_string (out, all, all);
  json_out_raw (out, "lines", "[\n1,\n\"[\"]\n");
  json_out_string (out, "bracket", "{[");
  json_out_bool (out, "after", TRUE);
  json_out_end_object (out);
  text = json_out_finish (out);
  for (const char *c = text; *c != '\0'; c++)
    g_assert_cmpint ((guchar) *c, >=, ' ');
  in = json_in_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_in_string (json_in_root (in), all), ==, all);
  g_assert_cmpuint (json_in_length (json_in_member (json_in_root (in), "lines")), ==, 2);
  g_assert_true (json_in_bool (json_in_root (in), "after"));
}

static void test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonIn) in = json_in_parse (
      "{\"s\":\"欧\",\"i\":-5,\"b\":true,\"a\":[\"x\",1,\"y\"],\"o\":{\"k\":\"v\"},\"n\":null}", -1,
      &error);
  JsonValue *root;
  g_auto (GStrv) list = NULL, none = NULL;

  g_assert_no_error (error);
  root = json_in_root (in);
  g_assert_cmpstr (json_in_string (root, "s"), ==, "欧");
  g_assert_cmpint (json_in_int (root, "i"), ==, -5);
  g_assert_true (json_in_bool (root, "b"));
  list = json_in_strings (root, "a");
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  none = json_in_strings (root, "s");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpstr (json_in_string (json_in_member (root, "o"), "k"), ==, "v");
  g_assert_true (json_in_has (root, "n"));
  /* Of another type, or not there. */
  g_assert_null (json_in_string (root, "i"));
  g_assert_null (json_in_string (root, "n"));
  g_assert_null (json_in_string (root, "none"));
  g_assert_cmpint (json_in_int (root, "s"), ==, 0);
  g_assert_false (json_in_bool (root, "s"));
  g_assert_cmpuint (json_in_length (root), ==, 0);
  g_assert_null (json_in_element (json_in_member (root, "a"), 3));
  g_assert_null (json_in_string (json_in_member (root, "a"), "k"));
  g_assert_null (json_in_string (NULL, "k"));
}

static void test_refused (void)
{
  g_autofree char *deep = g_strnfill (JSON_DEPTH_MAX + 1, '[');
  g_autofree char *large = g_strnfill (JSON_BYTES_MAX + 1, ' ');
  const struct {
    const char *text;
    int code;
  } rows[] = { { "{", JSON_ERROR_SYNTAX },        { "{\"a\":}", JSON_ERROR_SYNTAX },
               { "\"\xff\"", JSON_ERROR_SYNTAX }, { "nul", JSON_ERROR_SYNTAX },
               { deep, JSON_ERROR_TOO_BIG },      { large, JSON_ERROR_TOO_BIG } };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonIn) brackets
      = json_in_parse ("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]", -1, &error);

  g_assert_nonnull (brackets);
  g_assert_no_error (error); /* brackets in a text are no depth */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_null (json_in_parse (rows[i].text, -1, &error));
    g_assert_error (error, JSON_ERROR, rows[i].code);
    g_clear_error (&error);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/write", test_write);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/read", test_read);
  g_test_add_func ("/json/refused", test_refused);
  return g_test_run ();
}
