/* report_appointments.h: the table of what hangs on a person and a time
 * (counts/appointments.h), a row a person, to take away. A part of report.h. Threads: as
 * the Journal. */
#pragma once

#include "counts/report_run.h"

extern const ReportTable report_appointments_table;
