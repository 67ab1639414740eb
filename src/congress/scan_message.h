/* scan_message.h: texts of the event file that are shown at a scan: to whom it is of, or to the
 * team alone.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/addressee.h"
#include "core/words.h"
#include "journal/journal.h"

/* What is said there of @person, in the event file's order, a line each; NULL texts for
 * nothing: to the @team, and to her (@hers may be NULL). */
gboolean scan_message_tell (Journal *journal, const AddresseePerson *person, OwnedPair *team,
                            OwnedPair *hers, GError **error);
