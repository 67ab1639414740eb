/* Certificates: read back, and not one bit of them altered. */
#include "credential/attestation.h"

#include <string.h>

static void test_round (void)
{
  SignPublic key, other;
  SignSecret secret, stranger;
  Attestation read;
  sign_start ();
  sign_key_new (&key, &secret);
  sign_key_new (&other, &stranger);
  g_autofree char *text = attestation_make (&secret, "FR-0001", "2016-10-26,2016-10-27;A1,A3");
  g_assert_true (attestation_read (text, &read));
  g_assert_cmpstr (read.reference, ==, "FR-0001");
  g_assert_cmpstr (read.claims, ==, "2016-10-26,2016-10-27;A1,A3");
  g_assert_true (attestation_is_signed_by (&read, &key));
  g_assert_false (attestation_is_signed_by (&read, &other));
  for (gsize i = 0; i < strlen (text); i++) {
    g_autofree char *altered = g_strdup (text);
    Attestation found;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    if (attestation_read (altered, &found) && i + 1 < strlen (text)) /* its last bits say nothing */
      g_assert_false (attestation_is_signed_by (&found, &key));
  }
}

static void test_refused (void)
{
  SignPublic key;
  SignSecret secret;
  Attestation read;
  sign_start ();
  sign_key_new (&key, &secret);
  g_autofree char *endless = g_strnfill (ATTESTATION_CLAIMS_MAX + 1, '1'),
                  *long_text = g_strnfill (5000, 'A');
  g_assert_null (attestation_make (&secret, "FR 1", ""));
  g_assert_null (attestation_make (&secret, "FR-1", endless));
  g_assert_null (attestation_make (&secret, "FR-1", "é"));
  const char *const BAD[] = { "", "A", "AC:TEST", "oyE=", "!!!!", long_text };
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    g_assert_false (attestation_read (BAD[i], &read));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attestation/round", test_round);
  g_test_add_func ("/attestation/refused", test_refused);
  return g_test_run ();
}
