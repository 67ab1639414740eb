/* certificate.h: a server's key (EC P-256) and the self-signed certificate that goes with
 * it, as PEM.
 *
 * Whoever pins the key need not care for the certificate, which may be made again with
 * other names.
 * Threads: reentrant. Making a key takes a few milliseconds.  */
#pragma once

#include <glib.h>

#define CERTIFICATE_ERROR certificate_error_quark ()
GQuark certificate_error_quark (void);
typedef enum {
  CERTIFICATE_ERROR_TLS, /* GnuTLS cannot make or read key or certificate */
  CERTIFICATE_ERROR_KEY, /* the key is another's */
} CertificateError;

typedef struct {
  char *key_pem;
  char *certificate_pem;
  char *pin; /* "sha256//BASE64" of the SubjectPublicKeyInfo, as libcurl wants it */
} Certificate;

/* Wipes the key. */
void certificate_free (Certificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Certificate, certificate_free)

/* Each returns a text to free with g_free(), or NULL. */
char *certificate_make_key (GError **error);
/* A certificate for @key_pem that stands for @names (host names and addresses), from a
 * day before @now_s on for ten years. */
char *certificate_make (const char *key_pem, const char *const *names, gint64 now_s,
                        GError **error);
char *certificate_pin (const char *key_pem, GError **error);

/* What a certificate says. */
typedef struct {
  gint64 from_ms, until_ms;
  char *names;          /* host names, with commas between */
  gboolean self_signed; /* no authority stands behind it */
} CertificateSight;
void certificate_sight_clear (CertificateSight *sight);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CertificateSight, certificate_sight_clear)
/* Of the first certificate of a chain; fails where it is none, or @key_pem is not its
 * key. */
gboolean certificate_look (const char *certificate_pem, const char *key_pem,
                           CertificateSight *sight, GError **error);
