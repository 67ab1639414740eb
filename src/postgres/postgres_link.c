#include "postgres/postgres_link.h"

#include "core/words.h"
#include "journal/journal_error.h"
#include "postgres/postgres_address.h"

#include <errno.h>
#include <poll.h>

gboolean postgres_link_fail (PostgresLink *link, const char *why, GError **error)
{
  const char *host = PQhost (link->connection), *port = PQport (link->connection);
  g_autofree char *text
      = g_strchomp (g_strdup (why != NULL ? why : PQerrorMessage (link->connection)));

  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG,
               _ ("the log on PostgreSQL (%s, port %s): %s; nothing is lost, it is tried again"),
               host != NULL && host[0] != '\0' ? host : "-",
               port != NULL && port[0] != '\0' ? port : "-", text);
  return FALSE;
}

PostgresLink *postgres_link_open (const char *address, GError **error)
{
  g_auto (PostgresAddress) read = { 0 };
  PostgresLink *link;

  if (!postgres_address_read (address, &read, error))
    return NULL;
  link = g_new0 (PostgresLink, 1);
  link->connection = PQconnectdbParams ((const char *const *) read.names->pdata,
                                        (const char *const *) read.values->pdata, 0);
  if (PQstatus (link->connection) == CONNECTION_OK && PQsetnonblocking (link->connection, 1) == 0)
    return link;
  postgres_link_fail (link, NULL, error);
  postgres_link_close (link);
  return NULL;
}

void postgres_link_close (PostgresLink *link)
{
  PQfinish (link->connection);
  g_free (link);
}

/* FALSE: @end (monotonic) has come, or @wake can be read. Reads what came meanwhile. */
static gboolean wait_for (PostgresLink *link, short events, gint64 end, int wake, GError **error)
{
  struct pollfd descriptors[] = { { .fd = PQsocket (link->connection), .events = events },
                                  { .fd = wake, .events = POLLIN } };
  gint64 left = end - g_get_monotonic_time ();
  int status;

  if (left <= 0)
    return FALSE;
  status
      = poll (descriptors, G_N_ELEMENTS (descriptors), (int) (left / G_TIME_SPAN_MILLISECOND) + 1);
  if (status < 0 && errno != EINTR)
    return postgres_link_fail (link, g_strerror (errno), error);
  if (status > 0 && descriptors[0].revents != 0 && !PQconsumeInput (link->connection))
    return postgres_link_fail (link, NULL, error);
  return status <= 0 || descriptors[1].revents == 0;
}

static gboolean wait_in_time (PostgresLink *link, short events, gint64 end, GError **error)
{
  GError *cause = NULL;

  if (wait_for (link, events, end, -1, &cause))
    return TRUE;
  if (cause == NULL)
    return postgres_link_fail (link, _ ("it does not answer"), error);
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean flush (PostgresLink *link, gint64 end, GError **error)
{
  int left;

  while ((left = PQflush (link->connection)) > 0)
    if (!wait_in_time (link, POLLIN | POLLOUT, end, error))
      return FALSE;
  return left == 0 || postgres_link_fail (link, NULL, error);
}

static gboolean is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

/* The first that failed, else the last. */
static PGresult *collect (PostgresLink *link, gint64 end, GError **error)
{
  PGresult *kept = NULL;

  for (;;) {
    PGresult *result;

    while (PQisBusy (link->connection))
      if (!wait_in_time (link, POLLIN, end, error)) {
        PQclear (kept);
        return NULL;
      }
    result = PQgetResult (link->connection);
    if (result == NULL)
      return kept;
    if (kept != NULL && !is_good (kept))
      PQclear (result);
    else {
      PQclear (kept);
      kept = result;
    }
    /* A broken connection answers for ever that it is broken. */
    if (PQstatus (link->connection) == CONNECTION_BAD)
      return kept;
  }
}

PGresult *postgres_link_ask (PostgresLink *link, const char *sql, guint count,
                             const char *const *values, GError **error)
{
  gint64 end = g_get_monotonic_time () + POSTGRES_LINK_WAIT_S * G_USEC_PER_SEC;
  int sent = count == 0 ? PQsendQuery (link->connection, sql)
                        : PQsendQueryParams (link->connection, sql, (int) count, NULL, values, NULL,
                                             NULL, 0);
  PGresult *result;

  if (!sent) {
    postgres_link_fail (link, NULL, error);
    return NULL;
  }
  if (!flush (link, end, error))
    return NULL;
  result = collect (link, end, error);
  if (result == NULL || is_good (result))
    return result;
  postgres_link_fail (link, PQresultErrorMessage (result), error);
  PQclear (result);
  return NULL;
}

gboolean postgres_link_run (PostgresLink *link, const char *sql, GError **error)
{
  PGresult *result = postgres_link_ask (link, sql, 0, NULL, error);

  PQclear (result);
  return result != NULL;
}

static gboolean take_notices (PostgresLink *link)
{
  PGnotify *notice;
  gboolean any = FALSE;

  while ((notice = PQnotifies (link->connection)) != NULL) {
    PQfreemem (notice);
    any = TRUE;
  }
  return any;
}

gboolean postgres_link_listen (PostgresLink *link, const char *channel, guint timeout_ms, int wake,
                               GError **error)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  GError *cause = NULL;

  if (!link->listening) {
    g_autofree char *sql = g_strconcat ("LISTEN ", channel, NULL);

    link->listening = postgres_link_run (link, sql, error);
    return link->listening; /* what came before is to be looked for */
  }
  while (!take_notices (link))
    if (!wait_for (link, POLLIN, end, wake, &cause)) {
      if (cause == NULL)
        return TRUE;
      g_propagate_error (error, cause);
      return FALSE;
    }
  return TRUE;
}
