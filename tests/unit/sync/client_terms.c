/* What of a hub's refusals is kept for doors and screens. */
#include "sync/client_terms.h"

static void test_errors (void)
{
  static const struct {
    ClientError code;
    const char *name;
  } CASES[] = {
    { CLIENT_ERROR_UNREACHABLE, "" },    { CLIENT_ERROR_CODE, "" },
    { CLIENT_ERROR_REFUSED, "revoked" }, { CLIENT_ERROR_OLDER, "older" },
    { CLIENT_ERROR_CONFLICT, "fork" },   { CLIENT_ERROR_PIN, "key" },
    { CLIENT_ERROR_PROTOCOL, "other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = g_error_new_literal (CLIENT_ERROR, (gint) CASES[i].code, "");
    ClientRefusal refusal = client_terms_refusal_of (error);

    g_assert_cmpstr (client_terms_refusal_name (refusal), ==, CASES[i].name);
    g_assert_cmpint (client_terms_refusal (CASES[i].name, NULL), ==, refusal);
  }
}

static void test_two (void)
{
  g_assert_cmpint (client_terms_refusal (NULL, NULL), ==, CLIENT_REFUSAL_NONE);
  g_assert_cmpint (client_terms_refusal ("fork", "revoked"), ==, CLIENT_REFUSAL_REVOKED);
  g_assert_cmpint (client_terms_refusal (NULL, "key"), ==, CLIENT_REFUSAL_KEY);
  g_assert_cmpint (client_terms_refusal ("unheard of", NULL), ==, CLIENT_REFUSAL_NONE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client_terms/errors", test_errors);
  g_test_add_func ("/client_terms/two", test_two);
  return g_test_run ();
}
