/* statements.h: counts the SQL statements that this process runs, on every connection
 * that is opened after statements_start(); those inside triggers are not counted. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

static gint statements_run; /* atomic */

static inline int statements_note (unsigned kind, void *data, void *statement, void *text)
{
  const char *sql = text;

  if (sql[0] != '-' || sql[1] != '-') /* so SQLite tells a trigger's */
    g_atomic_int_inc (&statements_run);
  return 0;
}

static inline int statements_watch (sqlite3 *db, char **why, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, statements_note, NULL);
}

static inline void statements_start (void)
{
  sqlite3_auto_extension ((void (*) (void)) statements_watch);
}

/* How many since the last call. */
static inline gint statements_take (void)
{
  gint count = g_atomic_int_get (&statements_run);

  g_atomic_int_set (&statements_run, 0);
  return count;
}
