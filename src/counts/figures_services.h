/* figures_services.h: meals, shuttles and headsets of a day. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/counts.h"
#include "counts/figures_people.h"

/* Fills @figures's services, hotels and channels, of its day; @counts are those by
 * checkpoint, @checkpoints all (Checkpoint). */
gboolean figures_services_read (Journal *journal, const FiguresPeople *people, const Counts *counts,
                                const GPtrArray *checkpoints, Figures *figures, GError **error);
