/* history.h: what has happened to one person, in order: passages, badges issued and made
 * void, from which station and by whom.
 * Threads: as the Journal. Blocks on disk, some milliseconds. */
#pragma once

#include "journal/journal.h"

#define HISTORY_MAX 500

typedef enum { HISTORY_PASSAGE, HISTORY_BADGE, HISTORY_VOID } HistoryKind;

/* Texts are "" where there is nothing. */
typedef struct {
  HistoryKind kind;
  gint64 at_ms;
  char *station, *volunteer;
  char *place_fr, *place_zh; /* of a passage */
  char *verdict, *direction; /* of a passage, as facts write them */
  guint serial;              /* of a badge */
  char *reason;              /* of a badge */
} HistoryEntry;

/* The last HISTORY_MAX, oldest first: HistoryEntry; free with g_ptr_array_unref(). */
GPtrArray *history_read (Journal *journal, const char *reference, GError **error);
