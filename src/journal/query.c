#include "journal/query.h"

#include "core/words.h"
#include "journal/store.h"

struct _Query {
  Journal *journal;
  sqlite3_stmt *statement;
  int status; /* of the last step */
  gboolean in_use;
};

static void query_free (Query *query)
{
  sqlite3_finalize (query->statement);
  g_free (query);
}

void query_forget_all (Journal *journal)
{
  g_clear_pointer (&journal->queries, g_hash_table_unref);
  g_clear_pointer (&journal->insert, sqlite3_finalize);
  g_clear_pointer (&journal->head, sqlite3_finalize);
  g_clear_pointer (&journal->keep_signature, sqlite3_finalize);
  g_clear_pointer (&journal->signed_reach, sqlite3_finalize);
  standing_statements_clear (&journal->standing);
}

Query *journal_query (Journal *journal, const char *sql, GError **error)
{
  Query *query;

  if (journal->queries == NULL)
    journal->queries
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) query_free);
  query = g_hash_table_lookup (journal->queries, sql);
  if (query == NULL) {
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3 (journal->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
        != SQLITE_OK) {
      store_fail (journal->db, journal->path, _ ("reading"), error);
      return NULL;
    }
    query = g_new0 (Query, 1);
    query->journal = journal;
    query->statement = statement;
    g_hash_table_insert (journal->queries, g_strdup (sql), query);
  }
  if (query->in_use)
    g_error ("a query is used twice at a time: %s", sql);
  query->in_use = TRUE;
  query->status = SQLITE_OK;
  return query;
}

static int parameter (Query *query, const char *name)
{
  int index = sqlite3_bind_parameter_index (query->statement, name);

  if (index == 0)
    g_error ("no parameter %s in: %s", name, sqlite3_sql (query->statement));
  return index;
}

void query_bind_text (Query *query, const char *name, const char *value)
{
  sqlite3_bind_text (query->statement, parameter (query, name), value, -1, SQLITE_TRANSIENT);
}

void query_bind_int (Query *query, const char *name, gint64 value)
{
  sqlite3_bind_int64 (query->statement, parameter (query, name), value);
}

gboolean query_next (Query *query)
{
  query->status = sqlite3_step (query->statement);
  return query->status == SQLITE_ROW;
}

const char *query_text (Query *query, int column)
{
  const char *text = (const char *) sqlite3_column_text (query->statement, column);

  return text != NULL ? text : "";
}

gint64 query_int (Query *query, int column)
{
  return sqlite3_column_int64 (query->statement, column);
}

gboolean query_is_null (Query *query, int column)
{
  return sqlite3_column_type (query->statement, column) == SQLITE_NULL;
}

int query_columns (Query *query)
{
  return sqlite3_column_count (query->statement);
}

gboolean query_end (Query *query, GError **error)
{
  gboolean good
      = query->status == SQLITE_OK || query->status == SQLITE_ROW || query->status == SQLITE_DONE;

  if (!good)
    store_fail (query->journal->db, query->journal->path, _ ("reading"), error);
  sqlite3_reset (query->statement);
  sqlite3_clear_bindings (query->statement);
  query->in_use = FALSE;
  return good;
}

gboolean query_number (Journal *journal, const char *sql, gint64 *number, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  *number = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

gboolean journal_view_begin (Journal *journal, GError **error)
{
  if (journal->views == 0 && !journal->in_transaction) {
    if (sqlite3_exec (journal->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
      return store_fail (journal->db, journal->path, _ ("reading"), error);
    journal->viewing = TRUE;
  }
  journal->views++;
  return TRUE;
}

void journal_view_end (Journal *journal)
{
  if (journal->views == 0 || --journal->views > 0 || !journal->viewing)
    return;
  sqlite3_exec (journal->db, "ROLLBACK", NULL, NULL, NULL); /* it has only read */
  journal->viewing = FALSE;
}

gboolean journal_execute (Journal *journal, const char *sql, GError **error)
{
  if (sqlite3_exec (journal->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return store_fail (journal->db, journal->path, _ ("writing to"), error);
  return TRUE;
}
