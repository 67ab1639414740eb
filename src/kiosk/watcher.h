/* watcher.h: the thread that watches the replica for what others write: the agent's print
 * jobs, other stations' passages.
 *
 * It looks within JOURNAL_POLL_MS of every change and tells: each badge that the window
 * waits for, when its state changes; how many are inside; how many alerts are open.
 *
 * Must not know: GTK, CUPS: the printers' states are what the agent wrote.
 * Threads: belongs to the thread that made it, whose default main context delivers the
 * answers. watcher_free() blocks for some milliseconds.  */
#pragma once

#include "kiosk/flow_view.h"

typedef struct {
  void (*printed) (const char *reference, guint serial, PrintStage stage, const char *reasons,
                   gpointer data);
  void (*inside) (gint64 inside, gpointer data);
  /* How many alerts are open (alert.h). */
  void (*alerts) (guint alerts, gpointer data);
  /* What the team says on this screen (desk/screen_sign.h). */
  void (*message) (Pair message, gpointer data);
  /* Something has changed: pages that show the replica's state are to be read again. At
   * most every WATCHER_CHANGED_MS. */
  void (*changed) (gpointer data);
  /* The replica's file is gone, or another took its place (journal_has_moved()): only a
   * new start finds it. Once. */
  void (*lost) (gpointer data);
  gpointer data;
} WatcherListener;

#define WATCHER_CHANGED_MS 500

typedef struct _Watcher Watcher;

/* @checkpoint: of which `inside` is counted. */
Watcher *watcher_new (const char *db, Clock clock, const char *checkpoint,
                      const WatcherListener *listener, GError **error);
void watcher_free (Watcher *watcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watcher, watcher_free)

/* From now on the badge's states are told, until a final one. */
void watcher_expect (Watcher *watcher, const char *reference, guint serial);
