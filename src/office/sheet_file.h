/* sheet_file.h: the list that people sign (feuille d'émargement, 签到表), or the report of
 * the congress, as the program `accueil` beside the hub draws it: the hub needs no fonts,
 * and what a name can do to them happens in a process of its own.
 * Threads: reentrant. Blocks until it is drawn, some tenths of a second. */
#pragma once

#include <glib.h>

/* Ids or words of the event file; NULL or "" for none. */
typedef struct {
  gboolean report; /* of the congress: what follows is not asked */
  const char *session;
  const char *event, *day, *half; /* half: "morning" "afternoon" */
  const char *delegation;
} SheetFile;

/* A descriptor at the beginning of a PDF of @size bytes, the caller's; -1 with
 * REPORT_ERROR_FILTER for what cannot be a sheet, and in the words of the program. */
int sheet_file_draw (const char *db, const SheetFile *sheet, guint64 *size, GError **error);
