/* quota.h: how much a station may send: facts a minute, bytes a day.
 *
 * Whoever sends more is not refused for good but slowed down: told to come again later,
 * and a batch that has come is taken whole whatever it makes of the account. So nothing
 * is lost, a day without network is sent at once, and a machine that runs wild, or is in
 * wrong hands, fills the hub's disk by QUOTA_BYTES_A_DAY a day and no faster.
 *
 * Accounts are in memory: a hub that is started again begins them anew. Threads: any.
 * Nothing here blocks. */
#pragma once

#include <glib.h>

#define QUOTA_FACTS_A_MINUTE 30000
#define QUOTA_FACTS_AT_ONCE 120000 /* what was not used before */
#define QUOTA_BYTES_A_DAY (256 * 1024 * 1024)
#define QUOTA_BYTES_AT_ONCE (256 * 1024 * 1024)
#define QUOTA_TELL_EVERY_MS (60 * 60 * 1000)
#define QUOTA_WAIT_MAX_S 60

typedef struct _Quota Quota;

Quota *quota_new (void);
void quota_free (Quota *quota); /* NULL-safe */
/* 0: @station may send. Else for how many seconds it is to wait: so that nothing of what
 * it sends need be read. @now_ms is monotonic. *@tell: this has not been told for
 * QUOTA_TELL_EVERY_MS. */
guint quota_wait (Quota *quota, const char *station, gint64 now_ms, gboolean *tell);
/* What it has sent is put down to its account, whatever became of it. */
void quota_charge (Quota *quota, const char *station, guint facts, gsize bytes, gint64 now_ms);
