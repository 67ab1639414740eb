#include "counts/cast.h"

#include "journal/query.h"
#include "roster/delegate_role.h"

#include <string.h>

static const char MEMBERS[]
    = "SELECT d.reference, d.roles, d.family, d.given, d.name_zh, d.organisation_fr, "
      "d.organisation_zh, d.category, iif (d.country <> '', d.country, ifnull ((SELECT g.country "
      "FROM delegation g WHERE g.id = d.delegation AND NOT g.removed), '')), d.protocol FROM "
      "delegate d WHERE d.number IN (SELECT number FROM delegate WHERE role <> '' UNION SELECT "
      "number FROM delegate WHERE given_roles <> '') AND NOT d.revoked";
/* The last passage of a day at each place, in the order of time. */
static const char SEEN[]
    = "SELECT c.kind, c.session, p.last_direction, p.last_at, p.first_at FROM presence p JOIN "
      "checkpoint c ON c.id = p.checkpoint WHERE p.reference = :reference AND p.day = :day AND "
      "c.kind IN ('entrance', 'session') ORDER BY p.last_at, p.last_station, p.last_seq";

static void member_free (gpointer data)
{
  CastMember *member = data;

  g_free (member->reference);
  g_free (member->session);
  g_free (member->role);
  g_free (member->family);
  g_free (member->given);
  g_free (member->name_zh);
  g_free (member->organisation_fr);
  g_free (member->organisation_zh);
  g_free (member->category);
  g_free (member->country);
  g_free (member);
}

static CastMember *member_of_row (Query *query, const DelegateRole *role)
{
  CastMember *member = g_new0 (CastMember, 1);
  member->reference = g_strdup (query_text (query, 0));
  member->role = g_strdup (role->role);
  member->session = g_strdup (role->session);
  member->theme = role->theme;
  member->family = g_strdup (query_text (query, 2));
  member->given = g_strdup (query_text (query, 3));
  member->name_zh = g_strdup (query_text (query, 4));
  member->organisation_fr = g_strdup (query_text (query, 5));
  member->organisation_zh = g_strdup (query_text (query, 6));
  member->category = g_strdup (query_text (query, 7));
  member->country = g_strdup (query_text (query, 8));
  member->protocol = query_int (query, 9) != 0;
  return member;
}

static gboolean place (Journal *journal, CastMember *member, const char *day, GError **error)
{
  Query *query = journal_query (journal, SEEN, error);
  CastPlace building = CAST_ABSENT;
  gint64 building_ms = 0, room_ms = 0;
  gboolean room = FALSE;

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", member->reference);
  query_bind_text (query, ":day", day);
  while (query_next (query)) {
    gboolean inside = strcmp (query_text (query, 2), "out") != 0;

    if (strcmp (query_text (query, 0), "entrance") == 0) {
      building = inside ? CAST_BUILDING : CAST_LEFT;
      building_ms = clock_hybrid_ms (query_int (query, 3));
    } else if (strcmp (query_text (query, 1), member->session) == 0) {
      room = inside;
      room_ms = clock_hybrid_ms (query_int (query, 3));
    }
  }
  member->place = room && building != CAST_LEFT ? CAST_ROOM : building;
  member->since_ms = member->place == CAST_ROOM ? room_ms : building_ms;
  return query_end (query, error);
}

static gint by_session (gconstpointer a, gconstpointer b)
{
  const CastMember *one = *(CastMember *const *) a, *two = *(CastMember *const *) b;
  const char *const pairs[][2] = { { one->session, two->session },
                                   { one->role, two->role },
                                   { one->country, two->country },
                                   { one->family, two->family },
                                   { one->reference, two->reference } };
  gint order = 0;
  for (guint i = 0; order == 0 && i < G_N_ELEMENTS (pairs); i++)
    order = strcmp (pairs[i][0], pairs[i][1]);
  return order;
}

GPtrArray *cast_read (Journal *journal, const char *day, GError **error)
{
  g_autoptr (GPtrArray) cast = g_ptr_array_new_with_free_func (member_free);
  Query *query = journal_query (journal, MEMBERS, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    g_autoptr (GPtrArray) roles = delegate_role_read (query_text (query, 1));
    for (guint i = 0; i < roles->len; i++)
      g_ptr_array_add (cast, member_of_row (query, roles->pdata[i]));
  }
  if (!query_end (query, error))
    return NULL;
  g_ptr_array_sort (cast, by_session);
  for (guint i = 0; i < cast->len; i++)
    if (!place (journal, cast->pdata[i], day, error))
      return NULL;
  return g_steal_pointer (&cast);
}

/* Of a day and an hour like 14:00; 0 for none. */
static gint64 moment (GTimeZone *zone, const char *date, const char *clock)
{
  g_autofree char *text = g_strdup_printf ("%sT%s:00", date, clock);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);
  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

gboolean cast_is_due (GTimeZone *zone, const char *date, const char *from, const char *to,
                      gint64 now_ms)
{
  gint64 from_ms = date != NULL ? moment (zone, date, from) : 0,
         to_ms = date != NULL ? moment (zone, date, to) : 0;

  return from_ms != 0 && now_ms >= from_ms - CAST_MISSED_MS && now_ms < to_ms;
}
