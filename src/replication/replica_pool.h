/* replica_pool.h: open replicas for reading, lent to whichever thread answers a request,
 * so that no request opens a file.
 * Threads: any thread may take and give; what is taken is the taker's until given
 * back.  */
#pragma once

#include "journal/journal.h"

typedef struct _ReplicaPool ReplicaPool;

ReplicaPool *replica_pool_new (const char *db, Clock clock);
void replica_pool_free (ReplicaPool *readers); /* when all are given back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplicaPool, replica_pool_free)

/* One that is idle, else a new one. */
Journal *replica_pool_take (ReplicaPool *readers, GError **error);
void replica_pool_give (ReplicaPool *readers, Journal *reader);
