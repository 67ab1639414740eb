/* batch_order.h: whose badges, and in which order.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

typedef enum {
  BATCH_BY_DELEGATION, /* in French order of their names, then as BATCH_BY_SURNAME_FR: how badges
                          are handed out, a bundle a delegation */
  BATCH_BY_SURNAME_FR,
  BATCH_BY_SURNAME_ZH, /* by pinyin */
  BATCH_BY_REFERENCE,
  BATCH_BY_CATEGORY, /* in the event file's order, then as BATCH_BY_SURNAME_FR */
} BatchSort;

/* FALSE if @word is none of "delegation", "surname-fr", "surname-zh", "reference",
 * "category". */
gboolean batch_order_sort_from_word (const char *word, BatchSort *sort);

typedef struct {
  char *reference;
  gboolean has_badge; /* a good one */
  gboolean is_untrue; /* which says what is registered no more */
} BatchPlace;

/* Everybody whose registration stands, in that order: BatchPlace; free with
 * g_array_unref(). */
GArray *batch_order (Journal *journal, BatchSort sort, GError **error);
/* How many badges say what is registered no more. */
gboolean batch_order_untrue (Journal *journal, guint *count, GError **error);
