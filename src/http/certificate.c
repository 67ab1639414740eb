#include "http/certificate.h"

#include "core/words.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

/* A congress is over long before; the pin, not the date, is what stations check. */
#define VALID_DAYS 3650
#define DAY_S (24 * 60 * 60)
#define SERIAL_BYTES 16

G_DEFINE_QUARK (certificate - error - quark, certificate_error)

static void key_free (gnutls_x509_privkey_t key)
{
  gnutls_x509_privkey_deinit (key);
}
static void certificate_deinit (gnutls_x509_crt_t certificate)
{
  gnutls_x509_crt_deinit (certificate);
}
typedef struct gnutls_x509_privkey_int TlsKey;
typedef struct gnutls_x509_crt_int TlsCertificate;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsKey, key_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsCertificate, certificate_deinit)

static gboolean tls_ok (int status, const char *doing, GError **error)
{
  if (status >= 0)
    return TRUE;
  g_set_error (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_TLS, "%s: %s", doing,
               gnutls_strerror (status));
  return FALSE;
}

static char *take_text (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *) datum->data, datum->size);

  gnutls_memset (datum->data, 0, datum->size);
  gnutls_free (datum->data);
  datum->data = NULL;
  return text;
}

char *certificate_make_key (GError **error)
{
  g_autoptr (TlsKey) key = NULL;
  gnutls_datum_t pem = { 0 };

  if (!tls_ok (gnutls_x509_privkey_init (&key), _ ("making the hub's key"), error)
      || !tls_ok (gnutls_x509_privkey_generate (
                      key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                  _ ("making the hub's key"), error)
      || !tls_ok (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                     GNUTLS_PKCS_PLAIN, &pem),
                  _ ("making the hub's key"), error))
    return NULL;
  return take_text (&pem);
}

static TlsKey *read_key (const char *pem, GError **error)
{
  g_autoptr (TlsKey) key = NULL;
  const gnutls_datum_t datum = { (unsigned char *) (guintptr) pem, (unsigned) strlen (pem) };

  if (!tls_ok (gnutls_x509_privkey_init (&key), _ ("reading the hub's key"), error)
      || !tls_ok (gnutls_x509_privkey_import (key, &datum, GNUTLS_X509_FMT_PEM),
                  _ ("reading the hub's key"), error))
    return NULL;
  return g_steal_pointer (&key);
}

static int set_name (gnutls_x509_crt_t certificate, const char *name)
{
  struct in_addr four;
  struct in6_addr six;

  if (inet_pton (AF_INET, name, &four) == 1)
    return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, &four,
                                                 sizeof four, GNUTLS_FSAN_APPEND);
  if (inet_pton (AF_INET6, name, &six) == 1)
    return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, &six,
                                                 sizeof six, GNUTLS_FSAN_APPEND);
  return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name,
                                               (unsigned) strlen (name), GNUTLS_FSAN_APPEND);
}

/* Everything but key and signature. */
static int describe (gnutls_x509_crt_t certificate, const char *const *names, gint64 now_s)
{
  static const char NAME[] = "accueil hub";
  guint8 serial[SERIAL_BYTES];
  int status = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);

  serial[0] &= 0x7f; /* a positive number */
  if (status >= 0)
    status = gnutls_x509_crt_set_version (certificate, 3);
  if (status >= 0)
    status = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  /* A day early: a station's clock may be behind. */
  if (status >= 0)
    status = gnutls_x509_crt_set_activation_time (certificate, (time_t) (now_s - DAY_S));
  if (status >= 0)
    status = gnutls_x509_crt_set_expiration_time (certificate,
                                                  (time_t) (now_s + (gint64) VALID_DAYS * DAY_S));
  if (status >= 0)
    status = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, NAME,
                                            sizeof NAME - 1);
  if (status >= 0)
    status = gnutls_x509_crt_set_basic_constraints (certificate, 0, -1);
  if (status >= 0)
    status = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
  for (guint i = 0; status >= 0 && names[i] != NULL; i++)
    status = set_name (certificate, names[i]);
  return status;
}

char *certificate_make (const char *key_pem, const char *const *names, gint64 now_s, GError **error)
{
  g_autoptr (TlsKey) key = read_key (key_pem, error);
  g_autoptr (TlsCertificate) certificate = NULL;
  const char *doing = _ ("making the hub's certificate");
  gnutls_datum_t pem = { 0 };

  if (key == NULL || !tls_ok (gnutls_x509_crt_init (&certificate), doing, error)
      || !tls_ok (describe (certificate, names, now_s), doing, error)
      || !tls_ok (gnutls_x509_crt_set_key (certificate, key), doing, error)
      || !tls_ok (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0),
                  doing, error)
      || !tls_ok (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), doing, error))
    return NULL;
  return take_text (&pem);
}

char *certificate_pin (const char *key_pem, GError **error)
{
  g_autoptr (TlsKey) key = read_key (key_pem, error);
  gnutls_privkey_t abstract = NULL;
  gnutls_pubkey_t public = NULL;
  gnutls_datum_t der = { 0 };
  guint8 digest[32];
  int status;
  char *pin = NULL;

  if (key == NULL)
    return NULL;
  status = gnutls_privkey_init (&abstract);
  if (status >= 0)
    status = gnutls_pubkey_init (&public);
  if (status >= 0)
    status = gnutls_privkey_import_x509 (abstract, key, 0);
  if (status >= 0)
    status = gnutls_pubkey_import_privkey (public, abstract, 0, 0);
  if (status >= 0)
    status = gnutls_pubkey_export2 (public, GNUTLS_X509_FMT_DER, &der);
  if (status >= 0)
    status = gnutls_hash_fast (GNUTLS_DIG_SHA256, der.data, der.size, digest);
  if (tls_ok (status, _ ("computing the pin of the hub's key"), error)) {
    g_autofree char *base64 = g_base64_encode (digest, sizeof digest);
    pin = g_strconcat ("sha256//", base64, NULL);
  }
  gnutls_free (der.data);
  gnutls_pubkey_deinit (public);
  gnutls_privkey_deinit (abstract);
  return pin;
}

/* Looking at one --------------------------------------------------------------------- */

void certificate_sight_clear (CertificateSight *sight)
{
  g_clear_pointer (&sight->names, g_free);
}

static char *read_names (gnutls_x509_crt_t certificate)
{
  g_autoptr (GString) names = g_string_new (NULL);
  char name[256];
  size_t size = sizeof name;
  int kind;

  for (unsigned i = 0;
       (kind = gnutls_x509_crt_get_subject_alt_name (certificate, i, name, &size, NULL)) >= 0;
       i++, size = sizeof name)
    if (kind == GNUTLS_SAN_DNSNAME)
      g_string_append_printf (names, "%s%.*s", names->len > 0 ? ", " : "", (int) size, name);
  return g_strdup (names->str);
}

/* The same key, by the digest of its public half. */
static gboolean belongs (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  guint8 one[32], two[32];
  size_t one_size = sizeof one, two_size = sizeof two;

  return gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, one, &one_size) == 0
         && gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, two, &two_size) == 0
         && one_size == two_size && memcmp (one, two, one_size) == 0;
}

gboolean certificate_look (const char *certificate_pem, const char *key_pem,
                           CertificateSight *sight, GError **error)
{
  g_autoptr (TlsKey) key = read_key (key_pem, error);
  g_autoptr (TlsCertificate) certificate = NULL;
  const gnutls_datum_t datum
      = { (unsigned char *) (guintptr) certificate_pem, (unsigned) strlen (certificate_pem) };
  const char *doing = _ ("reading the certificate");

  if (key == NULL || !tls_ok (gnutls_x509_crt_init (&certificate), doing, error)
      || !tls_ok (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), doing, error))
    return FALSE;
  if (!belongs (certificate, key)) {
    g_set_error_literal (error, CERTIFICATE_ERROR, CERTIFICATE_ERROR_KEY,
                         _ ("the key is not that of the certificate"));
    return FALSE;
  }
  sight->from_ms = (gint64) gnutls_x509_crt_get_activation_time (certificate) * 1000;
  sight->until_ms = (gint64) gnutls_x509_crt_get_expiration_time (certificate) * 1000;
  sight->names = read_names (certificate);
  sight->self_signed = gnutls_x509_crt_check_issuer (certificate, certificate) != 0;
  return TRUE;
}

void certificate_free (Certificate *certificate)
{
  if (certificate == NULL)
    return;
  if (certificate->key_pem != NULL)
    gnutls_memset (certificate->key_pem, 0, strlen (certificate->key_pem));
  g_free (certificate->key_pem);
  g_free (certificate->certificate_pem);
  g_free (certificate->pin);
  g_free (certificate);
}
