/* fact.h: facts with a time that is not now: for a machine that goes on under another
 * name (sync/rejoin.h). All else of facts is in journal.h. Threads: as a Journal. */
#pragma once

#include "journal/journal.h"

/* As journal_append(), for what this machine wrote under another name, with the time of
 * then. */
gboolean journal_append_at (Journal *journal, HybridTime at, const char *kind, const char *subject,
                            const char *body, GError **error);
