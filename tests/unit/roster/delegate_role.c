/* The roles of a registration: read, asked for, added; random texts are read without
 * harm. */
#include "roster/delegate_role.h"

#include <string.h>

static char *told (const char *text)
{
  g_autoptr (GPtrArray) roles = delegate_role_read (text);
  GString *told = g_string_new (NULL);
  for (guint i = 0; i < roles->len; i++) {
    const DelegateRole *role = roles->pdata[i];
    g_string_append_printf (told, "[%s|%s|%u]", role->role, role->session, role->theme);
  }
  return g_string_free (told, FALSE);
}

static void test_read (void)
{
  static const char *const ROWS[][2] = {
    { "", "" },
    { "intervenant A1", "[intervenant|A1|0]" },
    { "président de séance A3", "[président de séance|A3|0]" },
    { "intervenant A1/2; animateur A3", "[intervenant|A1|2][animateur|A3|0]" },
    { "intervenant", "" },
    { "intervenant ", "" },
    { ";;  ;animateur A3", "[animateur|A3|0]" },
    { "intervenant /2", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = told (ROWS[i][0]);
    g_assert_cmpstr (text, ==, ROWS[i][1]);
  }
}

static void test_is_in (void)
{
  static const char TEXT[] = "intervenant A1/2; animateur A3";
  g_assert_true (delegate_role_is_in (TEXT, "A1"));
  g_assert_true (delegate_role_is_in (TEXT, "A3"));
  g_assert_false (delegate_role_is_in (TEXT, "A"));
  g_assert_false (delegate_role_is_in (TEXT, "A1/2"));
  g_assert_false (delegate_role_is_in (TEXT, ""));
  g_assert_false (delegate_role_is_in (TEXT, NULL));
  g_assert_false (delegate_role_is_in (NULL, "A1"));
  g_assert_false (delegate_role_is_in ("", "A1"));
}

static void test_add (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  delegate_role_add (text, "intervenant", "A1", 2);
  delegate_role_add (text, "animateur", "A3", 0);
  delegate_role_add (text, "animateur", "A3", 0);
  g_assert_cmpstr (text->str, ==, "intervenant A1/2; animateur A3");
}

/* What is read and written anew is the same; nothing ends the program. */
static void test_any_text (void)
{
  static const char LETTERS[] = "aA1/; é";
  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GString) text = g_string_new (NULL), again = g_string_new (NULL);
    for (gint i = g_test_rand_int_range (0, 24); i > 0; i--)
      g_string_append_c (text, LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)]);
    g_autoptr (GPtrArray) roles = delegate_role_read (text->str);
    for (guint i = 0; i < roles->len; i++) {
      const DelegateRole *role = roles->pdata[i];
      g_assert_true (delegate_role_is_in (text->str, role->session));
      delegate_role_add (again, role->role, role->session, role->theme);
    }
    g_assert_cmpuint (roles->len, <=, DELEGATE_ROLES_MAX);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delegate_role/read", test_read);
  g_test_add_func ("/delegate_role/is_in", test_is_in);
  g_test_add_func ("/delegate_role/add", test_add);
  g_test_add_func ("/delegate_role/any_text", test_any_text);
  return g_test_run ();
}
