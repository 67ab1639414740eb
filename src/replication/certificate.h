/* certificate.h: the hub's own key (EC P-256) and self-signed certificate, kept as local
 * values of its replica.
 *
 * Stations pin the key, so the certificate may be made again with other names without
 * enrolling anyone again.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

#define CERTIFICATE_ERROR certificate_error_quark ()
GQuark certificate_error_quark (void);
typedef enum {
  CERTIFICATE_ERROR_TLS, /* GnuTLS cannot make or read key or certificate */
} CertificateError;

typedef struct {
  char *key_pem;
  char *certificate_pem;
  char *pin; /* "sha256//BASE64" of the SubjectPublicKeyInfo */
} Certificate;

/* Reads the hub's certificate, made on the first call. @names (may be NULL): host names
 * and addresses it is to stand for; where they differ from those of the present one, it
 * is made again with the same key. */
Certificate *certificate_ensure (Journal *journal, const char *const *names, GError **error);
void certificate_free (Certificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Certificate, certificate_free)

#define JOURNAL_LOCAL_HUB_KEY "hub-key"
#define JOURNAL_LOCAL_HUB_CERTIFICATE "hub-certificate"
#define JOURNAL_LOCAL_HUB_NAMES "hub-certificate-names"
