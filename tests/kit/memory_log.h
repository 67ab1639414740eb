/* memory_log.h: a server that several hubs keep their log on (journal/log_engine.h),
 * in memory: what is committed there is never lost, as behind a synchronous standby.
 * What can happen to a hub's connection does, as a MemoryTrouble says.
 *
 * There is one server. Threads: one at a time, whichever. Used by the simulator
 * (tests/sim) and by tests of what goes over an engine (tests/kit/log_places.h). */
#pragma once

#include "journal/log_engine.h"

#define MEMORY_LOG_ADDRESS "memory://log"

extern const LogEngine MEMORY_LOG;

typedef enum {
  MEMORY_LOG_WELL,
  MEMORY_LOG_BROKEN,  /* the connection is gone before anything was done */
  MEMORY_LOG_UNHEARD, /* it was done, and then the connection was gone */
} MemoryTrouble;
/* Asked at each call. NULL: nothing happens. */
typedef MemoryTrouble (*MemoryFate) (gpointer data);
void memory_log_set_fate (MemoryFate fate, gpointer data);

/* A standby has taken over: the server's history is another from now on. */
void memory_log_fail_over (void);

/* What the log holds. */
typedef struct {
  char *station;      /* whose it is; NULL: nobody's yet */
  gboolean closed;    /* it was moved elsewhere */
  gint64 history;     /* the server's */
  char *noted;        /* the last history that was noted; NULL: none */
  gint64 version;     /* of the last change */
  GPtrArray *facts;   /* Fact, by number */
  GPtrArray *changes; /* LogChange, one a sheet and key, in no order */
} MemoryLog;
/* As it is now, for who alters it by hand; valid until the next call. */
MemoryLog *memory_log_now (void);
/* To be put back: no connection is in a transaction. */
MemoryLog *memory_log_save (void);
void memory_log_load (const MemoryLog *saved); /* NULL: nothing */
void memory_log_free (MemoryLog *saved);

/* The last fact of @station that it holds; 0: none. */
gint64 memory_log_head (const char *station);
