/* rejoin.h: a machine whose station's name is lost to it (another machine goes on under
 * it, or the hub has disowned it) becomes a new station, and keeps what only it holds.
 *
 * A new replica is made beside the old one, enrolled with the code, and given all facts
 * of the old one's own that the hub does not have, as the new station's, with their
 * times. What the old name was part of is told apart: badges issued since the two
 * histories parted are the new station's; people registered at the desk since then have
 * a new reference, and their badges are to be printed again, since the same reference
 * was perhaps given elsewhere to another person. Facts that the hub has disowned are
 * left behind. Then the new replica takes the old one's place; a copy of that, whole, is
 * kept beside it.
 *
 * Broken off anywhere, it is taken up again by the next try, with the same code.
 * Threads: as client.h. Blocks on the network and on disk; other programs that have the
 * replica open are to be started again. */
#pragma once

#include "journal/journal.h"
#include "sync/client_terms.h"

typedef struct {
  char *before, *now; /* names of the station */
  char *kept;         /* path of the old replica's copy */
  gint64 carried;     /* facts of its own that the hub did not have */
  gint64 left; /* … of which so many tell of badges of the old name, which the new one may not */
  guint again; /* badges that are to be printed again, with another reference */
} Rejoined;
void rejoin_clear (Rejoined *rejoined);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rejoined, rejoin_clear)

/* @path is the replica. CLIENT_ERROR as client_enrol(); CODE also for a code of its old
 * name. */
gboolean rejoin_run (const char *path, Clock clock, const char *code, Rejoined *rejoined,
                     GError **error);
