/* office_route.h: a route of the organisers' pages, and which roles it is for: the one
 * table that the server asks, the page of rights shows and the tests walk through.
 * Threads: constants. */
#pragma once

#include "http/route.h"
#include "office/account.h"

typedef struct {
  const char *method, *path;
  gsize body_most;
  guint roles;      /* ACCOUNT_MAY() of each; 0: open to all, signed in or not */
  const char *what; /* in words, a msgid; "" for what serves pages and is no page */
  RouteFunction run;
} OfficeRoute;

#define OFFICE_ROUTE_FORM_BYTES (16 * 1024)
#define OFFICE_ROUTE_EVERYBODY                                                                     \
  (ACCOUNT_MAY (ACCOUNT_VIEWER) | ACCOUNT_MAY (ACCOUNT_ORGANISER) | ACCOUNT_MAY (ACCOUNT_PROTOCOL) \
   | ACCOUNT_MAY (ACCOUNT_LEADER) | ACCOUNT_MAY (ACCOUNT_ADMINISTRATOR))
#define OFFICE_ROUTE_DESK                                                                          \
  (ACCOUNT_MAY (ACCOUNT_ORGANISER) | ACCOUNT_MAY (ACCOUNT_PROTOCOL)                                \
   | ACCOUNT_MAY (ACCOUNT_ADMINISTRATOR))
#define OFFICE_ROUTE_MACHINES ACCOUNT_MAY (ACCOUNT_ADMINISTRATOR)

/* The rows that have words, first to last: how many rows a table has. */
guint office_route_count (const OfficeRoute *routes);
