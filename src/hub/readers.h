/* readers.h: open replicas for reading, lent to whichever thread answers a request, so that no request opens a file.
 * Threads: any thread may take and give; what is taken is the taker's until given back.  */
#pragma once

#include "hub/log.h"

typedef struct {
  Journal *journal;
  Log *log;
} Reader;

typedef struct _Readers Readers;

Readers *readers_new (const char *db, Clock clock);
void readers_free (Readers *readers); /* when all are given back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Readers, readers_free)

/* One that is idle, else a new one. */
Reader *readers_take (Readers *readers, GError **error);
void readers_give (Readers *readers, Reader *reader);
