/* log_engine.h: where several hubs keep their log together, beneath the replica of each:
 * what an engine must do, and which there are (log_engine_choose(), the one place).
 *
 * Where no engine is chosen the log is the replica's own SQLite file, and nothing here is
 * called. Else each replica follows the log: it holds the same facts under the same
 * numbers, and what is written goes into both in one transaction, the log first
 * (shared_log.h).
 *
 * Facts become visible in the order of their numbers, without a gap: whoever writes holds
 * the log's one lock from before it takes a number until after its commit is visible. So
 * a reader that goes on after the last number it has seen skips none.
 *
 * Must not know: SQLite. Threads: a LogLink belongs to one thread. All calls block on the
 * network. Errors: JOURNAL_ERROR_LOG. */
#pragma once

#include "journal/journal.h"

/* What is known of the log in the present transaction. */
typedef struct {
  char *station;   /* whose log it is; NULL: nobody's yet */
  gboolean closed; /* it was moved elsewhere: nobody writes to it any more */
  gint64 number;   /* of the last fact; 0: there is none */
  gint64 version;  /* of the last change of a value */
  /* The history that the server is in, and the one it was in when this was last noted:
   * another where a standby has taken over, or a copy was put back. */
  char *timeline, *noted;
} LogState;
void log_engine_state_clear (LogState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LogState, log_engine_state_clear)

/* A value that all hubs share, and that is no fact: a row of one of the tables of
 * shared_log.h, as JSON. */
typedef struct {
  char *sheet, *key;
  char *row; /* NULL: taken away */
  gint64 version;
} LogChange;
LogChange *log_engine_change_new (const char *sheet, const char *key, const char *row,
                                  gint64 version);
void log_engine_change_free (LogChange *change);

/* How the log is kept twice. */
typedef struct {
  gboolean wanted; /* nothing is acknowledged that only one server has */
  gboolean hidden; /* this user may not see how they are (GRANT pg_monitor) */
  guint all, synchronous;
  gint64 lag_ms; /* of the slowest */
} LogStandbys;

typedef struct _LogLink LogLink;

typedef struct {
  const char *scheme; /* what its addresses begin with: "postgresql://" */
  /* Makes the tables where there are none. */
  LogLink *(*open) (const char *address, GError **error);
  void (*close) (LogLink *link);
  /* Begins a transaction: for @writing with the lock, else a view of one moment. */
  gboolean (*begin) (LogLink *link, gboolean writing, LogState *state, GError **error);
  /* Durable, and seen by all, when it returns TRUE. */
  gboolean (*commit) (LogLink *link, GError **error);
  void (*rollback) (LogLink *link); /* harmless without a transaction */
  /* After number @after, in order: Fact, and LogChange; free with g_ptr_array_unref(). */
  GPtrArray *(*facts) (LogLink *link, gint64 after, guint limit, GError **error);
  GPtrArray *(*changes) (LogLink *link, gint64 after, GError **error);
  /* Of all stations, by name: JournalHead; free with g_ptr_array_unref(). */
  GPtrArray *(*heads) (LogLink *link, GError **error);
  /* With the lock: facts that have their numbers, the first one after the last. */
  gboolean (*append) (LogLink *link, const GPtrArray *facts, GError **error);
  gboolean (*change) (LogLink *link, const GPtrArray *changes, GError **error);
  /* A signature that came after its fact (head_signature.h), in base64. */
  gboolean (*sign) (LogLink *link, gint64 number, const char *signature, GError **error);
  /* Bodies that were erased. @numbers: gint64. */
  gboolean (*erase) (LogLink *link, const GArray *numbers, GError **error);
  /* Whose log it is from now on, and in which history; @closed: it is moved elsewhere. */
  gboolean (*note) (LogLink *link, const char *station, const char *timeline, gboolean closed,
                    GError **error);
  /* What stands by: nothing of it needs to be known to write. */
  gboolean (*standbys) (LogLink *link, LogStandbys *standbys, GError **error);
  /* Until something was committed, @timeout_ms is over, @wake (a descriptor; -1:
   * none) can be read, or the link is broken (FALSE). */
  gboolean (*wait) (LogLink *link, guint timeout_ms, int wake, GError **error);
} LogEngine;

/* Makes known an engine that this program is linked with; before the first thread. */
void log_engine_offer (const LogEngine *engine);
/* The engine for @address. NULL with INVALID if this program has none for it. */
const LogEngine *log_engine_choose (const char *address, GError **error);

/* Of a replica: the log's address (not set: it is this file), and the last change of the
 * sheets that was taken from it. */
#define JOURNAL_LOCAL_LOG "log"
#define JOURNAL_LOCAL_LOG_VERSION "log-version"
