/* store.h: what the files of journal/ share of an open replica. Only journal/ includes
 * this. */
#pragma once

#include "core/clock.h"
#include "core/clock_correction.h"
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
  gboolean in_transaction;
  guint views;      /* journal_view_begin() without its end */
  gboolean viewing; /* they have opened a transaction for reading */
  /* What the transaction has brought that changes who may say what; done before
   * commit. */
  GHashTable *judge_again; /* stations; NULL for none */
  gboolean judge_all, rebuild;
};

/* Sets @error from the state of @db: "@doing PATH: why". Maps SQLite's codes to
 * JournalError. Always FALSE. */
gboolean store_fail (sqlite3 *db, const char *path, const char *doing, GError **error);

/* Opens @path with the pragmas and SQL functions of a replica. @flags as
 * sqlite3_open_v2(). NULL with @error. */
sqlite3 *store_open (const char *path, int flags, GError **error);

/* Sets WAL, which writes to the file: only once it is known to be ours. */
gboolean store_use_wal (sqlite3 *db, const char *path, GError **error);

/* Frees the prepared statements. */
void query_forget_all (Journal *journal);
