#include "office/totp.h"

#include "core/sign.h"

#include <liboath/oath.h>
#include <string.h>

#define SECRET_BYTES 20
#define DIGITS 6

gboolean totp_start (void)
{
  return oath_init () == OATH_OK;
}

char *totp_new_secret (void)
{
  g_autofree char *random = sign_secret_new (SECRET_BYTES);
  char *base32 = NULL, *secret;
  gsize length;

  /* URL-safe base64 back to its bytes. */
  g_autofree char *padded = g_strconcat (random, "=", NULL);
  g_autofree guchar *bytes
      = g_base64_decode (g_strdelimit (g_strdelimit (padded, "-", '+'), "_", '/'), &length);
  oath_base32_encode ((const char *) bytes, MIN (length, SECRET_BYTES), &base32, NULL);
  secret = g_strdup (base32);
  free (base32);
  return secret;
}

char *totp_uri (const char *secret, const char *issuer, const char *account)
{
  g_autofree char *by = g_uri_escape_string (issuer, NULL, FALSE),
                  *name = g_uri_escape_string (account, NULL, FALSE);

  return g_strdup_printf ("otpauth://totp/%s:%s?secret=%s&issuer=%s", by, name, secret, by);
}

static gboolean is_code (const char *code)
{
  return strlen (code) == DIGITS && strspn (code, "0123456789") == DIGITS;
}

gboolean totp_check (const char *secret, const char *code, gint64 now_s, gint64 *last)
{
  char *bytes = NULL;
  size_t length = 0;
  gboolean good = FALSE;

  if (!is_code (code) || oath_base32_decode (secret, strlen (secret), &bytes, &length) != OATH_OK)
    return FALSE;
  for (gint64 step = now_s / TOTP_STEP_S - 1; step <= now_s / TOTP_STEP_S + 1 && !good; step++) {
    char right[DIGITS + 1];

    if (step > *last
        && oath_totp_generate (bytes, length, (time_t) (step * TOTP_STEP_S), TOTP_STEP_S, 0, DIGITS,
                               right)
               == OATH_OK
        && sign_secret_equal (right, code)) {
      *last = step;
      good = TRUE;
    }
  }
  free (bytes);
  return good;
}
