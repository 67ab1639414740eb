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
 * What is no fact and yet the same at all hubs goes along: the tables of SHEETS in
 * shared_log.c, of `local` only the names said there. Triggers of the connection's own
 * note which rows a transaction has touched.
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
/* Whether the log can be reached and written to, how far it is ahead of this replica, and
 * (@standbys may be NULL) what stands by; takes nothing. */
gboolean journal_look_at_log (Journal *journal, gint64 *behind, LogStandbys *standbys,
                              GError **error);

#define JOURNAL_LOCAL_LOG "log"                 /* its address; not set: this file */
#define JOURNAL_LOCAL_LOG_VERSION "log-version" /* the last change that was taken */
/* The base address of one hub for stations; its name follows. */
#define JOURNAL_LOCAL_HUB_AT "hub-at:"
