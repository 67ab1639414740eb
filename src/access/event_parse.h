/* event_parse.h: the text of an event file into definitions, or every fault in it.
 *
 * Must not know: the replica, files.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "access/event_file.h"

#define EVENT_DAYS_MAX 60
#define EVENT_THEMES_MAX 3
#define EVENT_CAPACITY_MAX 1000000
#define EVENT_LATEST_MINUTE (30 * 60) /* of an opening that goes past midnight */
#define EVENT_CONTRAST_MIN 4.5        /* white letters on a category's colour (WCAG 2, AA) */

/* One definition fact: "session", "A1", its body as src/README.md has it. */
typedef struct {
  char *kind, *id, *body;
} Definition;
void definition_free (Definition *definition);

/* The definitions in an order in which each comes after those it names; free with g_ptr_array_unref(). NULL with EVENT_FILE_ERROR_CONTENT. @file is the name in messages; @text may be anything.
 * @summary may be NULL. */
GPtrArray *event_parse (const char *file, const char *text, gsize length, EventFileSummary *summary, GError **error);

/* Minutes of "9:30", "09:30", "26:00", at most @latest; -1 if @text is no such time. */
gint event_minutes (const char *text, gint latest);
