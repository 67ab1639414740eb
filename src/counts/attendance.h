/* attendance.h: who is here: each delegate with whether and when she came, whether she
 * is inside, and where she was seen last.
 *
 * The words mean what counts.h says: who was admitted at an entrance has arrived, on
 * whatever day; inside is of the people admitted on a day whose last passage at the
 * entrances was not a way out. With an event the entrances of that event count, with a
 * session its door, with a day that day alone. `missing` is who is registered for what
 * was asked for, whose registration stands, and who has not arrived.
 *
 * Threads: as the Journal. Blocks on disk: a second for 100,000 delegates. Memory does
 * not grow with them. */
#pragma once

#include "roster/delegate.h"

typedef enum {
  ATTENDANCE_ALL,
  ATTENDANCE_ARRIVED,
  ATTENDANCE_INSIDE,
  ATTENDANCE_MISSING
} AttendanceState;

/* NULL in a text: not asked for. */
typedef struct {
  AttendanceState state;
  const char *event, *session, *delegation, *category; /* ids; delegation as registered */
  const char *day, *day_label; /* ISO date, and the label that registrations have */
} AttendanceFilter;

typedef struct {
  const Delegate *delegate;
  gboolean arrived, inside;
  gint64 first_ms;        /* when she was first admitted; 0 for never */
  gint64 last_ms;         /* when she was last seen anywhere; 0 for never */
  const char *last_place; /* the checkpoint's id; "" for none */
} AttendanceRow;

/* The row lives until the function returns, which must not query delegates or passages;
 * FALSE ends the walk. */
typedef gboolean (*AttendanceVisit) (const AttendanceRow *row, gpointer data);

/* Everybody whom the filter lets through, by reference. FALSE with @error, or without one
 * where @visit ended it. */
gboolean attendance_each (Journal *journal, const AttendanceFilter *filter, AttendanceVisit visit,
                          gpointer data, GError **error);
/* One delegate; TRUE if the filter lets her through. Fills @row, whose texts live until
 * the next call. */
typedef struct _Attendance Attendance;
Attendance *attendance_new (Journal *journal, const AttendanceFilter *filter, GError **error);
void attendance_free (Attendance *attendance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attendance, attendance_free)
gboolean attendance_look (Attendance *attendance, const Delegate *delegate, AttendanceRow *row,
                          GError **error);
