/* history.h: what has happened to one person, every fact in words and in order: how
 * she was registered and what changed, letters, scans, badges and their printing,
 * headsets, notes for the team, who took her badge, what was closed or erased; from
 * which station, by whom.
 *
 * Notes are among it, for who may see them; of one that was taken back or written
 * anew only that it was there. A guest marked for protocol is as everybody: the
 * caller asks who may see her.
 *
 * Threads: as the Journal. Blocks on disk, some milliseconds. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

#define HISTORY_MAX 500
#define HISTORY_LANGUAGES (WORDS_SIDES + 1) /* those of the congress, then English */

typedef struct {
  gint64 at_ms;
  char *station, *volunteer; /* volunteer: "" where nobody is named */
  char *texts[HISTORY_LANGUAGES];
  gboolean warns; /* refused, made void, not printed, withdrawn, erased */
} HistoryEntry;

/* The last HISTORY_MAX, oldest first: HistoryEntry, none for nobody; free with
 * g_ptr_array_unref(). */
GPtrArray *history_read (Journal *journal, const char *reference, GError **error);
