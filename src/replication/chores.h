/* chores.h: a thread for answers that take long (snapshots, counts), so that nobody else
 * waits for them.
 *
 * Snapshots are made once and given to many (snapshot_shelf.h).
 * Threads: chores_do() may be called by any; the work runs in the thread of the
 * chores.  */
#pragma once

#include "journal/journal.h"
#include "replication/hub_clock.h"
#include "replication/snapshot_shelf.h"

#define CHORES_WAITING_MAX 256

typedef struct _Chores Chores;

/* What is asked, and the answer. */
typedef enum { CHORE_SNAPSHOT, CHORE_COUNTS } ChoreKind;
typedef struct {
  ChoreKind kind;
  int by;                    /* counts: a CountsBy */
  gboolean for_gate, packed; /* snapshot: as SnapshotWish has it, */
  char *station, *tag;       /* the asker's */
  void (*done) (gpointer data);
  gpointer data;
  /* Answered: */
  GError *error;
  char *json;        /* counts */
  SnapshotFile file; /* snapshot; the asker's */
} Chore;

/* @states (may be NULL, stays the caller's): also notes what they say of the hub's clock. */
Chores *chores_new (const char *db, Clock clock, StationStates *states, GError **error);
/* FALSE if too many wait or the chores have been stopped: then `done` is not called. */
gboolean chores_do (Chores *chores, Chore *chore);
/* Ends after the present chore; those that wait are answered with an error. */
void chores_stop (Chores *chores);
void chores_free (Chores *chores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Chores, chores_free)
