/* failing_sqlite.h: a SQLite of which one call fails, as on a disk with a fault. Include
 * it once, in a program: its sqlite3_step(), sqlite3_exec(), sqlite3_prepare_v…(),
 * sqlite3_open_v2() and sqlite3_wal_checkpoint_v2() stand before the library's, which
 * they call.
 *
 * Threads: one. */
#pragma once

#include <dlfcn.h>
#include <glib.h>
#include <sqlite3.h>

static guint failing_at; /* the call that fails, from 1; 0: none */
static guint failing_calls;
static gboolean failing_failed;
static guint failing_within;  /* calls that SQLite makes itself do not count */
static char failing_sql[200]; /* what it was to do */

/* Begins to count: call number @at fails, once. */
static inline void failing_start (guint at)
{
  failing_at = at;
  failing_calls = 0;
  failing_failed = FALSE;
}

/* TRUE if a call has failed since. */
static inline gboolean failing_stop (void)
{
  failing_at = 0;
  return failing_failed;
}

static void failing_disk (sqlite3_context *context, int count, sqlite3_value **values)
{
  sqlite3_result_error_code (context, SQLITE_IOERR);
}

typedef int (*FailingStep) (sqlite3_stmt *);
typedef int (*FailingExec) (sqlite3 *, const char *, int (*) (void *, int, char **, char **),
                            void *, char **);
typedef int (*FailingOpen) (const char *, sqlite3 **, int, const char *);
typedef int (*FailingCheckpoint) (sqlite3 *, const char *, int, int *, int *);
typedef int (*FailingPrepare) (sqlite3 *, const char *, int, unsigned, sqlite3_stmt **,
                               const char **);

static inline gpointer failing_real (const char *name)
{
  gpointer found = dlsym (RTLD_NEXT, name);

  g_assert_nonnull (found);
  return found;
}

/* Whether this call is the one; leaves the error on @db as SQLite itself would. */
static gboolean failing_now (sqlite3 *db, const char *sql)
{
  FailingExec exec = (FailingExec) failing_real ("sqlite3_exec");

  if (failing_at == 0 || failing_failed || failing_within > 0 || ++failing_calls != failing_at)
    return FALSE;
  failing_failed = TRUE;
  g_strlcpy (failing_sql, sql != NULL ? sql : "", sizeof failing_sql);
  if (db == NULL)
    return TRUE;
  sqlite3_create_function_v2 (db, "failing_disk", 0, SQLITE_UTF8, NULL, failing_disk, NULL, NULL,
                              NULL);
  exec (db, "SELECT failing_disk ()", NULL, NULL, NULL);
  return TRUE;
}

int sqlite3_step (sqlite3_stmt *statement)
{
  int status;

  if (failing_now (sqlite3_db_handle (statement), sqlite3_sql (statement)))
    return SQLITE_IOERR;
  failing_within++;
  status = ((FailingStep) failing_real ("sqlite3_step")) (statement);
  failing_within--;
  return status;
}

int sqlite3_exec (sqlite3 *db, const char *sql, int (*row) (void *, int, char **, char **),
                  void *data, char **message)
{
  int status;

  /* What takes back or lets go writes nothing that could fail. */
  if (!g_str_has_prefix (sql, "ROLLBACK") && !g_str_has_prefix (sql, "DETACH")
      && failing_now (db, sql)) {
    if (message != NULL)
      *message = sqlite3_mprintf ("disk I/O error");
    return SQLITE_IOERR;
  }
  failing_within++;
  status = ((FailingExec) failing_real ("sqlite3_exec")) (db, sql, row, data, message);
  failing_within--;
  return status;
}

int sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int bytes, unsigned flags,
                        sqlite3_stmt **statement, const char **tail)
{
  int status;

  if (failing_now (db, sql)) {
    *statement = NULL;
    return SQLITE_IOERR;
  }
  failing_within++;
  status = ((FailingPrepare) failing_real ("sqlite3_prepare_v3")) (db, sql, bytes, flags, statement,
                                                                   tail);
  failing_within--;
  return status;
}

int sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int bytes, sqlite3_stmt **statement,
                        const char **tail)
{
  return sqlite3_prepare_v3 (db, sql, bytes, 0, statement, tail);
}

int sqlite3_wal_checkpoint_v2 (sqlite3 *db, const char *name, int mode, int *log, int *done)
{
  int status;

  if (failing_now (db, "wal_checkpoint"))
    return SQLITE_IOERR;
  failing_within++;
  status = ((FailingCheckpoint) failing_real ("sqlite3_wal_checkpoint_v2")) (db, name, mode, log,
                                                                             done);
  failing_within--;
  return status;
}

/* As where there is no memory left: there is no connection that could say more. */
int sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs)
{
  int status;

  if (failing_now (NULL, "open")) {
    *db = NULL;
    return SQLITE_NOMEM;
  }
  failing_within++;
  status = ((FailingOpen) failing_real ("sqlite3_open_v2")) (path, db, flags, vfs);
  failing_within--;
  return status;
}
