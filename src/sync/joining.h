/* joining.h: how a replica becomes a station of a hub: the one-time code for a token,
 * then a snapshot. Only sync/ includes this; others call client_enrol().
 * Threads: as client.h. Blocks on the network and on disk. */
#pragma once

#include "journal/journal.h"
#include "sync/client_terms.h"

/* As client_enrol(). */
gboolean joining_join (Journal *journal, const char *code, gint64 *facts_taken, GError **error);
