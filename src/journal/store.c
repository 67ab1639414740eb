#include "journal/store.h"

#include "core/hash.h"
#include "core/tokens.h"
#include "core/words.h"
#include "journal/body_member.h"
#include "journal/function_rank.h"
#include "journal/sqlite_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A page cache of 4 MiB a connection; a WAL of up to 4,000 pages before it is copied
 * back, so that few scans pay for it. Nothing here writes to the file. */
#define PRAGMAS                                                                                    \
  "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = ON; PRAGMA "      \
  "cache_size = -4096; "                                                                           \
  "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = "     \
  "OFF; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = FAST;"

#define SCRATCH                                                                                    \
  "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN "   \
  "IMMEDIATE"

static JournalError error_code (int code)
{
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return JOURNAL_ERROR_BUSY;
  case SQLITE_CANTOPEN:
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_CORRUPT:
    return JOURNAL_ERROR_IO;
  case SQLITE_NOTADB:
    return JOURNAL_ERROR_NOT_OURS;
  default:
    return JOURNAL_ERROR_SQL;
  }
}

/* What a person can do about it; "" where SQLite's own words must do. */
static const char *remedy (int code)
{
  switch (code & 0xff) {
  case SQLITE_FULL:
    return _ (": the disk is full; free some space and try again, nothing was lost");
  case SQLITE_IOERR: /* also how a full disk shows while a file is opened */
    return _ (": the disk does not take or give the data; see that it is not full and not failing, "
              "and try again");
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return _ (": the file or its folder is read-only; give this user the right to write there");
  case SQLITE_CANTOPEN:
    return _ (
        ": the file or its folder cannot be opened; check that it exists and who may read it");
  case SQLITE_BUSY:
    return _ (": another program has been writing for too long; try again");
  case SQLITE_CORRUPT:
    return _ (": the file is damaged; put it aside, start a new replica and merge what the hub or "
              "other stations hold");
  case SQLITE_NOTADB:
    return _ (": this is no replica of accueil");
  default:
    return "";
  }
}

gboolean store_fail (sqlite3 *db, const char *path, const char *doing, GError **error)
{
  int code = db != NULL ? sqlite3_errcode (db) : SQLITE_NOMEM;

  g_set_error (error, JOURNAL_ERROR, error_code (code), "%s %s: %s%s", doing, path,
               db != NULL ? sqlite3_errmsg (db) : "out of memory", remedy (code));
  return FALSE;
}

/* search_tokens (text, …): core/tokens.h for the trigger that fills delegate_search. */
static void search_tokens (sqlite3_context *context, int count, sqlite3_value **values)
{
  g_autofree const char **texts = g_new0 (const char *, count + 1);
  guint used = 0;

  for (int i = 0; i < count; i++) {
    const char *text = (const char *) sqlite3_value_text (values[i]);

    if (text != NULL && *text != '\0')
      texts[used++] = text;
  }
  sqlite3_result_text (context, tokens_of_texts (texts), -1, g_free);
}

/* prints_digest (text, …): eight hex digits of a digest over all that a badge says of a
 * person, for the projections that tell whether it still does. */
static void prints_digest (sqlite3_context *context, int count, sqlite3_value **values)
{
  Hasher *hasher = hash_new ();
  for (int i = 0; i < count; i++) {
    const char *text = (const char *) sqlite3_value_text (values[i]);
    hash_add_text (hasher, text != NULL ? text : "");
  }
  Hash hash = hash_finish (hasher);
  char *hex = hash_to_hex (&hash);
  sqlite3_result_text (context, hex, 8, g_free);
}

/* Nobody asks SQLite how much memory it uses; counting it costs a lock at each allocation, about
 * a tenth of what storing a fact takes. Once a process, before SQLite is first used. */
static gpointer set_up_memory (gpointer unused)
{
  (void) unused;
  sqlite_memory_use ();
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

sqlite3 *store_open (const char *path, int flags, GError **error)
{
  static GOnce memory = G_ONCE_INIT;
  sqlite3 *db = NULL;

  g_once (&memory, set_up_memory, NULL);

  if (sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL)
      != SQLITE_OK) {
    store_fail (db, path, _ ("opening the replica"), error);
    sqlite3_close (db);
    return NULL;
  }
  sqlite3_busy_timeout (db, JOURNAL_BUSY_MS);
  sqlite3_create_function (db, "search_tokens", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                           search_tokens, NULL, NULL);
  sqlite3_create_function (db, "prints_digest", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                           prints_digest, NULL, NULL);
  body_member_register (db);
  function_rank_register (db);
  if (sqlite3_exec (db, PRAGMAS, NULL, NULL, NULL) != SQLITE_OK) {
    store_fail (db, path, _ ("opening the replica"), error);
    sqlite3_close (db);
    return NULL;
  }
  return db;
}

sqlite3 *store_scratch (const char *path, const char *doing, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  sqlite3 *db;

  if (fd < 0) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, "%s %s: %s", doing, path,
                 g_strerror (errno));
    return NULL;
  }
  close (fd);
  db = store_open (path, SQLITE_OPEN_READWRITE, error);
  if (db != NULL && sqlite3_exec (db, SCRATCH, NULL, NULL, NULL) == SQLITE_OK)
    return db;
  if (db != NULL)
    store_fail (db, path, doing, error);
  sqlite3_close (db);
  unlink (path);
  return NULL;
}

gboolean store_use_wal (sqlite3 *db, const char *path, GError **error)
{
  return sqlite3_exec (db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK
         || store_fail (db, path, _ ("opening the replica"), error);
}
