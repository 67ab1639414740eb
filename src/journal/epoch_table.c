#include "journal/epoch_table.h"

#include "core/sign.h"
#include "journal/query.h"

#define ID_BYTES 9

static const char CLOSE[] = "UPDATE epoch SET last_number = (SELECT ifnull (max (number), 0) "
                            "FROM fact) WHERE last_number IS NULL";
static const char FORGET[] = "DELETE FROM epoch WHERE id NOT IN (SELECT id FROM epoch ORDER "
                             "BY opened_at DESC, id LIMIT :kept)";
static const char OPEN[] = "INSERT INTO epoch (id, opened_at) VALUES (:id, :now)";
static const char ENDED[] = "SELECT id, last_number FROM epoch WHERE last_number IS NOT NULL";
static const char OPENED[] = "SELECT id FROM epoch WHERE last_number IS NULL";

static gboolean run (Journal *journal, const char *sql, const char *id, const char *number_name,
                     gint64 number, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  if (id != NULL)
    query_bind_text (query, ":id", id);
  if (number_name != NULL)
    query_bind_int (query, number_name, number);
  query_next (query);
  return query_end (query, error);
}

gboolean epoch_table_turn (Journal *journal, char **id, GError **error)
{
  g_autofree char *made = NULL;

  sign_start ();
  made = sign_secret_new (ID_BYTES);
  if (!run (journal, CLOSE, NULL, NULL, 0, error)
      || !run (journal, FORGET, NULL, ":kept", EPOCH_TABLE_KEPT, error)
      || !run (journal, OPEN, made, ":now", journal_now_ms (journal), error))
    return FALSE;
  if (id != NULL)
    *id = g_steal_pointer (&made);
  return TRUE;
}

char *epoch_table_open (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, OPENED, error);
  char *id = NULL;

  if (query == NULL)
    return NULL;
  if (query_next (query))
    id = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    g_clear_pointer (&id, g_free);
  return id;
}

GHashTable *epoch_table_ended (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Query *query = journal_query (journal, ENDED, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    gint64 *last = g_new (gint64, 1);

    *last = query_int (query, 1);
    g_hash_table_insert (ended, g_strdup (query_text (query, 0)), last);
  }
  return query_end (query, error) ? g_steal_pointer (&ended) : NULL;
}
