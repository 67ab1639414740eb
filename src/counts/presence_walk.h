/* presence_walk.h: where each of many people was seen, in the order of their
 * references: the table is read along, some rows ahead of time, so that nothing is
 * searched for and memory does not grow with people. A part of attendance.h.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *checkpoint, *kind, *event, *session, *day;
} PresencePlace;

/* What a place saw of somebody on a day; texts live as the walk. */
typedef struct {
  const PresencePlace *place;
  gint64 first_at, last_at, last_seq; /* hybrid times; of the last passage */
  const char *last_station;
  gboolean is_in; /* that one was no way out */
} Presence;

typedef struct _PresenceWalk PresenceWalk;

/* Inside a view, or a query of the same journal: all is to be of one moment. */
PresenceWalk *presence_walk_new (Journal *journal, GError **error);
void presence_walk_free (PresenceWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresenceWalk, presence_walk_free)
/* Puts what is known of @reference in place of what @found (Presence) holds, in no order;
 * each reference comes after the one before. */
gboolean presence_walk_find (PresenceWalk *walk, const char *reference, GArray *found,
                             GError **error);
