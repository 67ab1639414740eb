/* Forms as browsers send them, and as nobody should. */
#include "http/urlencoded.h"

#include <string.h>

static void test_values (void)
{
  const struct {
    const char *text, *name, *value;
  } TABLE[] = {
    { "", "a", NULL },
    { "a=1", "a", "1" },
    { "a=1&b=2", "b", "2" },
    { "a=1&a=2", "a", "1" },
    { "a", "a", "" },
    { "a=", "a", "" },
    { "=x", "", "x" },
    { "&&a=1&&", "a", "1" },
    { "a=b=c", "a", "b=c" },
    { "name=Marie+Curie", "name", "Marie Curie" },
    { "name=%E9%B2%81+%e7%8f%ad", "name", "鲁 班" },
    { "n%61me=x", "name", "x" },
    { "a=%26%3d%25%2B", "a", "&=%+" },
    { "a=1\r\n", "a", "1\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Urlencoded) form = urlencoded_parse (TABLE[i].text, strlen (TABLE[i].text), &error);

    g_assert_no_error (error);
    g_assert_cmpstr (urlencoded_value (form, TABLE[i].name), ==, TABLE[i].value);
  }
}

static void test_refused (void)
{
  static const char *const TABLE[] = { "a=%", "a=%4",  "a=%4&b=1", "a=%zz",  "a=%00",          "%",
                                       "%f",  "a=%FF", "a=\xc3",   "\xff=1", "a=1&b=%ED%A0%80" };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (urlencoded_parse (TABLE[i], strlen (TABLE[i]), &error));
    g_assert_error (error, URLENCODED_ERROR, URLENCODED_ERROR_MALFORMED);
  }
}

static void test_many (void)
{
  for (guint more = 0; more < 2; more++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (Urlencoded) form = NULL;

    for (guint i = 0; i < URLENCODED_FIELDS_MAX + more; i++)
      g_string_append_printf (text, "day%u=%u&", i, i);
    form = urlencoded_parse (text->str, text->len, &error);
    if (more > 0)
      g_assert_error (error, URLENCODED_ERROR, URLENCODED_ERROR_TOO_MANY);
    else {
      g_assert_no_error (error);
      for (guint i = 0; i < URLENCODED_FIELDS_MAX; i++) {
        g_autofree char *name = g_strdup_printf ("day%u", i), *value = g_strdup_printf ("%u", i);

        g_assert_cmpstr (urlencoded_value (form, name), ==, value);
      }
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/urlencoded/values", test_values);
  g_test_add_func ("/http/urlencoded/refused", test_refused);
  g_test_add_func ("/http/urlencoded/many", test_many);
  return g_test_run ();
}
