#include "journal/schema.h"

#include "core/words.h"
#include "journal/standing.h"
#include "journal/store.h"
#include "schema.gresource.h"

#include <string.h>

#define RESOURCE_PATH "/accueil/schema"

static int by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the embedded files that begin with @prefix, in order. */
static char **files (const char *prefix)
{
  g_auto (GStrv) all = g_resource_enumerate_children (schema_get_resource (), RESOURCE_PATH,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (char **name = all; name != NULL && *name != NULL; name++)
    if (g_str_has_prefix (*name, prefix))
      g_ptr_array_add (found, g_strdup (*name));
  g_ptr_array_sort (found, by_name);
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

static GBytes *file (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH "/", name, NULL);

  return g_resource_lookup_data (schema_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static gboolean execute (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return store_fail (db, sqlite3_db_filename (db, "main"), _ ("setting up the tables of"), error);
  return TRUE;
}

static gboolean execute_file (sqlite3 *db, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = file (name);
  g_autofree char *sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return execute (db, sql, error);
}

static gboolean execute_files (sqlite3 *db, const char *prefix, GError **error)
{
  g_auto (GStrv) names = files (prefix);

  for (char **name = names; *name != NULL; name++)
    if (!execute_file (db, *name, error))
      return FALSE;
  return TRUE;
}

static gboolean set_version (sqlite3 *db, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          SCHEMA_APPLICATION_ID, SCHEMA_VERSION);

  return execute (db, sql, error);
}

gboolean schema_create_store (sqlite3 *db, GError **error)
{
  return execute_files (db, "store-", error) && set_version (db, error);
}

gboolean schema_create (sqlite3 *db, GError **error)
{
  return schema_create_store (db, error) && execute_files (db, "projection-", error);
}

static gint64 pragma (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* Takes the lock first and looks again: another program may have brought the file up
 * meanwhile. */
static gboolean bring_up (sqlite3 *db, GError **error)
{
  gint64 version;
  gboolean good = TRUE;

  if (!execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  version = pragma (db, "PRAGMA user_version");
  if (version < 0)
    good = store_fail (db, sqlite3_db_filename (db, "main"), _ ("setting up the tables of"), error);
  else if (version < SCHEMA_VERSION) {
    g_auto (GStrv) names = files ("store-");

    for (guint i = (guint) (version / 1000); good && i < g_strv_length (names); i++)
      good = execute_file (db, names[i], error);
    good = good && schema_rebuild (db, error) && set_version (db, error);
  }
  if (good && execute (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean schema_open (sqlite3 *db, const char *path, GError **error)
{
  gint64 application = pragma (db, "PRAGMA application_id");
  gint64 version = pragma (db, "PRAGMA user_version");

  if (application < 0 || version < 0)
    return store_fail (db, path, _ ("opening the replica"), error);
  if (application != SCHEMA_APPLICATION_ID) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("opening the replica %s: this SQLite file was not made by accueil; give "
                    "another file or make one with “accueil init”"),
                 path);
    return FALSE;
  }
  if (version > SCHEMA_VERSION) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NEWER,
                 _ ("opening the replica %s: it was written by a newer accueil (schema %lld, this "
                    "one knows %d); install the newer version here too"),
                 path, (long long) version, SCHEMA_VERSION);
    return FALSE;
  }
  return version == SCHEMA_VERSION || bring_up (db, error);
}

/* Everything in the file that the projection files made: all but the store's own tables
 * and indexes. */
static const char PROJECTION_OBJECTS[]
    = "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table', 'trigger') AND name "
      "NOT LIKE 'sqlite_%' AND name NOT LIKE 'delegate_search_%'"
      " AND name NOT IN ('fact', 'head', 'local', 'epoch', 'enrolment', 'enrolment_role', "
      "'printer_state', "
      "'fact_keep', 'fact_fixed', 'fact_head')"
      " ORDER BY CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, name";

static gboolean drop_projections (sqlite3 *db, GError **error)
{
  g_autoptr (GString) drops = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_ERROR;

  /* A file that somebody else has made may have any names. */
  if (sqlite3_prepare_v2 (db, PROJECTION_OBJECTS, -1, &statement, NULL) == SQLITE_OK)
    while ((status = sqlite3_step (statement)) == SQLITE_ROW) {
      char *drop = sqlite3_mprintf ("DROP %s IF EXISTS \"%w\";",
                                    (const char *) sqlite3_column_text (statement, 0),
                                    (const char *) sqlite3_column_text (statement, 1));

      g_string_append (drops, drop);
      sqlite3_free (drop);
    }
  if (status != SQLITE_DONE)
    store_fail (db, sqlite3_db_filename (db, "main"), _ ("rebuilding"), error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE && execute (db, drops->str, error);
}

gboolean schema_rebuild (sqlite3 *db, GError **error)
{
  return drop_projections (db, error) && execute_files (db, "projection-", error)
         && standing_feed_all (db, error)
         && execute (db, "INSERT INTO settle (due) VALUES (1)", error);
}

char **schema_projections (sqlite3 *db, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_ERROR;

  if (sqlite3_prepare_v2 (db, PROJECTION_OBJECTS, -1, &statement, NULL) == SQLITE_OK)
    while ((status = sqlite3_step (statement)) == SQLITE_ROW)
      if (strcmp ((const char *) sqlite3_column_text (statement, 0), "table") == 0)
        g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 1));
  if (status != SQLITE_DONE)
    store_fail (db, sqlite3_db_filename (db, "main"), _ ("reading"), error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE ? g_strv_builder_end (builder) : NULL;
}

/* But for what SQLite makes by itself. */
#define MADE "FROM sqlite_schema WHERE NOT (type = 'index' AND sql IS NULL)"
static const char MADE_HERE[] = "SELECT type, name, tbl_name, ifnull (sql, '') " MADE;
static const char MADE_COUNT[] = "SELECT count (*) " MADE;
static const char MADE_SO[]
    = "SELECT count (*) FROM sqlite_schema WHERE type = ?1 AND name = ?2 AND tbl_name = ?3 AND "
      "ifnull (sql, '') = ?4";

/* The name of what @db has and @ours has not, or not so; free with g_free(). NULL: nothing, or
 * with *@status what SQLite says. */
static char *find_stray (sqlite3 *db, sqlite3 *ours, int *status)
{
  sqlite3_stmt *row = NULL, *same = NULL;
  char *name = NULL;

  *status = sqlite3_prepare_v2 (db, MADE_HERE, -1, &row, NULL);
  if (*status == SQLITE_OK)
    *status = sqlite3_prepare_v2 (ours, MADE_SO, -1, &same, NULL);
  while (*status == SQLITE_OK && name == NULL && (*status = sqlite3_step (row)) == SQLITE_ROW) {
    for (int i = 0; i < 4; i++)
      sqlite3_bind_value (same, i + 1, sqlite3_column_value (row, i));
    *status = sqlite3_step (same) == SQLITE_ROW ? SQLITE_OK : SQLITE_ERROR;
    if (*status == SQLITE_OK && sqlite3_column_int (same, 0) != 1)
      name = g_strdup ((const char *) sqlite3_column_text (row, 1));
    sqlite3_reset (same);
  }
  sqlite3_finalize (row);
  sqlite3_finalize (same);
  return name;
}

char *schema_stray (sqlite3 *db, GError **error)
{
  const char *path = sqlite3_db_filename (db, "main");
  sqlite3 *ours = store_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  char *name = NULL;
  int status = SQLITE_DONE;

  if (ours == NULL || !schema_create (ours, error)) {
    sqlite3_close (ours);
    return NULL;
  }
  name = find_stray (db, ours, &status);
  if (name == NULL && status != SQLITE_DONE)
    store_fail (db, path, _ ("reading"), error);
  else if (name == NULL && pragma (db, MADE_COUNT) != pragma (ours, MADE_COUNT))
    name = g_strdup ("sqlite_schema");
  sqlite3_close (ours);
  return name;
}
