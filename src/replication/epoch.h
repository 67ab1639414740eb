/* epoch.h: the epochs of a hub (src/README.md, "Epochs"): how it finds out that it was
 * restored from an older backup.
 *
 * Every start opens an epoch and closes the one before with the highest arrival number it
 * reached. A cursor is good if its epoch is known here and did not end before it. Hubs
 * that share a log share its epochs: there another one begins where the server's history
 * does (journal/shared_log.h).
 * Threads: epoch_open() and epoch_refresh() read the Journal they are given, and block on
 * disk; an Epochs may be used by any thread.  */
#pragma once

#include "journal/journal.h"

typedef struct _Epochs Epochs;

Epochs *epoch_open (Journal *journal, GError **error);
void epoch_free (Epochs *epochs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Epochs, epoch_free)

/* Another hub, or the server's history, may have begun a new one. */
gboolean epoch_refresh (Epochs *epochs, Journal *journal, GError **error);

/* Free with g_free(). */
char *epoch_current (Epochs *epochs);

/* May a reader go on from @after, got in @epoch (NULL or "": not said), while @last is
 * the highest number here? */
gboolean epoch_admit (Epochs *epochs, const char *epoch, gint64 after, gint64 last);
