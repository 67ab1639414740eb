#include "handles.h"

#include "core/lock.h"
#include "disk.h"

#include <sqlite3.h>
#include <string.h>

typedef struct {
  char *path;
  sqlite3 *db;
  gboolean given; /* somebody has it open */
  gboolean has_notes;
  GHashTable *statements; /* SQL → GQueue of sqlite3_stmt that nobody uses */
  GHashTable *used;       /* sqlite3_stmt → its SQL */
  GHashTable *done;       /* what was executed for the connection alone */
  GHashTable *functions;  /* names of those that are registered */
} Handle;

static Lock mutex = LOCK_INIT;
static GPtrArray *handles; /* Handle, in the order of their making; under mutex */

int __real_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs);
int __real_sqlite3_close (sqlite3 *db);
int __real_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int length, sqlite3_stmt **statement,
                               const char **rest);
int __real_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned flags,
                               sqlite3_stmt **statement, const char **rest);
int __real_sqlite3_finalize (sqlite3_stmt *statement);
int __real_sqlite3_exec (sqlite3 *db, const char *sql, int (*row) (void *, int, char **, char **),
                         void *data, char **message);
int __real_sqlite3_create_function (sqlite3 *db, const char *name, int arguments, int text,
                                    void *data,
                                    void (*call) (sqlite3_context *, int, sqlite3_value **),
                                    void (*step) (sqlite3_context *, int, sqlite3_value **),
                                    void (*final) (sqlite3_context *));
int __real_sqlite3_create_function_v2 (sqlite3 *db, const char *name, int arguments, int text,
                                       void *data,
                                       void (*call) (sqlite3_context *, int, sqlite3_value **),
                                       void (*step) (sqlite3_context *, int, sqlite3_value **),
                                       void (*final) (sqlite3_context *), void (*free) (void *));

int __wrap_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs);
int __wrap_sqlite3_close (sqlite3 *db);
int __wrap_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int length, sqlite3_stmt **statement,
                               const char **rest);
int __wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned flags,
                               sqlite3_stmt **statement, const char **rest);
int __wrap_sqlite3_finalize (sqlite3_stmt *statement);
int __wrap_sqlite3_exec (sqlite3 *db, const char *sql, int (*row) (void *, int, char **, char **),
                         void *data, char **message);
int __wrap_sqlite3_create_function (sqlite3 *db, const char *name, int arguments, int text,
                                    void *data,
                                    void (*call) (sqlite3_context *, int, sqlite3_value **),
                                    void (*step) (sqlite3_context *, int, sqlite3_value **),
                                    void (*final) (sqlite3_context *));
int __wrap_sqlite3_create_function_v2 (sqlite3 *db, const char *name, int arguments, int text,
                                       void *data,
                                       void (*call) (sqlite3_context *, int, sqlite3_value **),
                                       void (*step) (sqlite3_context *, int, sqlite3_value **),
                                       void (*final) (sqlite3_context *), void (*free) (void *));

static Handle *of_db (sqlite3 *db)
{
  for (guint i = 0; handles != NULL && i < handles->len; i++) {
    Handle *handle = handles->pdata[i];

    if (handle->db == db)
      return handle;
  }
  return NULL;
}

static Handle *locked_of_db (sqlite3 *db)
{
  Handle *handle;

  lock_take (&mutex);
  handle = of_db (db);
  lock_give (&mutex);
  return handle;
}

/* Connections -------------------------------------------------------------------------- */

static void statement_free (gpointer statement)
{
  __real_sqlite3_finalize (statement);
}

static void queue_free (gpointer data)
{
  g_queue_free_full (data, statement_free);
}

static void handle_free (gpointer data)
{
  Handle *handle = data;

  g_hash_table_unref (handle->statements);
  g_hash_table_unref (handle->used);
  g_hash_table_unref (handle->done);
  g_hash_table_unref (handle->functions);
  __real_sqlite3_close (handle->db);
  g_free (handle->path);
  g_free (handle);
}

static Handle *kept (const char *path)
{
  for (guint i = 0; handles != NULL && i < handles->len; i++) {
    Handle *handle = handles->pdata[i];

    if (!handle->given && strcmp (handle->path, path) == 0)
      return handle;
  }
  return NULL;
}

static void add (const char *path, sqlite3 *db)
{
  Handle *handle = g_new0 (Handle, 1);

  handle->path = g_strdup (path);
  handle->db = db;
  handle->given = TRUE;
  handle->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  handle->used = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  handle->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  handle->functions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (handles == NULL)
    handles = g_ptr_array_new_with_free_func (handle_free);
  g_ptr_array_add (handles, handle);
}

int __wrap_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs)
{
  Handle *handle;
  int status = SQLITE_OK;

  lock_take (&mutex);
  handle = kept (path);
  if (handle != NULL && disk_holds (path)) {
    handle->given = TRUE;
    *db = handle->db;
  } else {
    status = __real_sqlite3_open_v2 (path, db, flags, vfs);
    if (status == SQLITE_OK && disk_holds (path))
      add (path, *db);
  }
  lock_give (&mutex);
  return status;
}

int __wrap_sqlite3_close (sqlite3 *db)
{
  Handle *handle = db != NULL ? locked_of_db (db) : NULL;

  if (handle == NULL)
    return __real_sqlite3_close (db);
  if (!sqlite3_get_autocommit (db))
    __real_sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  if (handle->has_notes)
    __real_sqlite3_exec (db, "DELETE FROM temp.shared_note", NULL, NULL, NULL);
  sqlite3_db_release_memory (db);
  lock_take (&mutex);
  handle->given = FALSE;
  lock_give (&mutex);
  return SQLITE_OK;
}

void handles_close (const char *folder)
{
  lock_take (&mutex);
  for (guint i = handles != NULL ? handles->len : 0; i > 0; i--) {
    Handle *handle = handles->pdata[i - 1];

    if (!handle->given && g_str_has_prefix (handle->path, folder))
      g_ptr_array_remove_index (handles, i - 1);
  }
  lock_give (&mutex);
}

/* Statements --------------------------------------------------------------------------- */

int __wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned flags,
                               sqlite3_stmt **statement, const char **rest)
{
  Handle *handle = rest == NULL && length < 0 ? locked_of_db (db) : NULL;
  GQueue *idle = handle != NULL ? g_hash_table_lookup (handle->statements, sql) : NULL;
  int status = SQLITE_OK;

  *statement = idle != NULL ? g_queue_pop_head (idle) : NULL;
  if (*statement == NULL)
    status = __real_sqlite3_prepare_v3 (db, sql, length, flags, statement, rest);
  if (handle != NULL && status == SQLITE_OK && *statement != NULL)
    g_hash_table_insert (handle->used, *statement, g_strdup (sql));
  return status;
}

int __wrap_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int length, sqlite3_stmt **statement,
                               const char **rest)
{
  return __wrap_sqlite3_prepare_v3 (db, sql, length, 0, statement, rest);
}

int __wrap_sqlite3_finalize (sqlite3_stmt *statement)
{
  Handle *handle = statement != NULL ? locked_of_db (sqlite3_db_handle (statement)) : NULL;
  gpointer key = NULL;
  GQueue *idle;
  int status;

  if (handle == NULL || !g_hash_table_steal_extended (handle->used, statement, NULL, &key))
    return __real_sqlite3_finalize (statement);
  status = sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  idle = g_hash_table_lookup (handle->statements, key);
  if (idle == NULL) {
    idle = g_queue_new ();
    g_hash_table_insert (handle->statements, g_strdup (key), idle);
  }
  g_queue_push_head (idle, statement);
  g_free (key);
  return status;
}

/* What only a connection has is made once; and set once: it undoes all statements. */
static gboolean is_the_connections (const char *sql)
{
  return g_str_has_prefix (sql, "CREATE TEMP ") || g_str_has_prefix (sql, "PRAGMA synchronous ");
}

int __wrap_sqlite3_exec (sqlite3 *db, const char *sql, int (*row) (void *, int, char **, char **),
                         void *data, char **message)
{
  Handle *handle = is_the_connections (sql) ? locked_of_db (db) : NULL;
  int status;

  if (handle != NULL && g_hash_table_contains (handle->done, sql))
    return SQLITE_OK;
  status = __real_sqlite3_exec (db, sql, row, data, message);
  if (handle != NULL && status == SQLITE_OK) {
    handle->has_notes = handle->has_notes || g_str_has_prefix (sql, "CREATE TEMP ");
    g_hash_table_add (handle->done, g_strdup (sql));
  }
  return status;
}

/* Whether the connection has that function from before: registered again, it would undo all
 * statements. */
static gboolean has_function (sqlite3 *db, const char *name)
{
  Handle *handle = locked_of_db (db);

  return handle != NULL && !g_hash_table_add (handle->functions, g_strdup (name));
}

int __wrap_sqlite3_create_function (sqlite3 *db, const char *name, int arguments, int text,
                                    void *data,
                                    void (*call) (sqlite3_context *, int, sqlite3_value **),
                                    void (*step) (sqlite3_context *, int, sqlite3_value **),
                                    void (*final) (sqlite3_context *))
{
  return has_function (db, name)
             ? SQLITE_OK
             : __real_sqlite3_create_function (db, name, arguments, text, data, call, step, final);
}

int __wrap_sqlite3_create_function_v2 (sqlite3 *db, const char *name, int arguments, int text,
                                       void *data,
                                       void (*call) (sqlite3_context *, int, sqlite3_value **),
                                       void (*step) (sqlite3_context *, int, sqlite3_value **),
                                       void (*final) (sqlite3_context *), void (*free) (void *))
{
  if (has_function (db, name)) {
    if (free != NULL)
      free (data);
    return SQLITE_OK;
  }
  return __real_sqlite3_create_function_v2 (db, name, arguments, text, data, call, step, final,
                                            free);
}
