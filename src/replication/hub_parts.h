/* hub_parts.h: what serves a hub's requests, all over one replica: writer, watch, chores,
 * readers, epochs, and the hub's signed word.
 * Threads: starting, stopping and freeing by one thread; each part says what it bears. */
#pragma once

#include "replication/chores.h"
#include "replication/epoch.h"
#include "replication/follower.h"
#include "replication/own_head.h"
#include "replication/quota.h"
#include "replication/replica_pool.h"
#include "replication/settling.h"
#include "replication/station_state.h"
#include "replication/watch.h"
#include "replication/writer.h"

typedef struct {
  char *db;
  char *name; /* of the hub's own station */
  Clock clock;
  Epochs *epochs;
  OwnHead *own_head;
  Settling *settling;
  ReplicaPool *readers;
  Writer *writer;
  Watch *watch;
  Follower *follower;
  Chores *chores;
  Quota *quota; /* of each station */
  StationStates *states;
  gint commits;  /* atomic: transactions that have stored facts */
  gint stopping; /* atomic: nobody is suspended any more */
} HubParts;

/* Opens a new epoch of @journal's replica, the file @db. NULL if a part cannot start.
 * Blocks on disk. */
HubParts *hub_parts_start (const char *db, Clock clock, Journal *journal, GError **error);
/* All who wait are answered or resumed, and from then on nobody is suspended: before the
 * server stops. */
void hub_parts_stop (HubParts *hub);
/* After the server has stopped. */
void hub_parts_free (HubParts *hub);
