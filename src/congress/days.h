/* days.h: the days of the congress.
 * Threads: reentrant; days_load() is as the Journal and blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *label; /* as lists write it: "26" */
  char *date;  /* "2016-10-26" */
} Day;

/* From the congress's definition (JSON: [{"label":"26","date":"2016-10-26"}]): GPtrArray
 * of Day that frees them. What is no day is passed over. */
GPtrArray *days_read (const char *json);
/* Those of the congress that @journal knows; none if it knows none. */
GPtrArray *days_load (Journal *journal, GError **error);
/* The date of the day @label (may be NULL); NULL if there is none. */
const char *days_date_of (const GPtrArray *days, const char *label);
