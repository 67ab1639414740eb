/* failure.h: what a failed request, or an answer of the hub that is no success, means to
 * a station: a ClientError with its remedy. Only sync/ includes this.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include "sync/hub_connection.h"
#include "sync/client_terms.h"

/* Each sets @error; always FALSE. */
gboolean failure_of_http (const GError *cause, GError **error);
gboolean failure_of_answer (const HubAnswer *answer, GError **error);
gboolean failure_of_protocol (const char *what, GError **error);
/* The hub gives another history than this replica holds; @what: which fact, and why it
 * does not fit. */
gboolean failure_of_history (const char *what, GError **error);
/* The same, of facts that the hub itself has written. */
gboolean failure_of_forked_hub (const char *hub, GError **error);
