/* overview_places.h: of a recount (overview.h), the rooms, services and stations of the
 * day.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/overview_shape.h"

/* In the transaction of its caller, who has filled in day and programme. */
gboolean overview_places_read (Journal *journal, Overview *overview, GError **error);
