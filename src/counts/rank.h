/* rank.h: of what rank a person is, so that the two sides can be told to be in balance.
 *
 * Lists have no column for it: it follows from the function, in either language, by the
 * most exact of the words known here ("maire adjoint" before "maire", 副市长 before 市长).
 * Who has none of them is of RANK_OTHER. Threads: reentrant. Nothing here blocks or
 * fails. */
#pragma once

#include "core/words.h"

typedef enum {
  RANK_MINISTER,
  RANK_GOVERNOR,
  RANK_MAYOR,
  RANK_DEPUTY,
  RANK_DIRECTOR,
  RANK_OTHER,
  RANK_COUNT
} Rank;

/* "minister" "governor" "mayor" "deputy" "director" "other" */
const char *rank_name (Rank rank);
Pair rank_words (Rank rank);
/* Either may be "". Of two functions the higher counts. */
Rank rank_of (const char *function_fr, const char *function_zh);
