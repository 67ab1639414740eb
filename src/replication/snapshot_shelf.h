/* snapshot_shelf.h: the files with all facts that new stations get (journal_snapshot()):
 * one for gates and one for the others, each also packed by gzip, made once and given to
 * all who come.
 *
 * One does as long as few facts have come since: who has taken it reads them from its
 * cursor on. Never once somebody's facts were erased since it was made, or for a station
 * of which there are facts that it has not: those nobody tells her. Whoever was cut off
 * goes on with the very one that she began with, as long as it is there. None is there
 * longer than SNAPSHOT_SHELF_KEEP_MS after it was last asked for.
 * A code that waits to be used has its kind made before anybody asks (accueil-hub
 * invite).
 *
 * The files lie beside the replica, where there is room for a copy and nobody else may
 * read, and have no name any more.
 * Threads: as the Journal. Blocks on disk, for seconds while a file is made. */
#pragma once

#include "journal/journal.h"

#define SNAPSHOT_SHELF_KEEP_MS (10 * 60 * 1000)
/* Facts that may have come since: so many, or this part of what is in it. */
#define SNAPSHOT_SHELF_BEHIND 2000
#define SNAPSHOT_SHELF_BEHIND_PART 20
/* Before anybody asks, none is made more often than this. */
#define SNAPSHOT_SHELF_AHEAD_MS (5 * 60 * 1000)

typedef struct _SnapshotShelf SnapshotShelf;

typedef struct {
  gboolean for_gate;   /* a part of each fact (journal/withheld.h) */
  gboolean packed;     /* takes gzip */
  const char *station; /* who asks; NULL: whoever */
  const char *tag;     /* of the one that she began with; NULL: none */
} SnapshotWish;

typedef struct {
  int fd; /* of its own, -1 for none */
  guint64 size;
  char *tag;     /* of this file: an ETag, with its quotation marks */
  gint64 cursor; /* all up to this number is in it */
} SnapshotFile;

void snapshot_shelf_clear_file (SnapshotFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SnapshotFile, snapshot_shelf_clear_file)

SnapshotShelf *snapshot_shelf_new (Journal *journal); /* must stay */
void snapshot_shelf_free (SnapshotShelf *shelf);      /* NULL-safe */

/* Fills @file, the caller's. */
gboolean snapshot_shelf_take (SnapshotShelf *shelf, const SnapshotWish *wish, SnapshotFile *file,
                              GError **error);
/* Lets go of what nobody has asked for since long. TRUE: there is something left. */
gboolean snapshot_shelf_tidy (SnapshotShelf *shelf);
/* Makes what a code is waiting for. */
void snapshot_shelf_prepare (SnapshotShelf *shelf);
