/* fact_json.h: facts as lines of JSON, as they travel between replicas
 * (replication/PROTOCOL.md).
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include "journal/journal.h"

/* {"station","seq","at","kind","subject","body","chain"} on one line without the line
 * feed; body null once erased, then with "body_hash". Free with g_free(). */
char *fact_to_json (const Fact *fact);
/* @json one line; with "number" if present. body_hash is computed from the body as it
 * stands in the line. */
gboolean fact_from_json (const char *json, gssize length, Fact *fact, GError **error);
