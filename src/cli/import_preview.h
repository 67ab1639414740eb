/* import_preview.h: what an import would change, as a person reads it before she says
 * yes.
 *
 * Changes stand on standard output, notes and faults on standard error.
 * Threads: the main thread only.  */
#pragma once

#include "roster/import.h"

/* @zone: the venue's, for the times of corrections. @all: every line, not the first of
 * each kind. */
void import_preview_print (const Import *import, GTimeZone *zone, gboolean all);
/* What is noticed about a person, on one line. Free with g_free(). */
char *import_preview_remark (const ImportRemark *remark);
/* What the list and a person say against each other, on one line. Free with g_free(). */
char *import_preview_conflict (const ImportConflict *conflict, GTimeZone *zone);
