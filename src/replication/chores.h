/* chores.h: a thread for answers that take long (snapshots, counts), so that nobody else
 * waits for them.
 *
 * A snapshot is given to all who were waiting when it was begun, and for
 * CHORES_SNAPSHOT_KEEP_MS to those who ask while no fact has come since: fifty stations
 * that enrol at a time need two or three copies.
 * Threads: chores_do() may be called by any; the work runs in the thread of the
 * chores.  */
#pragma once

#include "journal/journal.h"

#define CHORES_WAITING_MAX 256
#define CHORES_SNAPSHOT_KEEP_MS 20000

typedef struct _Chores Chores;

/* What is asked, and the answer. */
typedef enum { CHORE_SNAPSHOT, CHORE_COUNTS } ChoreKind;
typedef struct {
  ChoreKind kind;
  int by;            /* counts: a CountsBy */
  gboolean for_gate; /* snapshot: a part of it (journal/withheld.h) */
  void (*done) (gpointer data);
  gpointer data;
  gint64 asked_at; /* set by chores_do() */
  /* Answered: */
  GError *error;
  char *json; /* counts */
  int fd;     /* snapshot: a file that has no name any more; -1 if none. The asker closes it. */
  guint64 size;
  gint64 cursor; /* all up to this number is in the snapshot */
} Chore;

Chores *chores_new (const char *db, Clock clock, GError **error);
/* FALSE if too many wait or the chores have been stopped: then `done` is not called. */
gboolean chores_do (Chores *chores, Chore *chore);
/* Ends after the present chore; those that wait are answered with an error. */
void chores_stop (Chores *chores);
void chores_free (Chores *chores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Chores, chores_free)
