#include "office/throttle.h"

#include "core/lock.h"

typedef struct {
  guint failures;
  gint64 last_ms, closed_until_ms;
} Record;

struct _Throttle {
  Lock mutex;
  GHashTable *records; /* "n:NAME", "a:ADDRESS" → Record; under mutex */
};

Throttle *throttle_new (void)
{
  Throttle *throttle = g_new0 (Throttle, 1);

  lock_init (&throttle->mutex);
  throttle->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return throttle;
}

void throttle_free (Throttle *throttle)
{
  if (throttle == NULL)
    return;
  g_hash_table_unref (throttle->records);
  lock_clear (&throttle->mutex);
  g_free (throttle);
}

static gboolean is_quiet (gpointer key, gpointer value, gpointer data)
{
  return ((Record *) value)->last_ms + THROTTLE_MOST_MS < *(const gint64 *) data;
}

/* When too many are kept, the one that was quiet longest goes. */
static void make_room (GHashTable *records, gint64 now_ms)
{
  GHashTableIter iter;
  gpointer key, value, oldest = NULL;
  gint64 at = G_MAXINT64;

  if (g_hash_table_size (records) < THROTTLE_KEPT)
    return;
  if (g_hash_table_foreach_remove (records, is_quiet, &now_ms) > 0)
    return;
  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Record *) value)->last_ms < at) {
      at = ((Record *) value)->last_ms;
      oldest = key;
    }
  g_hash_table_remove (records, oldest);
}

/* Takes @key. */
static Record *record_of (GHashTable *records, char *key, gint64 now_ms)
{
  Record *record = g_hash_table_lookup (records, key);

  if (record == NULL) {
    make_room (records, now_ms);
    record = g_new0 (Record, 1);
    g_hash_table_insert (records, key, record);
  } else
    g_free (key);
  if (record->last_ms + THROTTLE_MOST_MS < now_ms)
    *record = (Record){ 0 };
  record->last_ms = now_ms; /* so that making room never lets go of what is in use */
  return record;
}

static void note (Record *record, guint without, gint64 now_ms)
{
  record->failures++;
  record->last_ms = now_ms;
  if (record->failures >= without) {
    guint doubled = MIN (record->failures - without, 20);

    record->closed_until_ms
        = now_ms + MIN ((gint64) THROTTLE_FIRST_MS << doubled, THROTTLE_MOST_MS);
  }
}

static char *key_of (const char *kind, const char *text)
{
  g_autofree char *small = g_utf8_strdown (text, -1);

  return g_strconcat (kind, small, NULL);
}

gint64 throttle_try (Throttle *throttle, const char *name, const char *address, gint64 now_ms)
{
  Record *by_name, *by_address;
  gint64 wait;

  lock_take (&throttle->mutex);
  by_name = record_of (throttle->records, key_of ("n:", name), now_ms);
  by_address = record_of (throttle->records, key_of ("a:", address), now_ms);
  wait = MAX (by_name->closed_until_ms, by_address->closed_until_ms) - now_ms;
  if (wait <= 0) {
    note (by_name, THROTTLE_FREE, now_ms);
    note (by_address, THROTTLE_FREE_ADDRESS, now_ms);
  }
  lock_give (&throttle->mutex);
  return MAX (wait, 0);
}

void throttle_succeeded (Throttle *throttle, const char *name, const char *address)
{
  g_autofree char *by_name = key_of ("n:", name), *by_address = key_of ("a:", address);
  Record *record;

  lock_take (&throttle->mutex);
  g_hash_table_remove (throttle->records, by_name);
  record = g_hash_table_lookup (throttle->records, by_address);
  if (record != NULL && record->failures > 0) {
    record->failures--;
    record->closed_until_ms = 0;
  }
  lock_give (&throttle->mutex);
}
