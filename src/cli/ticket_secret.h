/* ticket_secret.h: the congress key, for the commands that sign tickets.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/sign.h"
#include "journal/journal.h"

/* FALSE where this replica does not hold it, or it was revoked. Wipe it with
 * sign_wipe(). */
gboolean ticket_secret_read (Journal *journal, SignSecret *secret, GError **error);
