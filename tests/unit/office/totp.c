/* One-time codes against RFC 6238's own figures. */
#include "office/totp.h"

#include "core/sign.h"

#include <string.h>

/* Appendix B, SHA-1, the last six digits; the secret is "12345678901234567890". */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void test_reference (void)
{
  const struct {
    gint64 now_s;
    const char *code;
  } TABLE[] = {
    { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
    { 1234567890, "005924" }, { 2000000000, "279037" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    gint64 last = 0;

    g_assert_true (totp_check (SECRET, TABLE[i].code, TABLE[i].now_s, &last));
    g_assert_false (totp_check (SECRET, TABLE[i].code, TABLE[i].now_s, &last)); /* used */
    last = 0;
    g_assert_true (totp_check (SECRET, TABLE[i].code, TABLE[i].now_s + TOTP_STEP_S, &last));
    last = 0;
    g_assert_false (totp_check (SECRET, TABLE[i].code, TABLE[i].now_s + 3 * TOTP_STEP_S, &last));
  }
}

static void test_refused (void)
{
  static const char *const CODES[] = { "", "28708", "2870822", "28708x", " 87082", "+87082" };
  gint64 last = 0;

  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    g_assert_false (totp_check (SECRET, CODES[i], 59, &last));
  g_assert_false (totp_check ("no base32 1!", "287082", 59, &last));
}

static void test_secret (void)
{
  g_autofree char *one = totp_new_secret (), *two = totp_new_secret (),
                  *uri = totp_uri (one, "accueil", "c.château"), *wanted = NULL;

  g_assert_cmpuint (strlen (one), ==, 32);
  g_assert_cmpstr (one, !=, two);
  wanted
      = g_strdup_printf ("otpauth://totp/accueil:c.ch%%C3%%A2teau?secret=%s&issuer=accueil", one);
  g_assert_cmpstr (uri, ==, wanted);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_assert_true (totp_start ());
  g_test_add_func ("/office/totp/reference", test_reference);
  g_test_add_func ("/office/totp/refused", test_refused);
  g_test_add_func ("/office/totp/secret", test_secret);
  return g_test_run ();
}
