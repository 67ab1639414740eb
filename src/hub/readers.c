#include "hub/readers.h"

#include "core/lock.h"
#include "hub/log_sqlite.h"

struct _Readers {
  char *db;
  Clock clock;
  Lock mutex;
  GQueue idle; /* Reader; under mutex */
};

Readers *readers_new (const char *db, Clock clock)
{
  Readers *readers = g_new0 (Readers, 1);

  readers->db = g_strdup (db);
  readers->clock = clock;
  lock_init (&readers->mutex);
  g_queue_init (&readers->idle);
  return readers;
}

static void reader_free (gpointer data)
{
  Reader *reader = data;

  log_close (reader->log);
  journal_close (reader->journal);
  g_free (reader);
}

void readers_free (Readers *readers)
{
  if (readers == NULL)
    return;
  g_queue_clear_full (&readers->idle, reader_free);
  lock_clear (&readers->mutex);
  g_free (readers->db);
  g_free (readers);
}

Reader *readers_take (Readers *readers, GError **error)
{
  Journal *journal;
  Reader *reader;

  lock_take (&readers->mutex);
  reader = g_queue_pop_head (&readers->idle); /* the last one given: its cache is warm */
  lock_give (&readers->mutex);
  if (reader != NULL)
    return reader;
  journal = journal_open (readers->db, readers->clock, error);
  if (journal == NULL)
    return NULL;
  reader = g_new0 (Reader, 1);
  reader->journal = journal;
  reader->log = log_sqlite_new (journal);
  return reader;
}

void readers_give (Readers *readers, Reader *reader)
{
  lock_take (&readers->mutex);
  g_queue_push_head (&readers->idle, reader);
  lock_give (&readers->mutex);
}
