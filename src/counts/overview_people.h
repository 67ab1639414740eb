/* overview_people.h: of a recount (overview.h), who has come: by side, delegation,
 * category, entrance and quarter of an hour. Walks through all delegates.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/overview_shape.h"

/* In the transaction of its caller, who has filled in day and programme. */
gboolean overview_people_read (Journal *journal, Overview *overview, GError **error);
