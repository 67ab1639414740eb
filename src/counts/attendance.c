#include "counts/attendance.h"

#include "journal/query.h"
#include "roster/delegate_role.h"

#include <string.h>

/* In the order in which they happened. */
static const char OF_REFERENCE[]
    = "SELECT p.checkpoint, p.day, p.first_at, p.last_at, p.last_direction, c.kind, c.event, "
      "c.session FROM presence p JOIN checkpoint c ON c.id = p.checkpoint WHERE p.reference = "
      ":reference ORDER BY p.last_at, p.last_station, p.last_seq";
static const char LAST_DAY[] = "SELECT ifnull (max (day), '') FROM presence";

struct _Attendance {
  Journal *journal;
  AttendanceFilter filter;
  char *inside_day; /* of which `inside` is meant */
  char *place;
};

Attendance *attendance_new (Journal *journal, const AttendanceFilter *filter, GError **error)
{
  g_autoptr (Attendance) attendance = g_new0 (Attendance, 1);
  attendance->journal = journal;
  attendance->filter = *filter;
  attendance->place = g_strdup ("");
  Query *query = journal_query (journal, LAST_DAY, error);
  if (query == NULL)
    return NULL;
  attendance->inside_day = g_strdup (filter->day != NULL  ? filter->day
                                     : query_next (query) ? query_text (query, 0)
                                                          : "");
  return query_end (query, error) ? g_steal_pointer (&attendance) : NULL;
}

void attendance_free (Attendance *attendance)
{
  if (attendance == NULL)
    return;
  g_free (attendance->inside_day);
  g_free (attendance->place);
  g_free (attendance);
}

static gboolean is_set (const char *value, char *const *values)
{
  return value == NULL || g_strv_contains ((const char *const *) values, value);
}

/* TRUE if the delegate is one of those who are asked about, whether she has come or
 * not. */
static gboolean is_meant (const AttendanceFilter *filter, const Delegate *delegate)
{
  return (filter->delegation == NULL || strcmp (filter->delegation, delegate->delegation) == 0)
         && (filter->category == NULL || strcmp (filter->category, delegate->category) == 0);
}

/* TRUE if she should come: registered for all that is asked for, and not withdrawn. */
static gboolean is_expected (const AttendanceFilter *filter, const Delegate *delegate)
{
  return !delegate->revoked && is_set (filter->event, delegate->events)
         && is_set (filter->day_label, delegate->days)
         && (is_set (filter->session, delegate->workshops)
             || delegate_role_is_in (delegate->role, filter->session));
}

/* TRUE if an admission at that checkpoint is one of those that count as having come. */
static gboolean counts (const AttendanceFilter *filter, Query *query)
{
  const char *kind = query_text (query, 5), *event = query_text (query, 6),
             *session = query_text (query, 7);
  if (filter->day != NULL && strcmp (query_text (query, 1), filter->day) != 0)
    return FALSE;
  if (filter->session != NULL)
    return strcmp (session, filter->session) == 0;
  return strcmp (kind, "entrance") == 0
         && (filter->event == NULL || strcmp (event, filter->event) == 0);
}

static void take_passages (Attendance *attendance, Query *query, AttendanceRow *row)
{
  while (query_next (query)) {
    row->last_ms = clock_hybrid_ms ((HybridTime) query_int (query, 3));
    g_free (attendance->place);
    attendance->place = g_strdup (query_text (query, 0));
    if (!counts (&attendance->filter, query))
      continue;
    gint64 first_ms = clock_hybrid_ms ((HybridTime) query_int (query, 2));
    row->first_ms = row->arrived ? MIN (row->first_ms, first_ms) : first_ms;
    row->arrived = TRUE;
    if (strcmp (query_text (query, 1), attendance->inside_day) == 0)
      row->inside = strcmp (query_text (query, 4), "in") == 0;
  }
  row->last_place = attendance->place;
}

static gboolean lets_through (const AttendanceFilter *filter, const AttendanceRow *row)
{
  gboolean narrowed = filter->event != NULL || filter->day != NULL || filter->session != NULL;
  switch (filter->state) {
  case ATTENDANCE_ARRIVED:
    return row->arrived;
  case ATTENDANCE_INSIDE:
    return row->inside;
  case ATTENDANCE_MISSING:
    return !row->arrived && is_expected (filter, row->delegate);
  case ATTENDANCE_ALL:
    break;
  }
  return !narrowed || row->arrived || is_expected (filter, row->delegate);
}

gboolean attendance_look (Attendance *attendance, const Delegate *delegate, AttendanceRow *row,
                          GError **error)
{
  *row = (AttendanceRow){ .delegate = delegate, .last_place = "" };
  if (!is_meant (&attendance->filter, delegate))
    return FALSE;
  Query *query = journal_query (attendance->journal, OF_REFERENCE, error);
  if (query == NULL)
    return FALSE;
  g_free (attendance->place);
  attendance->place = g_strdup ("");
  query_bind_text (query, ":reference", delegate->reference);
  take_passages (attendance, query, row);
  return query_end (query, error) && lets_through (&attendance->filter, row);
}

typedef struct {
  Attendance *attendance;
  AttendanceVisit visit;
  gpointer data;
  gboolean ended;
  GError *error;
} Walk;

static void look (const Delegate *delegate, gpointer data)
{
  Walk *walk = data;
  AttendanceRow row;
  if (walk->ended || walk->error != NULL)
    return;
  if (attendance_look (walk->attendance, delegate, &row, &walk->error))
    walk->ended = !walk->visit (&row, walk->data);
}

gboolean attendance_each (Journal *journal, const AttendanceFilter *filter, AttendanceVisit visit,
                          gpointer data, GError **error)
{
  g_autoptr (Attendance) attendance = attendance_new (journal, filter, error);
  Walk walk = { .attendance = attendance, .visit = visit, .data = data };
  /* Who has come counts too where a session is asked for, registered for it or not. */
  if (attendance == NULL
      || !delegate_each_near (journal, filter->delegation, NULL, look, &walk, error))
    return FALSE;
  if (walk.error == NULL)
    return !walk.ended;
  g_propagate_error (error, walk.error);
  return FALSE;
}
