#include "replication/settling.h"

#include "core/lock.h"
#include "journal/query.h"

static const char ENROLLED[]
    = "SELECT station FROM enrolment WHERE token_hash IS NOT NULL AND revoked_ms IS NULL";

struct _Settling {
  Lock mutex;
  GHashTable *awaited; /* names; under mutex */
  gboolean any;        /* there was somebody to wait for, and it is not over */
};

static gboolean read_enrolled (Settling *settling, Journal *journal, GError **error)
{
  Query *query = journal_query (journal, ENROLLED, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_hash_table_add (settling->awaited, g_strdup (query_text (query, 0)));
  settling->any = g_hash_table_size (settling->awaited) > 0;
  return query_end (query, error);
}

gboolean settling_open (Journal *journal, Settling **settling, GError **error)
{
  g_autofree char *since = NULL;
  g_autoptr (Settling) made = NULL;

  *settling = NULL;
  if (!journal_read_local (journal, JOURNAL_LOCAL_SETTLING, &since, error))
    return FALSE;
  if (since == NULL)
    return TRUE;
  made = g_new0 (Settling, 1);
  lock_init (&made->mutex);
  made->awaited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_enrolled (made, journal, error))
    return FALSE;
  *settling = g_steal_pointer (&made);
  return TRUE;
}

void settling_free (Settling *settling)
{
  if (settling == NULL)
    return;
  lock_clear (&settling->mutex);
  g_hash_table_unref (settling->awaited);
  g_free (settling);
}

gboolean settling_hear (Settling *settling, const char *station, gint64 heard, gint64 seq)
{
  gboolean last;

  if (settling == NULL || heard > seq)
    return FALSE;
  lock_take (&settling->mutex);
  /* Once it is empty every word ends it: an end that could not be written is tried
   * again. */
  g_hash_table_remove (settling->awaited, station);
  last = settling->any && g_hash_table_size (settling->awaited) == 0;
  lock_give (&settling->mutex);
  return last;
}

guint settling_awaited (Settling *settling)
{
  guint count;

  lock_take (&settling->mutex);
  count = g_hash_table_size (settling->awaited);
  lock_give (&settling->mutex);
  return count;
}

gboolean settling_end (Journal *journal, Settling *settling, GError **error)
{
  if (!journal_set_local (journal, JOURNAL_LOCAL_SETTLING, NULL, error))
    return FALSE;
  if (settling == NULL)
    return TRUE;
  lock_take (&settling->mutex);
  settling->any = FALSE;
  lock_give (&settling->mutex);
  return TRUE;
}
