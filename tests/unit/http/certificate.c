/* Keys and certificates: for the names that were asked for, and with the pin that libcurl
 * computes. */
#include "http/certificate.h"

#include <gnutls/x509.h>
#include <string.h>

static gnutls_x509_crt_t read_certificate (const char *pem)
{
  const gnutls_datum_t datum = { (unsigned char *) (guintptr) pem, (unsigned) strlen (pem) };
  gnutls_x509_crt_t certificate;

  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), ==, 0);
  return certificate;
}

static void test_made (void)
{
  static const char *const NAMES[] = { "hub.example", "192.0.2.7", "2001:db8::7", NULL };
  const gint64 NOW_S = 1477440000;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = certificate_make_key (&error), *other = certificate_make_key (&error);
  g_autofree char *pem = certificate_make (key, NAMES, NOW_S, &error),
                  *pin = certificate_pin (key, &error), *base64 = NULL;
  gnutls_x509_crt_t certificate;
  guint8 digest[32];
  size_t size = sizeof digest;

  g_assert_no_error (error);
  g_assert_cmpstr (key, !=, other);
  certificate = read_certificate (pem);
  for (guint i = 0; NAMES[i] != NULL; i++)
    g_assert_cmpint (gnutls_x509_crt_check_hostname (certificate, NAMES[i]), !=, 0);
  g_assert_cmpint (gnutls_x509_crt_check_hostname (certificate, "other.example"), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_get_activation_time (certificate), ==, NOW_S - 86400);
  g_assert_cmpint (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, digest, &size),
                   ==, 0);
  gnutls_x509_crt_deinit (certificate);
  base64 = g_base64_encode (digest, size);
  g_assert_true (g_str_has_prefix (pin, "sha256//"));
  g_assert_cmpstr (pin + strlen ("sha256//"), ==, base64);
}

static void test_look (void)
{
  static const char *const NAMES[] = { "hub.example", "192.0.2.7", "hub.local", NULL };
  const gint64 NOW_S = 1477440000;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = certificate_make_key (&error), *other = certificate_make_key (&error);
  g_autofree char *pem = certificate_make (key, NAMES, NOW_S, &error);
  g_auto (CertificateSight) sight = { 0 }, none = { 0 };

  g_assert_true (certificate_look (pem, key, &sight, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sight.from_ms, ==, (NOW_S - 86400) * 1000);
  g_assert_cmpint (sight.until_ms, ==, (NOW_S + 3650LL * 86400) * 1000);
  g_assert_cmpstr (sight.names, ==, "hub.example, hub.local");
  g_assert_true (sight.self_signed);
  g_assert_false (certificate_look (pem, other, &none, &error));
  g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (certificate_look ("no certificate", key, &none, &error));
  g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS);
  g_clear_error (&error);
  g_assert_false (certificate_look (pem, "no key", &none, &error));
  g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS);
}

static void test_refused (void)
{
  static const char *const NAMES[] = { "hub.example", NULL };
  static const char *const KEYS[] = { "", "no key", "-----BEGIN PRIVATE KEY-----\n" };

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (certificate_make (KEYS[i], NAMES, 0, &error));
    g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS);
    g_clear_error (&error);
    g_assert_null (certificate_pin (KEYS[i], &error));
    g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/certificate/made", test_made);
  g_test_add_func ("/http/certificate/look", test_look);
  g_test_add_func ("/http/certificate/refused", test_refused);
  return g_test_run ();
}
