/* report_meals.h: the table of meals by diet (meals.h). A part of report.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/report_run.h"

extern const ReportTable report_meals_table;
