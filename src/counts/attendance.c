#include "counts/attendance.h"

#include "counts/presence_walk.h"
#include "journal/query.h"
#include "roster/delegate_role.h"

#include <string.h>

static const char OF_REFERENCE[]
    = "SELECT p.checkpoint, c.kind, c.event, c.session, p.day, p.first_at, p.last_at, p.last_seq, "
      "p.last_station, p.last_direction FROM presence p JOIN checkpoint c ON c.id = p.checkpoint "
      "WHERE p.reference = :reference";
/* As counts.h has it: of the checkpoints that are defined. */
static const char LAST_DAY[] = "SELECT ifnull (max ((SELECT max (day) FROM presence p WHERE "
                               "p.checkpoint = c.id)), '') FROM checkpoint c";

struct _Attendance {
  Journal *journal;
  AttendanceFilter filter;
  char *inside_day; /* of which `inside` is meant */
  char *place;
  GArray *found; /* Presence, of one person at a time */
};

Attendance *attendance_new (Journal *journal, const AttendanceFilter *filter, GError **error)
{
  g_autoptr (Attendance) attendance = g_new0 (Attendance, 1);
  attendance->journal = journal;
  attendance->filter = *filter;
  attendance->place = g_strdup ("");
  attendance->found = g_array_new (FALSE, FALSE, sizeof (Presence));
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
  g_array_unref (attendance->found);
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
             || delegate_role_is_in (delegate_roles (delegate), filter->session));
}

/* TRUE if an admission there is one of those that count as having come. */
static gboolean counts (const AttendanceFilter *filter, const PresencePlace *place)
{
  if (filter->day != NULL && strcmp (place->day, filter->day) != 0)
    return FALSE;
  if (filter->session != NULL)
    return strcmp (place->session, filter->session) == 0;
  return strcmp (place->kind, "entrance") == 0
         && (filter->event == NULL || strcmp (place->event, filter->event) == 0);
}

/* Without an order of their own, so that neither source need sort. */
static gboolean is_later (const Presence *one, const Presence *other)
{
  if (other == NULL || one->last_at != other->last_at)
    return other == NULL || one->last_at > other->last_at;
  int order = strcmp (one->last_station, other->last_station);
  return order != 0 ? order > 0 : one->last_seq > other->last_seq;
}

static void take_found (Attendance *attendance, AttendanceRow *row)
{
  const Presence *last = NULL, *last_today = NULL;
  gint64 first_at = G_MAXINT64;
  for (guint i = 0; i < attendance->found->len; i++) {
    const Presence *presence = &g_array_index (attendance->found, Presence, i);
    last = is_later (presence, last) ? presence : last;
    if (!counts (&attendance->filter, presence->place))
      continue;
    row->arrived = TRUE;
    first_at = MIN (first_at, presence->first_at);
    if (strcmp (presence->place->day, attendance->inside_day) == 0)
      last_today = is_later (presence, last_today) ? presence : last_today;
  }
  row->inside = last_today != NULL && last_today->is_in;
  row->first_ms = row->arrived ? clock_hybrid_ms ((HybridTime) first_at) : 0;
  row->last_ms = last != NULL ? clock_hybrid_ms ((HybridTime) last->last_at) : 0;
  row->last_place = last != NULL ? last->place->checkpoint : "";
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

/* Of one person, asked for by herself: the place lives until the next. */
static gboolean find_alone (Attendance *attendance, const char *reference, AttendanceRow *row,
                            GError **error)
{
  Query *query = journal_query (attendance->journal, OF_REFERENCE, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  if (query == NULL)
    return FALSE;
  g_array_set_size (attendance->found, 0);
  query_bind_text (query, ":reference", reference);
  while (query_next (query)) {
    PresencePlace *place = g_new0 (PresencePlace, 1);
    char **parts[]
        = { &place->checkpoint, &place->kind, &place->event, &place->session, &place->day };
    for (int i = 0; i < (int) G_N_ELEMENTS (parts); i++) {
      *parts[i] = g_strdup (query_text (query, i));
      g_ptr_array_add (texts, *parts[i]);
    }
    g_ptr_array_add (places, place);
    const Presence presence = { .place = place,
                                .first_at = query_int (query, 5),
                                .last_at = query_int (query, 6),
                                .last_seq = query_int (query, 7),
                                .last_station = g_strdup (query_text (query, 8)),
                                .is_in = strcmp (query_text (query, 9), "out") != 0 };
    g_ptr_array_add (texts, (gpointer) (guintptr) presence.last_station);
    g_array_append_val (attendance->found, presence);
  }
  if (!query_end (query, error))
    return FALSE;
  take_found (attendance, row);
  g_free (attendance->place);
  attendance->place = g_strdup (row->last_place);
  row->last_place = attendance->place;
  return TRUE;
}

gboolean attendance_look (Attendance *attendance, const Delegate *delegate, AttendanceRow *row,
                          GError **error)
{
  *row = (AttendanceRow){ .delegate = delegate, .last_place = "" };
  return is_meant (&attendance->filter, delegate)
         && find_alone (attendance, delegate->reference, row, error)
         && lets_through (&attendance->filter, row);
}

typedef struct {
  Attendance *attendance;
  PresenceWalk *presence; /* NULL: of few people, each asked for by herself */
  AttendanceVisit visit;
  gpointer data;
  gboolean ended;
  GError *error;
} Walk;

static gboolean look_along (Walk *walk, const Delegate *delegate, AttendanceRow *row)
{
  Attendance *attendance = walk->attendance;
  *row = (AttendanceRow){ .delegate = delegate, .last_place = "" };
  if (!is_meant (&attendance->filter, delegate)
      || !presence_walk_find (walk->presence, delegate->reference, attendance->found, &walk->error))
    return FALSE;
  take_found (attendance, row);
  return lets_through (&attendance->filter, row);
}

static void look (const Delegate *delegate, gpointer data)
{
  Walk *walk = data;
  AttendanceRow row;
  if (walk->ended || walk->error != NULL)
    return;
  if (walk->presence != NULL ? look_along (walk, delegate, &row)
                             : attendance_look (walk->attendance, delegate, &row, &walk->error))
    walk->ended = !walk->visit (&row, walk->data);
}

gboolean attendance_each (Journal *journal, const AttendanceFilter *filter, AttendanceVisit visit,
                          gpointer data, GError **error)
{
  g_autoptr (Attendance) attendance = attendance_new (journal, filter, error);
  g_autoptr (PresenceWalk) presence = NULL;
  if (attendance == NULL)
    return FALSE;
  if (filter->delegation == NULL && (presence = presence_walk_new (journal, error)) == NULL)
    return FALSE;
  Walk walk = { .attendance = attendance, .presence = presence, .visit = visit, .data = data };
  /* Who has come counts too where a session is asked for, registered for it or not. */
  if (!delegate_each_near (journal, filter->delegation, NULL, look, &walk, error))
    return FALSE;
  if (walk.error == NULL)
    return !walk.ended;
  g_propagate_error (error, walk.error);
  return FALSE;
}
