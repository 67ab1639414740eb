#include "office/notice_cache.h"

#include "core/lock.h"

struct _NoticeCache {
  Lock lock;
  gint64 read_ms; /* monotonic; 0: never */
  char *texts[NOTICE_LANGUAGES];
};

NoticeCache *notice_cache_new (void)
{
  NoticeCache *cache = g_new0 (NoticeCache, 1);

  lock_init (&cache->lock);
  return cache;
}

void notice_cache_free (NoticeCache *cache)
{
  if (cache == NULL)
    return;
  for (guint i = 0; i < NOTICE_LANGUAGES; i++)
    g_free (cache->texts[i]);
  lock_clear (&cache->lock);
  g_free (cache);
}

/* With the lock. */
static gboolean refresh (NoticeCache *cache, ReplicaPool *readers, GError **error)
{
  gint64 now_ms = g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
  Journal *reader;
  g_autoptr (Notice) notice = NULL;

  if (cache->read_ms != 0 && now_ms < cache->read_ms + NOTICE_CACHE_KEPT_MS)
    return TRUE;
  if ((reader = replica_pool_take (readers, error)) == NULL)
    return FALSE;
  notice = notice_read (reader, error);
  replica_pool_give (readers, reader);
  if (notice == NULL)
    return FALSE;
  for (guint i = 0; i < NOTICE_LANGUAGES; i++) {
    g_free (cache->texts[i]);
    cache->texts[i] = notice_text (notice, (NoticeLanguage) i);
  }
  cache->read_ms = now_ms;
  return TRUE;
}

gboolean notice_cache_read (NoticeCache *cache, ReplicaPool *readers, char *texts[NOTICE_LANGUAGES],
                            GError **error)
{
  gboolean good;

  lock_take (&cache->lock);
  good = refresh (cache, readers, error);
  for (guint i = 0; good && i < NOTICE_LANGUAGES; i++)
    texts[i] = g_strdup (cache->texts[i]);
  lock_give (&cache->lock);
  return good;
}
