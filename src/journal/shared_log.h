/* shared_log.h: a replica whose log several hubs share (log_engine.h): how each
 * transaction goes into both.
 *
 * The replica's local value JOURNAL_LOCAL_LOG is the log's address. While it stands,
 * journal_begin() takes the file's write lock, then the log's, and brings the replica up
 * to the log's end, so that what is read after it is true everywhere; journal_commit()
 * commits to the log, then to the file. Killed between the two, or with a file that
 * could not be written, the replica lacks what the log has, and follows: nothing is ever
 * in a replica alone. So all programs that open a hub's replica write as ever.
 *
 * What is no fact and yet the same at all hubs goes along: the tables of shared_sheet.h,
 * of `local` only the names said there. Triggers of the connection's own note which rows
 * a transaction has touched. How a log gets there is log_move.h's.
 *
 * Threads: as the Journal. Blocks on disk and network. */
#pragma once

#include "journal/log_engine.h"

/* Of facts, taken from the log in one transaction: so long somebody may wait for the
 * lock. */
#define SHARED_LOG_BATCH 500

/* TRUE while the log is not the replica's own. */
gboolean journal_is_shared (Journal *journal);
/* Waits for news in the log at most @wait_ms, or until @wake (a descriptor; -1: none)
 * can be read, then takes what there is. A replica with a log of its own only waits.
 * LOG: the log cannot be reached; come again. */
gboolean journal_follow (Journal *journal, guint wait_ms, int wake, GError **error);
/* Whether the log can be reached and written to, how far it is ahead of this replica, and
 * (@standbys may be NULL) what stands by; takes nothing. */
gboolean journal_look_at_log (Journal *journal, gint64 *behind, LogStandbys *standbys,
                              GError **error);

/* The base address of one hub for stations; its name follows. */
#define JOURNAL_LOCAL_HUB_AT "hub-at:"
