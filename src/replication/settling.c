#include "replication/settling.h"

#include "core/lock.h"
#include "journal/query.h"
#include "journal/shared_log.h"

static const char ENROLLED[]
    = "SELECT station FROM enrolment WHERE token_hash IS NOT NULL AND revoked_ms IS NULL";

static const char KNOWN[] = "SELECT count (*) FROM enrolment WHERE station = :station";

#define STRANGERS_MAX 100

struct _Settling {
  Lock mutex;
  GHashTable *awaited;   /* names; under mutex, as: */
  GHashTable *strangers; /* names that this copy does not know */
  gboolean on, any;      /* it waits; there was somebody to wait for, and it is not over */
};

static GHashTable *names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Waits for all that are enrolled. */
static gboolean wait_for_all (Settling *settling, Journal *journal, GError **error)
{
  g_autoptr (GHashTable) names = names_new ();
  Query *query = journal_query (journal, ENROLLED, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_hash_table_add (names, g_strdup (query_text (query, 0)));
  if (!query_end (query, error))
    return FALSE;
  lock_take (&settling->mutex);
  settling->on = TRUE;
  settling->any = g_hash_table_size (names) > 0;
  g_hash_table_unref (settling->awaited);
  settling->awaited = g_steal_pointer (&names);
  lock_give (&settling->mutex);
  return TRUE;
}

Settling *settling_open (Journal *journal, GError **error)
{
  g_autofree char *since = NULL;
  g_autoptr (Settling) settling = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_SETTLING, &since, error))
    return NULL;
  settling = g_new0 (Settling, 1);
  lock_init (&settling->mutex);
  settling->awaited = names_new ();
  settling->strangers = names_new ();
  return since == NULL || wait_for_all (settling, journal, error) ? g_steal_pointer (&settling)
                                                                  : NULL;
}

gboolean settling_is_on (Settling *settling)
{
  gboolean on;

  if (settling == NULL)
    return FALSE;
  lock_take (&settling->mutex);
  on = settling->on;
  lock_give (&settling->mutex);
  return on;
}

gboolean settling_begin (Journal *journal, Settling *settling, gint64 seq, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, journal_now_ms (journal));
  gint64 held;

  if (settling == NULL || settling_is_on (settling) || journal_is_shared (journal))
    return TRUE;
  if (!journal_head (journal, journal_station (journal), &held, NULL, error))
    return FALSE;
  return held >= seq
         || (journal_set_local (journal, JOURNAL_LOCAL_SETTLING, now, error)
             && wait_for_all (settling, journal, error));
}

static gboolean is_known (Journal *journal, const char *station)
{
  Query *query = journal_query (journal, KNOWN, NULL);
  gboolean known = TRUE;

  if (query == NULL)
    return known;
  query_bind_text (query, ":station", station);
  known = !query_next (query) || query_int (query, 0) > 0;
  query_end (query, NULL);
  return known;
}

gboolean settling_meet (Settling *settling, Journal *journal, const char *station)
{
  gboolean news;

  if (!settling_is_on (settling) || is_known (journal, station))
    return FALSE;
  lock_take (&settling->mutex);
  news = g_hash_table_size (settling->strangers) < STRANGERS_MAX
         && g_hash_table_add (settling->strangers, g_strdup (station));
  lock_give (&settling->mutex);
  return news;
}

void settling_free (Settling *settling)
{
  if (settling == NULL)
    return;
  lock_clear (&settling->mutex);
  g_hash_table_unref (settling->awaited);
  g_hash_table_unref (settling->strangers);
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
  last = settling->any && g_hash_table_size (settling->awaited) == 0
         && g_hash_table_size (settling->strangers) == 0;
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
  settling->on = settling->any = FALSE;
  lock_give (&settling->mutex);
  return TRUE;
}

gboolean settling_note_fork (Journal *journal, gint64 seq, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  return journal_set_local (journal, SETTLING_LOCAL_FORK, text, error);
}
