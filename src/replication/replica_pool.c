#include "replication/replica_pool.h"

#include "core/lock.h"
#include "replication/log_sqlite.h"

struct _ReplicaPool {
  char *db;
  Clock clock;
  Lock mutex;
  GQueue idle; /* PooledReplica; under mutex */
};

ReplicaPool *replica_pool_new (const char *db, Clock clock)
{
  ReplicaPool *readers = g_new0 (ReplicaPool, 1);

  readers->db = g_strdup (db);
  readers->clock = clock;
  lock_init (&readers->mutex);
  g_queue_init (&readers->idle);
  return readers;
}

static void reader_free (gpointer data)
{
  PooledReplica *reader = data;

  log_close (reader->log);
  journal_close (reader->journal);
  g_free (reader);
}

void replica_pool_free (ReplicaPool *readers)
{
  if (readers == NULL)
    return;
  g_queue_clear_full (&readers->idle, reader_free);
  lock_clear (&readers->mutex);
  g_free (readers->db);
  g_free (readers);
}

PooledReplica *replica_pool_take (ReplicaPool *readers, GError **error)
{
  Journal *journal;
  PooledReplica *reader;

  lock_take (&readers->mutex);
  reader = g_queue_pop_head (&readers->idle); /* the last one given: its cache is warm */
  lock_give (&readers->mutex);
  if (reader != NULL)
    return reader;
  journal = journal_open (readers->db, readers->clock, error);
  if (journal == NULL)
    return NULL;
  reader = g_new0 (PooledReplica, 1);
  reader->journal = journal;
  reader->log = log_sqlite_new (journal);
  return reader;
}

void replica_pool_give (ReplicaPool *readers, PooledReplica *reader)
{
  lock_take (&readers->mutex);
  g_queue_push_head (&readers->idle, reader);
  lock_give (&readers->mutex);
}
