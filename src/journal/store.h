/* store.h: what the files of journal/ share of an open replica. Only journal/ includes
 * this. */
#pragma once

#include "core/clock.h"
#include "core/clock_correction.h"
#include "core/hash.h"
#include "core/sign.h"
#include "journal/journal_error.h"
#include "journal/standing_statements.h"

#include <sqlite3.h>

struct _Journal {
  sqlite3 *db;
  char *path;
  char *station;
  Clock clock;
  ClockCorrection correction;  /* of the machine's clock */
  GHashTable *queries;         /* SQL text → Query */
  sqlite3_stmt *insert, *head; /* of the hot path, kept prepared; NULL until first used */
  StandingStatements standing;
  struct _SharedLog *shared;     /* shared_log.h; NULL: never met */
  struct _SearchBuilder *search; /* search_builder.h; NULL: the commit indexes names */
  gboolean following;            /* what is received was taken by another hub already */
  sqlite3_stmt *keep_signature, *signed_reach; /* NULL until first used, as these */
  SignSecret *secret;                          /* own key; NULL until something is signed */
  gboolean in_transaction;
  guint views;      /* journal_view_begin() without its end */
  gboolean viewing; /* they have opened a transaction for reading */
  /* What the transaction has brought that changes who may say what; done before
   * commit. */
  GHashTable *judge_again; /* stations; NULL for none */
  gboolean judge_all, rebuild;
  guint words;         /* what the root has said since it was opened that changes a standing */
  gboolean own_is_new; /* own facts that no signature covers yet; the last, where it is known: */
  gint64 own_seq;
  Hash own_chain;
  /* The own fact before, of this transaction, and who wrote it: fact.c need not read it
   * again for the next of a list while nothing else was written. */
  gint64 appended_changes; /* SQLite's count of changes behind it; 0: nothing is known */
  HybridTime appended_at;
  Standing appended_as;
};

/* Sets @error from the state of @db: "@doing PATH: why". Maps SQLite's codes to
 * JournalError. Always FALSE. */
gboolean store_fail (sqlite3 *db, const char *path, const char *doing, GError **error);

/* Opens @path with the pragmas and SQL functions of a replica. @flags as
 * sqlite3_open_v2(). NULL with @error. */
sqlite3 *store_open (const char *path, int flags, GError **error);

/* A new file, ours alone, that is thrown away if it is not whole: nothing of it is put on
 * disk by itself. In a transaction. @doing as store_fail(). */
sqlite3 *store_scratch (const char *path, const char *doing, GError **error);

/* Sets WAL, which writes to the file: only once it is known to be ours. */
gboolean store_use_wal (sqlite3 *db, const char *path, GError **error);

/* A transaction of the file alone: takes its write lock. It ends as any other. */
gboolean journal_begin_file (Journal *journal, GError **error);
/* The open file without looking at its tables. */
Journal *journal_open_bare (const char *path, Clock clock, GError **error);
/* Makes @path as a new file, ours alone, without tables. */
gboolean journal_make_file (const char *path, GError **error);
void journal_remove_file (const char *path);

/* How a transaction goes into a log that hubs share (shared_log.h), for journal.c. */
gboolean shared_log_begin (Journal *journal, GError **error);
/* Before the file's own commit: when it is TRUE the log has all. */
gboolean shared_log_publish (Journal *journal, GError **error);
void log_link_abandon (Journal *journal);
void log_link_forget (Journal *journal);
/* The steps of publishing, which moving a log takes alone: all facts after @after, *@number
 * the last; the sheets' rows that were touched, *@any: there were some. */
gboolean shared_log_publish_facts (Journal *journal, gint64 after, gint64 *number, GError **error);
gboolean shared_log_publish_sheets (Journal *journal, gboolean *any, GError **error);
/* TRUE in *@shared for a name of `local` that is the hub's and not the machine's. */
gboolean shared_sheet_has_local (Journal *journal, const char *name, gboolean *shared,
                                 GError **error);

/* Frees the prepared statements. */
void query_forget_all (Journal *journal);
