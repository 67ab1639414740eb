#include "replication/quota.h"

#include "core/lock.h"

#define DAY_MS (24 * 3600 * 1000.0)
#define MINUTE_MS (60 * 1000.0)

/* What is left; below 0 after a batch that was larger than that. */
typedef struct {
  double facts, bytes;
  gint64 at_ms;
  gint64 told_ms; /* G_MININT64: never */
} Account;

struct _Quota {
  Lock lock;
  GHashTable *accounts; /* station → Account */
};

Quota *quota_new (void)
{
  Quota *quota = g_new0 (Quota, 1);

  lock_init (&quota->lock);
  quota->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return quota;
}

void quota_free (Quota *quota)
{
  if (quota == NULL)
    return;
  g_hash_table_unref (quota->accounts);
  lock_clear (&quota->lock);
  g_free (quota);
}

/* With the lock. Only stations that are enrolled have one. */
static Account *account_of (Quota *quota, const char *station, gint64 now_ms)
{
  Account *account = g_hash_table_lookup (quota->accounts, station);
  double passed;

  if (account == NULL) {
    account = g_new0 (Account, 1);
    *account = (Account){ QUOTA_FACTS_AT_ONCE, QUOTA_BYTES_AT_ONCE, now_ms, G_MININT64 };
    g_hash_table_insert (quota->accounts, g_strdup (station), account);
  }
  passed = (double) MAX (now_ms - account->at_ms, 0);
  account->facts
      = MIN (account->facts + passed * QUOTA_FACTS_A_MINUTE / MINUTE_MS, QUOTA_FACTS_AT_ONCE);
  account->bytes = MIN (account->bytes + passed * QUOTA_BYTES_A_DAY / DAY_MS, QUOTA_BYTES_AT_ONCE);
  account->at_ms = now_ms;
  return account;
}

/* Until there is something left of what @left is, at @rate a millisecond. */
static double wait_of (double left, double rate)
{
  return left > 0 ? 0 : (1 - left) / rate / 1000;
}

guint quota_wait (Quota *quota, const char *station, gint64 now_ms, gboolean *tell)
{
  Account *account;
  double wait_s;

  *tell = FALSE;
  lock_take (&quota->lock);
  account = account_of (quota, station, now_ms);
  wait_s = MAX (wait_of (account->facts, QUOTA_FACTS_A_MINUTE / MINUTE_MS),
                wait_of (account->bytes, QUOTA_BYTES_A_DAY / DAY_MS));
  if (wait_s > 0
      && (account->told_ms == G_MININT64 || now_ms - account->told_ms >= QUOTA_TELL_EVERY_MS)) {
    account->told_ms = now_ms;
    *tell = TRUE;
  }
  lock_give (&quota->lock);
  return wait_s > 0 ? (guint) CLAMP (wait_s, 1, QUOTA_WAIT_MAX_S) : 0;
}

void quota_charge (Quota *quota, const char *station, guint facts, gsize bytes, gint64 now_ms)
{
  Account *account;

  lock_take (&quota->lock);
  account = account_of (quota, station, now_ms);
  account->facts -= facts;
  account->bytes -= (double) bytes;
  lock_give (&quota->lock);
}
