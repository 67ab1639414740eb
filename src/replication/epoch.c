#include "replication/epoch.h"

#include "core/sign.h"
#include "journal/query.h"

#define EPOCH_ID_BYTES 9

static const char EPOCH_CLOSE[] = "UPDATE epoch SET last_number = (SELECT ifnull (max (number), 0) "
                                  "FROM fact) WHERE last_number IS NULL";
static const char EPOCH_FORGET[] = "DELETE FROM epoch WHERE id NOT IN (SELECT id FROM epoch ORDER "
                                   "BY opened_at DESC, id LIMIT :kept)";
static const char EPOCH_OPEN[] = "INSERT INTO epoch (id, opened_at) VALUES (:id, :now)";
static const char EPOCH_ALL[] = "SELECT id, last_number FROM epoch WHERE last_number IS NOT NULL";

struct _Epochs {
  char *current;
  GHashTable *ended; /* id → gint64 *last_number */
};

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

static gboolean read_ended (Epochs *epochs, Journal *journal, GError **error)
{
  Query *query = journal_query (journal, EPOCH_ALL, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    gint64 *last = g_new (gint64, 1);

    *last = query_int (query, 1);
    g_hash_table_insert (epochs->ended, g_strdup (query_text (query, 0)), last);
  }
  return query_end (query, error);
}

Epochs *epoch_open (Journal *journal, GError **error)
{
  g_autoptr (Epochs) epochs = g_new0 (Epochs, 1);

  sign_start ();
  epochs->current = sign_secret_new (EPOCH_ID_BYTES);
  epochs->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!journal_begin (journal, error))
    return NULL;
  if (!run (journal, EPOCH_CLOSE, NULL, NULL, 0, error)
      || !run (journal, EPOCH_FORGET, NULL, ":kept", EPOCHS_KEPT, error)
      || !run (journal, EPOCH_OPEN, epochs->current, ":now", journal_now_ms (journal), error)
      || !read_ended (epochs, journal, error)) {
    journal_rollback (journal);
    return NULL;
  }
  return journal_commit (journal, error) ? g_steal_pointer (&epochs) : NULL;
}

void epoch_free (Epochs *epochs)
{
  if (epochs == NULL)
    return;
  g_free (epochs->current);
  g_clear_pointer (&epochs->ended, g_hash_table_unref);
  g_free (epochs);
}

const char *epoch_current (const Epochs *epochs)
{
  return epochs->current;
}

gboolean epoch_admit (const Epochs *epochs, const char *epoch, gint64 after, gint64 last)
{
  const gint64 *ended;

  if (after > last)
    return FALSE;
  if (after == 0 || epoch == NULL || epoch[0] == '\0' || g_str_equal (epoch, epochs->current))
    return TRUE;
  ended = g_hash_table_lookup (epochs->ended, epoch);
  return ended != NULL && after <= *ended;
}
