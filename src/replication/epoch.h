/* epoch.h: the epochs of a hub (src/README.md, "Epochs"): how it finds out that it was
 * restored from an older backup.
 *
 * Every start opens an epoch and closes the one before with the highest arrival number it
 * reached. A cursor is good if its epoch is known here and did not end before it.
 * Threads: epoch_open() writes to the Journal it is given; after it an Epochs is only
 * read, by any thread. Opening blocks on disk.  */
#pragma once

#include "journal/journal.h"

/* As many ended epochs are remembered; a station that comes with an older one reads again
 * from the start. */
#define EPOCHS_KEPT 1000

typedef struct _Epochs Epochs;

Epochs *epoch_open (Journal *journal, GError **error);
void epoch_free (Epochs *epochs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Epochs, epoch_free)

const char *epoch_current (const Epochs *epochs);

/* May a reader go on from @after, got in @epoch (NULL or "": not said), while @last is
 * the highest number here? */
gboolean epoch_admit (const Epochs *epochs, const char *epoch, gint64 after, gint64 last);
