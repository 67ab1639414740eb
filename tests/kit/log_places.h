/* log_places.h: where a hub's log may be, and each test of it is run: in the hub's
 * own file (SQLite, no engine), on a real PostgreSQL, in memory (which the simulator
 * stands on). What a case needs of its place is said in its row. Include it once, in
 * a test. */
#pragma once

#include "kit/memory_log.h"
#include "postgres/postgres_log.h"
#include "postgres_here.h"

typedef struct {
  const char *name;
  const LogEngine *engine; /* NULL: the replica's own file */
} LogPlace;

static const LogPlace LOG_PLACES[]
    = { { "sqlite", NULL }, { "postgresql", &POSTGRES_LOG }, { "memory", &MEMORY_LOG } };

static PostgresHere log_places_server;

static void log_places_start (void)
{
  log_places_server = postgres_here_start ();
}

static void log_places_stop (void)
{
  memory_log_load (NULL);
  postgres_here_stop (&log_places_server);
}

/* The address of a new, empty log there, whose engine is offered from now on; NULL:
 * the replica's own file needs none. Free with g_free(). */
static char *log_places_new (const LogPlace *place)
{
  log_engine_offer (place->engine);
  if (place->engine == &POSTGRES_LOG)
    return postgres_here_database (&log_places_server);
  memory_log_load (NULL);
  return place->engine != NULL ? g_strdup (MEMORY_LOG_ADDRESS) : NULL;
}
