#include "journal/soundness.h"

#include "core/words.h"
#include "journal/schema.h"
#include "journal/store.h"

#include <string.h>
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

gboolean soundness_projections (Journal *journal, GError **error)
{
  g_autofree char *first = g_strdup_printf ("%s.proof-%d-1", journal->path, (int) getpid ()),
                  *second = g_strdup_printf ("%s.proof-%d-2", journal->path, (int) getpid ());
  gboolean good;

  good = journal_copy (journal, first, error);
  if (good) {
    sqlite3 *db = store_open (first, SQLITE_OPEN_READWRITE, error);

    good = db != NULL && execute (db, first, "VACUUM INTO ?1", second, error);
    sqlite3_close (db);
  }
  good = good && prove (first, second, error);
  unlink (first);
  unlink (second);
  return good;
}
