/* soundness.h: that a replica's file says what its facts say: its indexes, and its
 * projections, which journal_verify() does not look at.
 *
 * Each fails with CHAIN, and says what is wrong and what to do, or with what kept it
 * from looking. The file is only read; copies are made beside it, in the folder
 * FILE.proof, so twice its room is needed for a while. They are removed again, and what
 * one that was killed has left by the next, which waits for one that is at it.
 * Threads: as the Journal. Blocks on disk, with 100,000 people for some ten seconds. */
#pragma once

#include "journal/journal.h"

/* A local value, for who looks later: when the whole file last held, in ms since 1970. */
#define SOUNDNESS_LOCAL_HELD "verified"

/* SQLite's own check: pages, order, and every index against its table. */
gboolean soundness_indexes (Journal *journal, GError **error);
/* That the file has no table, index, view or trigger but those that this program makes: a trigger
 * that somebody has put there would do what its author wants, at the next fact. NOT_OURS. */
gboolean soundness_schema (Journal *journal, GError **error);
/* Fills the projections of a copy anew from the facts, and compares row by row; and the
 * names' index with itself and with the names. */
gboolean soundness_projections (Journal *journal, GError **error);
