#include "replication/log.h"

gboolean log_append (Log *log, LogBatch *const *batches, guint count, GError **error)
{
  return log->engine->append (log, batches, count, error);
}

GPtrArray *log_read (Log *log, gint64 after, const char *except, guint limit, gint64 *upto,
                     GError **error)
{
  return log->engine->read (log, after, except, limit, upto, error);
}

gboolean log_head (Log *log, const char *station, gint64 *seq, Hash *chain, GError **error)
{
  return log->engine->head (log, station, seq, chain, error);
}

gboolean log_news (Log *log, gint64 after, gint64 *last, char **only, GError **error)
{
  return log->engine->news (log, after, last, only, error);
}

void log_close (Log *log)
{
  if (log != NULL)
    log->engine->close (log);
}
