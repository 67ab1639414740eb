/* report_query.h: what is asked for when a table is to be taken away (report.h), and
 * what can be wrong with it. Threads: plain data. */
#pragma once

#include <glib.h>

#define REPORT_ERROR report_error_quark ()
GQuark report_error_quark (void);
typedef enum {
  REPORT_ERROR_TABLE,   /* no table of that name; the message lists those there are */
  REPORT_ERROR_COLUMN,  /* no column of that name; the message lists those there are */
  REPORT_ERROR_FILTER,  /* a word that is not in the event file, or a filter this table has not */
  REPORT_ERROR_STOPPED, /* whoever watched its progress has ended it */
} ReportError;

/* What is asked for. Texts are NULL or "" where nothing is; ids or words of the event
 * file. */
typedef struct {
  const char *table;
  const char *columns; /* keys with commas between; NULL: the usual ones */
  const char *state;   /* people: "arrived" "inside" "missing" */
  const char *event, *day, *session, *delegation, *category; /* people; passages: day */
  const char *checkpoint;                                    /* passages */
  const char *by;                                            /* counts */
  gboolean protocol; /* the reader may see guests marked for protocol */
} ReportQuery;

/* How far it is: rows written so far, 0 at its beginning, and how many there will be; -1
 * where only the end will tell. FALSE: no more of it. May be NULL. */
typedef gboolean (*ReportProgress) (guint rows, gint64 most, gpointer data);
