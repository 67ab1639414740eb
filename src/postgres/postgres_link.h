/* postgres_link.h: one connection to PostgreSQL that never waits for ever. Only
 * postgres/ includes this. Threads: one at a time. Blocks on the network, at most
 * POSTGRES_LINK_WAIT_S for an answer. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

#define POSTGRES_LINK_WAIT_S 20

typedef struct {
  PGconn *connection;
  gboolean listening;
} PostgresLink;

PostgresLink *postgres_link_open (const char *address, GError **error);
void postgres_link_close (PostgresLink *link);
/* The answer to the last statement of @sql; NULL with LOG where any fails. Several
 * statements only without @values. Free with PQclear(). */
PGresult *postgres_link_ask (PostgresLink *link, const char *sql, guint count,
                             const char *const *values, GError **error);
/* The same where the answer does not matter. */
gboolean postgres_link_run (PostgresLink *link, const char *sql, GError **error);
/* Until somebody notifies, @timeout_ms is over, or @wake (-1: none) can be read. */
gboolean postgres_link_listen (PostgresLink *link, const char *channel, guint timeout_ms, int wake,
                               GError **error);
/* @error from what the connection says. Always FALSE. */
gboolean postgres_link_fail (PostgresLink *link, const char *why, GError **error);
