/* report_facts.h: tables of what happened: passages and badges. A part of report.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/report_run.h"

extern const ReportTable report_facts_passages, report_facts_answers, report_facts_badges;

/* Passages as JSON, for who reads on from a cursor: at most @limit after arrival number
 * @after, of @checkpoint if that is not NULL: {"passages":[{"number":…,"at":…,…}],
 * "next":the last number looked at, "more":…}. A guest marked for protocol has no
 * reference unless @protocol. Names stand in none. Free with g_free(). */
char *report_facts_page (Journal *journal, gint64 after, guint limit, const char *checkpoint,
                         gboolean protocol, GError **error);
