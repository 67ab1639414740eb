/* head_count.h: people at a door who are only counted: companions of delegates, and
 * visitors without a registration. One touch, one fact; they are in no figure of
 * persons.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

#define HEAD_COUNT_MOST 1000 /* at one touch */

typedef enum { HEAD_COUNT_COMPANION, HEAD_COUNT_VISITOR, HEAD_COUNT_KINDS } HeadCountWho;
Pair head_count_wording (HeadCountWho who);

/* @heads went in at @checkpoint now; below 0: so many are taken back. Durable when it
 * returns TRUE. CHECKPOINT_ERROR for one that there is not. */
gboolean head_count_add (Journal *journal, const char *checkpoint, HeadCountWho who, gint heads,
                         const char *volunteer, GError **error);

typedef struct {
  char *checkpoint, *fr, *zh, *day; /* day: ISO */
  gint64 heads[HEAD_COUNT_KINDS];
} HeadCountRow;

/* Of @day (an ISO date; NULL: of each) by day and checkpoint: HeadCountRow; free with
 * g_ptr_array_unref(). */
GPtrArray *head_count_read (Journal *journal, const char *day, GError **error);
