/* Secrets that people type. */
#include "core/password.h"

#include "core/sign.h"

#include <string.h>

static void test_check (void)
{
  g_autofree char *hash = password_hash ("314159"), *again = password_hash ("314159");

  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (password_check (hash, "314159"));
  g_assert_true (password_check (again, "314159"));
  g_assert_false (password_check (hash, "314158"));
  g_assert_false (password_check (hash, ""));
}

static void test_foreign_hashes (void)
{
  static const char *const HASHES[] = { "", "x", "$argon2id$",
                                        "$argon2id$v=19$m=4194304,t=50,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                        "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g" };
  g_autofree char *endless = g_strnfill (5000, '$');

  for (guint i = 0; i < G_N_ELEMENTS (HASHES); i++)
    g_assert_false (password_check (HASHES[i], "314159"));
  g_assert_false (password_check (endless, "314159"));
}

static void test_digits (void)
{
  g_autofree char *one = password_new_digits (12), *other = password_new_digits (12);

  g_assert_cmpuint (strlen (one), ==, 12);
  g_assert_cmpuint (strspn (one, "0123456789"), ==, 12);
  g_assert_cmpstr (one, !=, other);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/password/check", test_check);
  g_test_add_func ("/password/foreign", test_foreign_hashes);
  g_test_add_func ("/password/digits", test_digits);
  return g_test_run ();
}
