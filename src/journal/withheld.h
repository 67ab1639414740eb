/* withheld.h: what of a fact a gate does not get. A gate's replica holds names and
 * rights; no e-mail address, telephone, diet or hotel, no note, nor who took
 * somebody's badge, nor any volunteer's PIN, not even hashed.
 *
 * The chain covers the hash of a fact's whole body, so a fact without its body, or
 * with a part of it, proves the chain all the same. What is left is vouched for by
 * nobody but who left the rest out: so it is believed of the hub alone, over the
 * pinned connection (journal_receive_from_hub(), journal_merge_from_hub()), and taken
 * from no other file. What is left depends on the body alone: all gates hold the
 * same.
 *
 * Must not know: who asks, or how facts travel. Threads: as the Journal; the rest is
 * reentrant. Blocks on disk where it says so. */
#pragma once

#include "journal/authority.h"
#include "journal/journal.h"

/* TRUE if a station of that role gets a part only. */
gboolean withheld_from (Role role);
/* Leaves of @fact what a gate may know; no effect where that is all of it. */
void withheld_take_out (Fact *fact);

/* Whole now (@fact), where a part was held: needs a transaction. @why not NULL: it is
 * kept apart. */
gboolean withheld_fill (Journal *journal, const Fact *fact, const char *why, GError **error);

/* Follows this station's own role, inside the transaction that may have changed it: one that
 * has become a gate forgets what a gate does not hold, but for what it wrote itself, since
 * it may have to send that; of one that is a gate no more
 * *@again tells that all facts must be read once more. */
gboolean withheld_follow (Journal *journal, gboolean *again, GError **error);
/* TRUE in *@here where this replica is a gate's and holds parts. */
gboolean withheld_here (Journal *journal, gboolean *here, GError **error);
