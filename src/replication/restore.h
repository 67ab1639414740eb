/* restore.h: POST /v1/lost: a station gives back the hub's own facts, which a hub
 * restored from an older copy has lost (PROTOCOL.md).
 *
 * So, and by the word alone (pull.h), a hub that nobody has told learns that it is an
 * older copy of itself (settling.h), or, where it has written since, that it has two
 * histories.
 *
 * They are taken only with the hub's own signed word (own_head.h) that its facts reached
 * so far, and only if they lead from its present head to exactly that one: the chain
 * proves each of them.
 * Threads: as a route's run() (request.h).  */
#pragma once

#include "replication/station_request.h"

/* More than that is brought back by `accueil merge`. */
#define RESTORE_BYTES_MAX (48 * 1024 * 1024)
#define RESTORE_FACTS_MAX 100000

/* Judges by the headers, before the body is read: who has no such word sends nothing. */
gboolean restore_judge (Request *request);
gboolean restore_run (Request *request);

/* The hub's own word, which a station shows, is that its own facts reached to @seq. */
void restore_learn (Request *request, gint64 seq);
/* … and here another history reaches that far. */
void restore_learn_fork (Request *request, gint64 seq);
