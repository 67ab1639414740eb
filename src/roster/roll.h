/* roll.h: references, and those that are written alike: `FR-01` and `fr-01`, `0012` and
 * `12`, `12` and `12.0` (what a spreadsheet makes of a number).
 *
 * Two that differ only in capitals or zeros are one for whoever types or reads them
 * aloud, so there may be only one of them.
 * Threads: a Roll is used by one thread at a time. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

typedef struct _Roll Roll;

typedef struct {
  const char *reference; /* the first that was added of those alike */
  guint file, line;      /* where it was added from */
  gboolean several;      /* another that is alike was added, too */
} RollEntry;

Roll *roll_new (void);
void roll_free (Roll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Roll, roll_free)

/* NULL where it is new; else what was there: the same, or one that is alike. The entry is
 * good until the next roll_add(). */
const RollEntry *roll_add (Roll *roll, const char *reference, guint file, guint line);
/* The one that is the same or alike, NULL if there is none. */
const RollEntry *roll_find (const Roll *roll, const char *reference);
