/* hub_certificate.h: the hub's own key and certificate, kept as local values of its
 * replica.
 *
 * Stations pin the key, so the certificate may be made again with other names without
 * enrolling anyone again.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "http/certificate.h"
#include "journal/journal.h"

/* Reads the hub's certificate, made on the first call. @names (may be NULL): host names
 * and addresses it is to stand for; where they differ from those of the present one, it
 * is made again with the same key. Free with certificate_free(). */
Certificate *hub_certificate_ensure (Journal *journal, const char *const *names, GError **error);

#define JOURNAL_LOCAL_HUB_KEY "hub-key"
#define JOURNAL_LOCAL_HUB_CERTIFICATE "hub-certificate"
#define JOURNAL_LOCAL_HUB_NAMES "hub-certificate-names"
