/* ticket_secret.h: the congress key, for the commands that sign tickets.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/sign.h"
#include "journal/journal.h"

/* The code of the next ticket of @reference; free with g_free(). */
char *ticket_secret_code (Journal *journal, const SignSecret *secret, const char *reference,
                          GError **error);
/* FALSE where this replica does not hold it, or it was revoked. Wipe it with
 * sign_wipe(). */
gboolean ticket_secret_read (Journal *journal, SignSecret *secret, GError **error);
