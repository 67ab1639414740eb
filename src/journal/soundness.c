#include "journal/soundness.h"

#include "core/words.h"
#include "journal/schema.h"
#include "journal/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char CHECK[] = "PRAGMA integrity_check (1)";
/* Every column that is the same on every replica; @table's, with generated ones. */
static const char COLUMNS[] = "SELECT group_concat ('\"' || name || '\"') FROM pragma_table_xinfo "
                              "(?1) WHERE NOT (?1 = 'delegate' AND name = 'number')";
/* What stands in one and not in the other, in either direction. */
static const char DIFFERENCE[] = "SELECT * FROM (SELECT %1$s FROM %2$s.\"%4$s\" EXCEPT SELECT %1$s "
                                 "FROM %3$s.\"%4$s\") LIMIT 1";
static const char COUNTS[]
    = "SELECT (SELECT count (*) FROM main.\"%1$s\") - (SELECT count (*) FROM live.\"%1$s\")";
#define NAMES_OF(schema)                                                                           \
  "SELECT d.reference, s.tokens FROM " schema ".delegate d JOIN " schema                           \
  ".delegate_search s ON s.rowid = d.number"
static const char NAMES_LOST[] = NAMES_OF ("main") " EXCEPT " NAMES_OF ("live") " LIMIT 1";
static const char NAMES_MORE[] = NAMES_OF ("live") " EXCEPT " NAMES_OF ("main") " LIMIT 1";
static const char NAMES_CHECK[]
    = "INSERT INTO delegate_search (delegate_search) VALUES ('integrity-check')";

/* What @sql's first row says; NULL with @error, or where there is none. Free with
 * g_free(). */
static char *first_text (sqlite3 *db, const char *path, const char *sql, const char *value,
                         gboolean *found, GError **error)
{
  sqlite3_stmt *row = NULL;
  char *text = NULL;
  int status = SQLITE_ERROR;

  *found = FALSE;
  if (sqlite3_prepare_v2 (db, sql, -1, &row, NULL) == SQLITE_OK) {
    if (value != NULL)
      sqlite3_bind_text (row, 1, value, -1, SQLITE_STATIC);
    status = sqlite3_step (row);
  }
  if (status == SQLITE_ROW) {
    *found = TRUE;
    text = g_strdup ((const char *) sqlite3_column_text (row, 0));
  } else if (status != SQLITE_DONE)
    store_fail (db, path, _ ("verifying"), error);
  sqlite3_finalize (row);
  return text;
}

/* Indexes ---------------------------------------------------------------------------- */

gboolean soundness_indexes (Journal *journal, GError **error)
{
  GError *cause = NULL;
  gboolean found;
  g_autofree char *said = first_text (journal->db, journal->path, CHECK, NULL, &found, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (g_strcmp0 (said, "ok") == 0)
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
               _ ("the facts hold, but the file %s is damaged beside them: %s. Put it aside and "
                  "keep it, make a new replica (accueil init) and bring the facts over: accueil "
                  "merge FILE"),
               journal->path, said != NULL ? said : "");
  return FALSE;
}

gboolean soundness_schema (Journal *journal, GError **error)
{
  GError *cause = NULL;
  g_autofree char *name = schema_stray (journal->db, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (name != NULL)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("“%s” in this file is not as accueil makes it: whoever wrote it there can "
                    "have it do anything. Use another copy, or make a new replica (accueil init) "
                    "and bring the facts over: accueil merge FILE"),
                 name);
  return name == NULL;
}

/* Projections ------------------------------------------------------------------------ */

static gboolean differs (const char *table, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
               _ ("the facts hold, but the derived table “%s” does not say what they say; fill "
                  "it anew: accueil rebuild"),
               table);
  return FALSE;
}

/* FALSE with @error also if @sql finds a row. */
static gboolean finds_nothing (sqlite3 *db, const char *path, const char *sql, const char *table,
                               GError **error)
{
  GError *cause = NULL;
  gboolean found;
  g_autofree char *text = first_text (db, path, sql, NULL, &found, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return !found || differs (table, error);
}

static gboolean compare_table (sqlite3 *db, const char *path, const char *table, GError **error)
{
  static const char *const SIDES[] = { "main", "live" };
  gboolean found;
  g_autofree char *columns = first_text (db, path, COLUMNS, table, &found, error),
                  *counts = g_strdup_printf (COUNTS, table), *more = NULL;

  if (columns == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SIDES); i++) {
    g_autofree char *sql = g_strdup_printf (DIFFERENCE, columns, SIDES[i], SIDES[1 - i], table);

    if (!finds_nothing (db, path, sql, table, error))
      return FALSE;
  }
  more = first_text (db, path, counts, NULL, &found, error);
  if (more == NULL)
    return FALSE;
  return strcmp (more, "0") == 0 || differs (table, error);
}

/* @db: the copy, filled anew; the copy as it was is attached as “live”. */
static gboolean compare (sqlite3 *db, const char *path, GError **error)
{
  g_auto (GStrv) tables = schema_projections (db, error);

  for (char **table = tables; table != NULL && *table != NULL; table++)
    if (strcmp (*table, "delegate_search") != 0 && !compare_table (db, path, *table, error))
      return FALSE;
  return tables != NULL && finds_nothing (db, path, NAMES_LOST, "delegate_search", error)
         && finds_nothing (db, path, NAMES_MORE, "delegate_search", error);
}

static gboolean execute (sqlite3 *db, const char *path, const char *sql, const char *value,
                         GError **error)
{
  GError *cause = NULL;
  gboolean found;
  g_autofree char *text = first_text (db, path, sql, value, &found, &cause);

  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* The names' index against itself; of the copy, since this is a write. */
static gboolean check_names (sqlite3 *db, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;

  return execute (db, path, NAMES_CHECK, NULL, &cause) || differs ("delegate_search", error);
}

static gboolean fill_anew (sqlite3 *db, const char *path, const char *live, GError **error)
{
  return execute (db, path, "BEGIN IMMEDIATE", NULL, error) && schema_rebuild (db, error)
         && execute (db, path, "COMMIT", NULL, error)
         && execute (db, path, "ATTACH ?1 AS live", live, error);
}

/* @first and @second: two copies of the replica. */
static gboolean prove (const char *first, const char *second, GError **error)
{
  sqlite3 *db = store_open (first, SQLITE_OPEN_READWRITE, error);
  gboolean good = db != NULL && check_names (db, first, error);

  sqlite3_close (db);
  if (!good)
    return FALSE;
  db = store_open (second, SQLITE_OPEN_READWRITE, error);
  good = db != NULL && fill_anew (db, second, first, error) && compare (db, second, error);
  sqlite3_close (db);
  return good;
}

/* The room that copies are made in --------------------------------------------------- */

typedef struct {
  char *folder, *first, *second;
  int lock; /* the folder itself; held by who is at it */
} Room;

static void empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);

    unlink (file);
  }
}

/* Waits for whoever is at it. FALSE if the folder that was locked has gone meanwhile, or
 * with errno set. */
static gboolean lock_room (Room *room)
{
  struct stat held, there;

  errno = 0;
  if (mkdir (room->folder, 0700) != 0 && errno != EEXIST)
    return FALSE;
  room->lock = open (room->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (room->lock < 0 || flock (room->lock, LOCK_EX) != 0)
    return FALSE;
  errno = 0;
  return fstat (room->lock, &held) == 0 && stat (room->folder, &there) == 0
         && held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

static void leave_room (Room *room)
{
  if (room->lock >= 0) {
    empty (room->folder);
    rmdir (room->folder);
    close (room->lock);
  }
  g_free (room->folder);
  g_free (room->first);
  g_free (room->second);
}

/* What one that was killed has left there is removed. */
static gboolean enter_room (Room *room, const char *path, GError **error)
{
  room->folder = g_strconcat (path, ".proof", NULL);
  room->first = g_build_filename (room->folder, "first.db", NULL);
  room->second = g_build_filename (room->folder, "second.db", NULL);
  room->lock = -1;
  while (!lock_room (room)) {
    int cause = errno;

    if (room->lock >= 0)
      close (room->lock);
    room->lock = -1;
    if (cause == 0 || cause == ENOENT || cause == EINTR)
      continue;
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("writing the snapshot %s: %s"),
                 room->folder, g_strerror (cause));
    return FALSE;
  }
  empty (room->folder);
  return TRUE;
}

static gboolean copy_again (const char *from, const char *to, GError **error)
{
  sqlite3 *db = store_open (from, SQLITE_OPEN_READWRITE, error);
  gboolean good = db != NULL && execute (db, from, "VACUUM INTO ?1", to, error);

  sqlite3_close (db);
  return good;
}

gboolean soundness_projections (Journal *journal, GError **error)
{
  Room room;
  gboolean good
      = enter_room (&room, journal->path, error) && journal_copy (journal, room.first, error)
        && copy_again (room.first, room.second, error) && prove (room.first, room.second, error);

  leave_room (&room);
  return good;
}
