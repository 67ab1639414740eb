#include "core/sign.h"

#include <string.h>

static void test_round (void)
{
  SignPublic key, other, back;
  SignSecret secret, secret_back;
  guint8 signature[SIGNATURE_BYTES];
  g_autofree char *public_text = NULL, *secret_text = NULL, *id = NULL;

  sign_key_new (&key, &secret);
  sign_public_of (&secret, &other);
  g_assert_cmpmem (key.bytes, SIGN_PUBLIC_BYTES, other.bytes, SIGN_PUBLIC_BYTES);
  sign_make (&secret, "FR-0001", 7, signature);
  g_assert_true (sign_check (&key, "FR-0001", 7, signature));
  g_assert_false (sign_check (&key, "FR-0002", 7, signature));
  signature[10] ^= 1;
  g_assert_false (sign_check (&key, "FR-0001", 7, signature));

  public_text = sign_public_text (&key);
  secret_text = sign_secret_text (&secret);
  g_assert_true (sign_public_from_text (public_text, &back));
  g_assert_cmpmem (key.bytes, SIGN_PUBLIC_BYTES, back.bytes, SIGN_PUBLIC_BYTES);
  g_assert_true (sign_secret_from_text (secret_text, &secret_back));
  g_assert_cmpmem (secret.bytes, SIGN_SECRET_BYTES, secret_back.bytes, SIGN_SECRET_BYTES);
  id = sign_key_id_text (&key);
  g_assert_cmpuint (strlen (id), ==, 8);
  sign_wipe (&secret);
  g_assert_cmpuint (secret.bytes[0] | secret.bytes[31] | secret.bytes[63], ==, 0);
}

static void test_bad_text (void)
{
  static const char *const bad[] = { NULL, "", "AAAA", "not base64 at all!",
                                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
  SignPublic key;
  SignSecret secret;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (sign_public_from_text (bad[i], &key));
    g_assert_false (sign_secret_from_text (bad[i], &secret));
  }
}

static void test_secrets (void)
{
  g_autofree char *one = sign_secret_new (32), *two = sign_secret_new (32);

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (sign_secret_equal (one, one));
  g_assert_false (sign_secret_equal (one, two));
  g_assert_false (sign_secret_equal (one, NULL));
  g_assert_false (sign_secret_equal (NULL, NULL));
  g_assert_null (strpbrk (one, "+/="));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/sign/round", test_round);
  g_test_add_func ("/sign/bad-text", test_bad_text);
  g_test_add_func ("/sign/secrets", test_secrets);
  return g_test_run ();
}
