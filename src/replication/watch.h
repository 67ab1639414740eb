/* watch.h: those who wait for facts (long polls), and the thread that wakes them: when
 * the writer commits, when another program writes to the replica (looked for every
 * WATCH_LOOK_MS), when a station is revoked, or when their time is up.
 *
 * Threads: all functions may be called by any thread; callbacks run in the watch's
 * own.  */
#pragma once

#include "core/identifier.h"
#include "journal/journal.h"

#define WATCH_LOOK_MS 15
/* After a wake the next one comes this much later: under load one answer then carries
 * many facts. */
#define WATCH_PAUSE_MS 3
/* A station that opens more has lost its older ones: the oldest is woken. */
#define WATCH_PER_STATION_MAX 4

typedef struct _Watch Watch;

typedef void (*WatchWake) (gpointer data);

/* One who waits; the caller's, untouched until woken. */
typedef struct {
  char station[STATION_NAME_MAX + 1]; /* facts of its own do not wake it */
  gint64 seen;                        /* it has seen all up to this number */
  gint64 until;                       /* g_get_monotonic_time() */
  WatchWake wake;
  gpointer data;
} Waiter;

Watch *watch_new (const char *db, Clock clock, GError **error);
/* Wakes @waiter once. FALSE if the watch has been stopped: then it is not woken. */
gboolean watch_add (Watch *watch, Waiter *waiter);
/* Something was committed: look now. */
void watch_ring (Watch *watch);
/* Wakes all and ends the thread. */
void watch_stop (Watch *watch);
void watch_free (Watch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)
