/* function_rank.h: function_rank (fr, zh, ranks), an SQL function of ours for triggers: the id of
 * the rank that a person's function means, in French and in Chinese, as core/rank_words.h says.
 *
 * @ranks are those of the event file, the highest first: [["mayor",["maire","市长"]],…]; a rank
 * without words has those that are known here, and where there is none at all the known ranks are
 * meant. What fits none is "other". The words are taken apart once for all rows that come with the
 * same text.
 * Threads: as the connection. Nothing here blocks. */
#pragma once

#include <sqlite3.h>

/* An SQLite result code. */
int function_rank_register (sqlite3 *db);
