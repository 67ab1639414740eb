#include "replication/replica_pool.h"

#include "core/lock.h"

struct _ReplicaPool {
  char *db;
  Clock clock;
  Lock mutex;
  GQueue idle; /* Journal; under mutex */
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

void replica_pool_free (ReplicaPool *readers)
{
  if (readers == NULL)
    return;
  g_queue_clear_full (&readers->idle, (GDestroyNotify) journal_close);
  lock_clear (&readers->mutex);
  g_free (readers->db);
  g_free (readers);
}

Journal *replica_pool_take (ReplicaPool *readers, GError **error)
{
  Journal *reader;

  lock_take (&readers->mutex);
  reader = g_queue_pop_head (&readers->idle); /* the last one given: its cache is warm */
  lock_give (&readers->mutex);
  return reader != NULL ? reader : journal_open (readers->db, readers->clock, error);
}

void replica_pool_give (ReplicaPool *readers, Journal *reader)
{
  lock_take (&readers->mutex);
  g_queue_push_head (&readers->idle, reader);
  lock_give (&readers->mutex);
}
