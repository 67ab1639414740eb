/* office.h: the organisers' pages at work: a server of its own beside that of the
 * stations, in the same process.
 *
 * It listens on an address with TLS: with the certificate that was given, read again when
 * its file changes, else with the hub's own, of which browsers warn; or on a Unix socket,
 * without, for a proxy.
 * Threads: office_start(), office_reload() and office_stop() are called by one thread;
 * the rest runs in threads of its own. Starting and stopping block.  */
#pragma once

#include "http/certificate.h"
#include "http/server.h"
#include "replication/hub_parts.h"

#define OFFICE_ERROR office_error_quark ()
GQuark office_error_quark (void);
typedef enum {
  OFFICE_ERROR_CERTIFICATE, /* a file is missing, or there is one of two */
  OFFICE_ERROR_SOCKET,      /* the Unix socket cannot be made */
} OfficeError;

typedef struct {
  HubParts *hub;                  /* outlives the Office */
  const char *listen;             /* "0.0.0.0:8444" or "unix:/run/accueil/web.sock" */
  const char *certificate, *key;  /* PEM files; both or none */
  const Certificate *own;         /* the hub's own */
  const char *stations_url, *pin; /* for invitations */
} OfficeOptions;

typedef struct _Office Office;

Office *office_start (const OfficeOptions *options, GError **error);
/* "https://127.0.0.1:8444", or the socket's path. */
const char *office_url (const Office *office);
/* Looks whether the files of the certificate have changed, and takes them; to be called
 * now and then. What cannot be used leaves the one that is in use. */
void office_reload (Office *office);
void office_stop (Office *office); /* frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Office, office_stop)
