/* rank.h: the ranks by which the two sides are held against each other: those of the
 * event file ([rank ID]), or else six that are known here.
 *
 * A list may say a person's rank; where it does not, it follows from her function, in
 * either language, by the most exact of the words of all ranks ("maire adjoint" before
 * "maire", 副市长 before 市长). In French a function begins with the word, in Chinese it ends
 * with it. Who has none of them is of the last rank, RANK_OTHER, which needs no equal.
 *
 * Threads: a RankBook is immutable once read, and may be shared; reading is as the
 * Journal and blocks on disk. */
#pragma once

#include "journal/journal.h"

#define RANK_OTHER "other"
#define RANK_NONE G_MAXUINT

typedef struct {
  char *id, *fr, *zh;
  const char *source; /* its name in English, static; NULL where the event file names it */
} Rank;

typedef struct _RankBook RankBook;

/* Those that the replica's event file defines; the known ones if it defines none. */
RankBook *rank_book_read (Journal *journal, GError **error);
void rank_book_free (RankBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RankBook, rank_book_free)

/* From the highest to RANK_OTHER, which is always the last. */
guint rank_count (const RankBook *book);
const Rank *rank_at (const RankBook *book, guint place);
/* By id, by a name in either language or by one of its words; RANK_NONE if there is
 * none. */
guint rank_find (const RankBook *book, const char *word);
/* What follows from a function; either may be "". Of two functions the higher counts. */
guint rank_of_function (const RankBook *book, const char *function_fr, const char *function_zh);
/* The names, for messages: "Ministre, Maire, …". Free with g_free(). */
char *rank_names (const RankBook *book);
