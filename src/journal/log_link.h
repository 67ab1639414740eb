/* log_link.h: a journal's connection to the log that hubs share (shared_log.h): made,
 * broken and made anew, and whether the log at its end is this hub's own. For
 * shared_log.c, which brings each transaction into both, and log_move.c.
 *
 * Ownership: the SharedLog is the journal's own (store.h), from log_link_prepare() to
 * log_link_forget(). Errors: LOG, with what to do. Threads: as the Journal. Blocks on
 * network and disk. */
#pragma once

#include "journal/journal.h"
#include "journal/log_engine.h"

typedef struct _SharedLog {
  char *address; /* NULL: none yet */
  const LogEngine *engine;
  LogLink *link;     /* NULL while it is broken */
  gboolean compared; /* this link's log has been found to be ours */
  gboolean watching; /* shared_sheet_watch() */
  gboolean open;     /* the log's transaction, of which: */
  gint64 number;     /* the last number when it began */
  gint64 version;
} SharedLog;

/* The log's address, *@address NULL for one of the replica's own. Taken by value: the
 * journal's copy may change while it is used. */
gboolean log_link_address (Journal *journal, char **address, GError **error);
/* The last change of the shared sheets that was taken. */
gboolean log_link_version (Journal *journal, gint64 *version, GError **error);
gboolean log_link_set_version (Journal *journal, gint64 version, GError **error);
/* The number of the last fact here. */
gboolean log_link_number (Journal *journal, gint64 *number, GError **error);

/* Outside a transaction: this connection is ready to write to the log at @address. */
gboolean log_link_prepare (Journal *journal, const char *address, GError **error);
/* Begins the log's transaction; @state is to be cleared by the caller. */
gboolean log_link_begin (SharedLog *shared, gboolean writing, LogState *state, GError **error);
void log_link_drop (SharedLog *shared);

/* FALSE unless the fact @number, the last that both hold, is the same in both. */
gboolean log_link_compare (Journal *journal, gint64 number, GError **error);
/* FALSE unless the log that @state tells of is this hub's, and goes on from @number. */
gboolean log_link_is_ours (Journal *journal, const LogState *state, gint64 number, GError **error);
/* Always FALSE: an error of the code LOG. */
gboolean log_link_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
