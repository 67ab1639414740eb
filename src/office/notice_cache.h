/* notice_cache.h: what people are told about their data (roster/notice.h), read once for
 * everybody.
 *
 * Reading it walks through all delegates, and strangers may ask for it: so it is done
 * once in NOTICE_CACHE_KEPT_MS, whoever asks. Threads: shared; a reader waits while
 * another reads. */
#pragma once

#include "replication/replica_pool.h"
#include "roster/notice.h"

#define NOTICE_CACHE_KEPT_MS (5 * 60 * 1000)

typedef struct _NoticeCache NoticeCache;
NoticeCache *notice_cache_new (void);
void notice_cache_free (NoticeCache *cache); /* NULL-safe */
/* Fills @texts (free each with g_free()) with the text in each language. */
gboolean notice_cache_read (NoticeCache *cache, ReplicaPool *readers, char *texts[NOTICE_LANGUAGES],
                            GError **error);
