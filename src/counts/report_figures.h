/* report_figures.h: tables of figures: counts, arrivals, rooms, delegations, ranks. A
 * part of report.h. Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/report_run.h"

extern const ReportTable report_figures_counts, report_figures_arrivals, report_figures_rooms,
    report_figures_delegations, report_figures_ranks;
