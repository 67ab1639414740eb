/* forks.h: a station's replica that was cloned, or put back from an older copy, seen at
 * its first contact: it says how far its own facts reach, and the hub compares.
 *
 * What is seen is a `fork` fact of the hub's, so that every replica shows an alert.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

/* A station that goes on asking is told of no more often. */
#define FORKS_EVERY_MS (60 * 60 * 1000)

typedef enum {
  FORKS_NONE,  /* one history, or the hub has not heard of the latest */
  FORKS_OLDER, /* the station's is the beginning of the hub's: an older copy */
  FORKS_FORK,  /* two histories of one name */
} Fork;

/* @seq and @chain: the head that the machine shows as @station's. */
gboolean forks_compare (Journal *journal, const char *station, gint64 seq, const Hash *chain,
                        Fork *fork, GError **error);
/* Appends the fact in a transaction of its own, unless that was done a while ago. */
gboolean forks_note (Journal *journal, const char *station, gint64 seq, Fork fork, GError **error);
