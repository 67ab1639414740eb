#include "replication/lease.h"

#include "core/sign.h"
#include "journal/shared_log.h"

#include <string.h>

#define HOLDER_BYTES 9

struct _Lease {
  char *name, *holder; /* of the value; of this process */
  char *seen;          /* the value as it was seen last */
  gint64 seen_us;      /* … since then; monotonic, as: */
  gint64 held_us;      /* when it was raised last; 0: not ours */
  gboolean taken;
};

Lease *lease_new (const char *name)
{
  Lease *lease = g_new0 (Lease, 1);

  sign_start ();
  lease->name = g_strdup (name);
  lease->holder = sign_secret_new (HOLDER_BYTES);
  return lease;
}

void lease_free (Lease *lease)
{
  if (lease == NULL)
    return;
  g_free (lease->name);
  g_free (lease->holder);
  g_free (lease->seen);
  g_free (lease);
}

static gboolean is_own (const Lease *lease, const char *value)
{
  gsize length = strlen (lease->holder);

  return value != NULL && strncmp (value, lease->holder, length) == 0 && value[length] == ' ';
}

/* The value, and since when it has been that. */
static gboolean see (Lease *lease, Journal *journal, gint64 now_us, GError **error)
{
  g_autofree char *value = NULL;

  if (!journal_read_local (journal, lease->name, &value, error))
    return FALSE;
  if (lease->seen_us == 0 || g_strcmp0 (value, lease->seen) != 0) {
    g_free (lease->seen);
    lease->seen = g_steal_pointer (&value);
    lease->seen_us = now_us;
  }
  return TRUE;
}

/* In a transaction, which has read the log to its end: ours, unless it has changed
 * since. */
static gboolean raise_number (Lease *lease, Journal *journal, gboolean *raised, GError **error)
{
  g_autofree char *value = NULL, *next = NULL;
  gint64 number;

  if (!journal_read_local (journal, lease->name, &value, error))
    return FALSE;
  *raised = g_strcmp0 (value, lease->seen) == 0;
  if (!*raised)
    return TRUE;
  number = value != NULL ? g_ascii_strtoll (value + strcspn (value, " "), NULL, 10) : 0;
  next = g_strdup_printf ("%s %" G_GINT64_FORMAT, lease->holder, number + 1);
  return journal_set_local (journal, lease->name, next, error);
}

static gboolean try_raise (Lease *lease, Journal *journal, gint64 now_us, GError **error)
{
  gboolean raised = FALSE;

  if (!journal_begin (journal, error)
      || !journal_finish (journal, raise_number (lease, journal, &raised, error), error) || !raised)
    return FALSE;
  lease->taken = lease->taken || lease->held_us == 0;
  lease->held_us = now_us;
  return TRUE;
}

gboolean lease_is_held (const Lease *lease, gint64 now_us)
{
  return lease->held_us != 0 && now_us - lease->held_us < LEASE_HELD_MS * G_TIME_SPAN_MILLISECOND;
}

gboolean lease_hold (Lease *lease, Journal *journal, gint64 now_us, GError **error)
{
  if (!journal_is_shared (journal)) {
    lease->taken = lease->taken || lease->held_us == 0;
    lease->held_us = now_us;
    return TRUE;
  }
  if (!see (lease, journal, now_us, error))
    return FALSE;
  if (is_own (lease, lease->seen) && lease->held_us != 0) {
    if (now_us - lease->held_us >= LEASE_RENEW_MS * G_TIME_SPAN_MILLISECOND)
      try_raise (lease, journal, now_us, error);
    return lease_is_held (lease, now_us);
  }
  lease->held_us = 0;
  return (lease->seen == NULL || now_us - lease->seen_us >= LEASE_TAKE_MS * G_TIME_SPAN_MILLISECOND)
         && try_raise (lease, journal, now_us, error);
}

gboolean lease_is_new (Lease *lease)
{
  gboolean taken = lease->taken;

  lease->taken = FALSE;
  return taken;
}
