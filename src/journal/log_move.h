/* log_move.h: a hub's log goes to one that several hubs share (shared_log.h), and back;
 * and a further hub joins one.
 *
 * Threads: as the Journal. Blocks on disk and network. */
#pragma once

#include "journal/journal.h"

/* From now on the log is at @address: all facts and shared values go there, or, where
 * this hub's log is there already, what it has more. Programs that have the replica open
 * go on there by themselves. CHAIN: another log is there, or its heads differ; then
 * nothing was changed. */
gboolean journal_share (Journal *journal, const char *address, GError **error);
/* And back: the log is this file alone from now on; other hubs write nothing any more. */
gboolean journal_unshare (Journal *journal, GError **error);
/* The log is lost for good, and nobody answers there: this file is the log from now on.
 * Where the log lives, journal_unshare() is right: two logs of one hub cannot be brought
 * together. */
gboolean journal_leave_log (Journal *journal, GError **error);
/* Makes the file @path as one more replica of the hub whose log is at @address. */
Journal *journal_join (const char *path, const char *address, Clock clock, GError **error);
