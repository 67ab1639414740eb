/* import_report.h: what an import would change, as a table to take away: one line a
 * thing that changes or is noticed.
 *
 *     kind       added changed missing conflict spoiled double unprintable nowhere
 *                no-latin fault note
 *     reference, name, field, before, after, volunteer, at, file, line, text
 *
 * Threads: the main thread only. Blocks on disk. */
#pragma once

#include "roster/import.h"

/* To @path, whose end says whether CSV, JSON or XLSX. @zone: the venue's. */
gboolean import_report_write (const Import *import, const char *path, GTimeZone *zone,
                              GError **error);
