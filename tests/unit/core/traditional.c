/* Simplified characters with traditional ones. */
#include "core/traditional.h"

#include "core/simplified.h"

#include <glib.h>

static void test_texts (void)
{
  static const struct {
    const char *text, *traditional;
  } ROWS[] = { { "欧阳", "歐陽" }, { "张", "張" }, { "王", "王" }, { "", "" }, { "Zoé", "Zoé" } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *made = traditional_of (ROWS[i].text);
    g_assert_cmpstr (made, ==, ROWS[i].traditional);
  }
}

/* Of any length; and simplified again, it is what it was. */
static void test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append (text, "国");
  g_autofree char *made = traditional_of (text->str);
  g_assert_cmpint (g_utf8_strlen (made, -1), ==, 400);
  g_assert_cmpuint (simplified_of (g_utf8_get_char (made)), ==, g_utf8_get_char ("国"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/traditional/texts", test_texts);
  g_test_add_func ("/core/traditional/long", test_long);
  return g_test_run ();
}
