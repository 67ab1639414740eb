#include "replication/epoch.h"

#include "core/lock.h"
#include "journal/epoch_table.h"
#include "journal/shared_log.h"

struct _Epochs {
  Lock mutex;
  char *current;     /* under mutex, as all below */
  GHashTable *ended; /* id → gint64 *last_number */
};

/* With a log of its own each start opens an epoch. An epoch of a shared log is not one
 * hub's: another may be giving cursors in it. */
static gboolean open_one (Journal *journal, char **id, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *shared = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_LOG, &shared, error))
    return FALSE;
  *id = shared != NULL ? epoch_table_open (journal, &cause) : NULL;
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return *id != NULL || epoch_table_turn (journal, id, error);
}

Epochs *epoch_open (Journal *journal, GError **error)
{
  g_autoptr (Epochs) epochs = g_new0 (Epochs, 1);

  lock_init (&epochs->mutex);
  if (!journal_begin (journal, error))
    return NULL;
  if (!open_one (journal, &epochs->current, error)
      || (epochs->ended = epoch_table_ended (journal, error)) == NULL) {
    journal_rollback (journal);
    return NULL;
  }
  return journal_commit (journal, error) ? g_steal_pointer (&epochs) : NULL;
}

void epoch_free (Epochs *epochs)
{
  if (epochs == NULL)
    return;
  lock_clear (&epochs->mutex);
  g_free (epochs->current);
  g_clear_pointer (&epochs->ended, g_hash_table_unref);
  g_free (epochs);
}

gboolean epoch_refresh (Epochs *epochs, Journal *journal, GError **error)
{
  g_autofree char *current = epoch_table_open (journal, error);
  g_autoptr (GHashTable) ended = NULL;

  if (current == NULL)
    return FALSE;
  lock_take (&epochs->mutex);
  if (!g_str_equal (current, epochs->current)) {
    ended = epoch_table_ended (journal, error);
    if (ended != NULL) {
      GHashTable *before = g_steal_pointer (&epochs->ended);

      epochs->ended = g_steal_pointer (&ended);
      g_hash_table_unref (before);
      g_free (epochs->current);
      epochs->current = g_steal_pointer (&current);
    }
  }
  lock_give (&epochs->mutex);
  return error == NULL || *error == NULL;
}

char *epoch_current (Epochs *epochs)
{
  char *current;

  lock_take (&epochs->mutex);
  current = g_strdup (epochs->current);
  lock_give (&epochs->mutex);
  return current;
}

gboolean epoch_admit (Epochs *epochs, const char *epoch, gint64 after, gint64 last)
{
  const gint64 *ended;
  gboolean good;

  if (after > last)
    return FALSE;
  if (after == 0 || epoch == NULL || epoch[0] == '\0')
    return TRUE;
  lock_take (&epochs->mutex);
  ended = g_hash_table_lookup (epochs->ended, epoch);
  good = g_str_equal (epoch, epochs->current) || (ended != NULL && after <= *ended);
  lock_give (&epochs->mutex);
  return good;
}
