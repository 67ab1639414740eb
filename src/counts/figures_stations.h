/* figures_stations.h: what each station has scanned on a day, kept between readings, of
 * which each looks only at passages that have come since. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/figures.h"

typedef struct _FiguresWork FiguresWork;

/* Inside a view: @work (taken over, may be NULL) brought up to date, or that of @day
 * anew. NULL with @error. */
FiguresWork *figures_stations_refresh (FiguresWork *work, Journal *journal, const char *day,
                                       GError **error);
void figures_stations_work_free (FiguresWork *work);
/* Fills @figures's stations, as of its moment. */
void figures_stations_put (const FiguresWork *work, Figures *figures);
