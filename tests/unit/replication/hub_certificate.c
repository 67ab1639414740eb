/* The hub's key and certificate: made once, kept, made again for other names without
 * another pin. */
#include "replication/hub_certificate.h"

#include "unit/journal/transaction.h"

#include <glib/gstdio.h>
#include <gnutls/x509.h>
#include <string.h>

static void remove_db (const char *folder, const char *db)
{
  g_unlink (db);
  g_rmdir (folder);
}

static gboolean stands_for (const char *pem, const char *host)
{
  const gnutls_datum_t datum = { (unsigned char *) (guintptr) pem, (unsigned) strlen (pem) };
  gnutls_x509_crt_t certificate;
  gboolean good;

  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), ==, 0);
  good = gnutls_x509_crt_check_hostname (certificate, host) != 0;
  gnutls_x509_crt_deinit (certificate);
  return good;
}

/* What libcurl computes: the SHA-256 of the certificate's SubjectPublicKeyInfo. */
static char *pin_of_certificate (const char *pem)
{
  const gnutls_datum_t datum = { (unsigned char *) (guintptr) pem, (unsigned) strlen (pem) };
  gnutls_x509_crt_t certificate;
  guint8 digest[32];
  size_t size = sizeof digest;
  g_autofree char *base64 = NULL;

  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, digest, &size),
                   ==, 0);
  gnutls_x509_crt_deinit (certificate);
  base64 = g_base64_encode (digest, size);
  return g_strconcat ("sha256//", base64, NULL);
}

static void test_kept (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-certificate-XXXXXX", NULL),
                  *db = g_build_filename (folder, "hub.db", NULL), *pin = NULL;
  g_autoptr (Journal) journal = journal_create (db, "hub", clock_system (), NULL);
  const char *const names[] = { "hub.example", "192.0.2.7", "2001:db8::7", NULL };
  g_autoptr (Certificate) first = hub_certificate_ensure (journal, NULL, NULL), again = NULL,
                          named = NULL, unnamed = NULL;

  g_assert_nonnull (first);
  again = hub_certificate_ensure (journal, NULL, NULL);
  g_assert_cmpstr (again->certificate_pem, ==, first->certificate_pem);
  g_assert_cmpstr (again->pin, ==, first->pin);
  pin = pin_of_certificate (first->certificate_pem);
  g_assert_cmpstr (pin, ==, first->pin);

  named = hub_certificate_ensure (journal, names, NULL);
  g_assert_cmpstr (named->pin, ==, first->pin);
  g_assert_cmpstr (named->certificate_pem, !=, first->certificate_pem);
  g_assert_true (stands_for (named->certificate_pem, "hub.example"));
  g_assert_true (stands_for (named->certificate_pem, "192.0.2.7"));
  g_assert_true (stands_for (named->certificate_pem, "2001:db8::7"));
  g_assert_false (stands_for (named->certificate_pem, "other.example"));

  unnamed = hub_certificate_ensure (journal, NULL, NULL); /* who does not care gets what there is */
  g_assert_cmpstr (unnamed->certificate_pem, ==, named->certificate_pem);
  g_clear_pointer (&journal, journal_close);
  remove_db (folder, db);
}

static void test_damaged (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-certificate-XXXXXX", NULL),
                  *db = g_build_filename (folder, "hub.db", NULL);
  g_autoptr (Journal) journal = journal_create (db, "hub", clock_system (), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_KEY, "no key", NULL));
  g_assert_null (hub_certificate_ensure (journal, NULL, &error));
  g_assert_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS);
  g_assert_false (in_transaction (journal));
  g_clear_pointer (&journal, journal_close);
  remove_db (folder, db);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replication/hub-certificate/kept", test_kept);
  g_test_add_func ("/replication/hub-certificate/damaged", test_damaged);
  return g_test_run ();
}
