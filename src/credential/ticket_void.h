/* ticket_void.h: tickets that were made void: forwarded, or on a telephone that was
 * lost. The next ticket of that person is another one; all of a congress are made void
 * by their key (`accueil key revoke`).
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

/* Which number her next ticket has: 0 where none was ever made void; -1 with @error. */
gint64 ticket_void_next (Journal *journal, const char *reference, GError **error);
/* Inside of a transaction: all of her tickets so far open nothing any more. */
gboolean ticket_void_append (Journal *journal, const char *reference, const char *volunteer,
                             const char *reason, GError **error);
