/* rank_words.h: which rank a person's function means, by words: the most exact of those that fit
 * decides ("maire adjoint" before "maire", 副市长 before 市长). In French a function begins with
 * the word, in Chinese it ends with it; of two functions the higher rank counts.
 *
 * Must not know: where ranks come from (congress/rank.h, journal/function_rank.h).
 * Threads: RankWords are immutable once filled. Nothing here blocks. */
#pragma once

#include <glib.h>

typedef struct _RankWords RankWords;

RankWords *rank_words_new (void);
void rank_words_free (RankWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RankWords, rank_words_free)
/* @text means the rank of the place @rank, 0 for the highest. FALSE for a text that is none. */
gboolean rank_words_add (RankWords *words, const char *text, guint rank);
/* The place that follows from a function; either may be "". @other where no word fits. */
guint rank_words_of (const RankWords *words, const char *function_fr, const char *function_zh,
                     guint other);

/* The words that are known here of a rank, NULL-terminated, static; NULL for an id that is not
 * known. */
const char *const *rank_words_known (const char *id);
/* The ids of these ranks from the highest to "other"; NULL beyond them. */
const char *rank_words_known_id (guint place);
