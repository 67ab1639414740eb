#include "journal/wal_copier.h"

/* Whether others write meanwhile is no matter here. */
static void pause_ms (gint ms, gint *stop)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000, left;

  while (!g_atomic_int_get (stop) && (left = end - g_get_monotonic_time ()) > 0)
    g_usleep ((gulong) MIN (left, JOURNAL_POLL_MS * 1000));
}

/* After @wait_ms there were @pages: so long would have been right. */
static gint next_wait (gint wait_ms, guint pages)
{
  gint64 right = (gint64) wait_ms * WAL_COPIER_PAGES / MAX (pages, 1);

  return (gint) CLAMP (MIN (right, 2 * wait_ms), WAL_COPIER_MIN_MS, WAL_COPIER_MAX_MS);
}

gboolean wal_copier_round (Journal *journal, gint64 *seen, gint *wait_ms, gint patience_ms,
                           gint *stop, GError **error)
{
  guint pages = 0;

  if (!journal_wait (journal, seen, patience_ms, stop))
    return TRUE;
  pause_ms (*wait_ms, stop);
  if (!journal_checkpoint (journal, &pages, error))
    return FALSE;
  *wait_ms = next_wait (*wait_ms, pages);
  return TRUE;
}
