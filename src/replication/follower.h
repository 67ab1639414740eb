/* follower.h: the thread that keeps a hub's replica up with the log that it shares with
 * other hubs (journal/shared_log.h): woken by the log, and every FOLLOWER_LOOK_MS. With
 * a log of its own it only looks whether that has changed.
 *
 * What another hub has just taken may not be here yet: who finds nothing, and must be
 * sure, calls follower_catch_up() and looks once more.
 *
 * While the log cannot be reached it says so once, and goes on trying; the hub answers
 * what it can from its replica meanwhile.
 * Threads: starting and stopping by one. */
#pragma once

#include "journal/journal.h"
#include "replication/epoch.h"

#define FOLLOWER_LOOK_MS 500
#define FOLLOWER_REST_MS 300     /* after a failure */
#define FOLLOWER_CATCH_UP_MS 400 /* so long somebody waits for it at most */

typedef struct _Follower Follower;

/* @epochs are kept up with the replica's. */
Follower *follower_new (const char *db, Clock clock, Epochs *epochs, GError **error);
/* TRUE if the log could be read last; else why not in *@why, free with g_free(). */
gboolean follower_is_well (Follower *follower, char **why);
/* TRUE while the log is shared with other hubs; NULL (a hub that follows nobody):
 * FALSE, as below. */
gboolean follower_is_shared (Follower *follower);
/* Any thread: until the replica has all that was in the log when this was called. FALSE
 * where nothing is to be expected of it: a log of its own, or one that cannot be read
 * now. */
gboolean follower_catch_up (Follower *follower);
void follower_stop (Follower *follower);
void follower_free (Follower *follower); /* stops it first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Follower, follower_free)
