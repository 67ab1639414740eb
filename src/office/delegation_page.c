#include "office/delegation_page.h"

#include "counts/attendance.h"
#include "desk/desk.h"
#include "office/exports_page.h"
#include "office/page_layout.h"
#include "office/person_name.h"
#include "office/stamp.h"
#include "office/web_icon.h"

#include <string.h>

static const PageLayout PAGE = { N_ ("Delegation"), "/delegations", NULL, NULL };

typedef struct {
  Delegate *delegate;
  gboolean expected; /* on the day */
  DeskStanding standing;
  char *taker; /* who took her badge; "" for nobody else */
} Member;

typedef struct {
  char *id;
  char day[11], *label;
  GPtrArray *members; /* Member: the missing first, then by arrival */
  guint all, expected, missing, badges;
} Group;

static void member_free (gpointer data)
{
  Member *member = data;

  delegate_free (member->delegate);
  g_free (member->taker);
  g_free (member);
}

static void group_free (gpointer data)
{
  Group *group = data;

  g_free (group->id);
  g_free (group->label);
  g_ptr_array_unref (group->members);
  g_free (group);
}

/* Reading ---------------------------------------------------------------------------- */

static gboolean take_member (const AttendanceRow *row, gpointer data)
{
  Group *group = data;
  Member *member;

  if (row->delegate->revoked && !row->arrived)
    return TRUE;
  group->all++;
  if (group->members->len >= DELEGATION_PAGE_MAX)
    return TRUE;
  member = g_new0 (Member, 1);
  member->delegate = delegate_copy (row->delegate);
  member->expected = !row->delegate->revoked
                     && g_strv_contains ((const char *const *) row->delegate->days, group->label);
  g_ptr_array_add (group->members, member);
  return TRUE;
}

static gboolean is_missing (const Member *member)
{
  return member->expected && member->standing.arrived_ms == 0;
}

/* The missing, those who came in that order, those who are not expected. */
static gint by_state (gconstpointer a, gconstpointer b)
{
  const Member *first = *(Member *const *) a, *second = *(Member *const *) b;
  gint one = is_missing (first)               ? 0
             : first->standing.arrived_ms > 0 ? 1
                                              : 2,
       two = is_missing (second)               ? 0
             : second->standing.arrived_ms > 0 ? 1
                                               : 2;

  if (one != two)
    return one - two;
  if (first->standing.arrived_ms != second->standing.arrived_ms)
    return first->standing.arrived_ms < second->standing.arrived_ms ? -1 : 1;
  return strcmp (first->delegate->family, second->delegate->family);
}

static gboolean read_group (Journal *journal, Group *group, GError **error)
{
  const AttendanceFilter filter = { .delegation = group->id };

  if (!attendance_each (journal, &filter, take_member, group, error))
    return FALSE;
  for (guint i = 0; i < group->members->len; i++) {
    Member *member = group->members->pdata[i];
    const char *reference = member->delegate->reference;

    if (!desk_standing (journal, reference, group->day, &member->standing, error)
        || (member->taker = desk_taker_of (journal, reference, error)) == NULL)
      return FALSE;
    group->expected += member->expected;
    group->missing += is_missing (member);
    group->badges += member->standing.serial > 0 && !member->standing.printing;
  }
  g_ptr_array_sort (group->members, by_state);
  return TRUE;
}

/* Drawing ---------------------------------------------------------------------------- */

static void put_state (const View *view, const Member *member)
{
  const DeskStanding *standing = &member->standing;

  if (is_missing (member)) {
    markup_add (view->out, "<td class=\"warn b\">");
    web_icon_draw (view->out, WEB_ICON_RING);
    markup_add (view->out, " %s</td>", view_say (view, N_ ("is missing")));
  } else if (standing->arrived_ms == 0)
    markup_add (view->out, "<td class=\"soft\">%s</td>",
                view_say (view, N_ ("not expected on this day")));
  else
    markup_add (view->out, "<td class=\"%s\">%s</td>", standing->inside ? "yes" : "soft",
                standing->inside ? view_fill (view, N_ ("arrived at %s"),
                                              view_minutes (view, standing->arrived_ms))
                                 : view_fill (view, N_ ("arrived at %s, gone again"),
                                              view_minutes (view, standing->arrived_ms)));
}

static void put_badge (const View *view, const Member *member)
{
  const DeskStanding *standing = &member->standing;

  markup_add (view->out, "<td>%s",
              standing->serial == 0 ? view_say (view, N_ ("no badge yet"))
              : standing->printing  ? view_say (view, N_ ("being printed"))
                                    : view_say (view, N_ ("has the badge")));
  if (standing->box > 0 && standing->serial > 0)
    markup_add (view->out, " · %s", view_fill (view, N_ ("box %u"), standing->box));
  if (member->taker[0] != '\0')
    markup_add (view->out, "<br><b>%s</b>", view_fill (view, N_ ("taken by %s"), member->taker));
  markup_add (view->out, "</td>");
}

static void put_member (const View *view, const Group *group, const Member *member)
{
  const Delegate *delegate = member->delegate;
  gboolean named = view_names (view, group->id, delegate->protocol);

  markup_add (view->out, "<tr><th scope=\"row\" class=\"wrap\">");
  if (!named)
    markup_add (view->out, "%s", view_say (view, N_ ("a guest of protocol")));
  else if (OFFICE_ROUTE_DESK & ACCOUNT_MAY (view->role)) {
    markup_add (view->out, "<a href=\"/people/%s\">", delegate->reference);
    person_name_put (view, delegate->given, delegate->family, delegate->name_zh, delegate->country);
    markup_add (view->out, "</a>");
  } else
    person_name_put (view, delegate->given, delegate->family, delegate->name_zh, delegate->country);
  if (named)
    markup_add (view->out, "<br><small>%s</small>",
                view_pick (view, delegate->function_fr, delegate->function_zh));
  markup_add (view->out, "</th>");
  put_state (view, member);
  put_badge (view, member);
  markup_add (view->out, "</tr>");
}

static const FiguresDelegation *named (const View *view, const char *id)
{
  const GPtrArray *delegations = view->moment->figures->delegations;

  for (guint i = 0; i < delegations->len; i++)
    if (strcmp (((const FiguresDelegation *) delegations->pdata[i])->id, id) == 0)
      return delegations->pdata[i];
  return NULL;
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const Group *group = request_work (request);
  const FiguresDelegation *delegation = named (view, group->id);
  g_autofree char *escaped = g_uri_escape_string (group->id, NULL, FALSE);

  markup_add (view->out, "<h1>%s</h1>",
              delegation != NULL ? view_pick (view, delegation->fr, delegation->zh) : group->id);
  stamp_part (view, STAMP_ENTRANCES);
  markup_add (view->out, "<p class=\"of\">%s</p>",
              view_fill (view, N_ ("%s: %s expected, %s missing; %s badges printed"),
                         view_day (view, group->day), view_number (view, group->expected),
                         view_number (view, group->missing), view_number (view, group->badges)));
  markup_add (view->out,
              "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table "
              "class=\"dense\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th "
              "scope=\"col\">%s</th></tr></thead><tbody>",
              view_say (view, N_ ("Members")), view_say (view, N_ ("name")),
              view_say (view, N_ ("on this day")), view_say (view, N_ ("badge")));
  for (guint i = 0; i < group->members->len; i++)
    put_member (view, group, group->members->pdata[i]);
  markup_add (view->out, "</tbody></table></div>");
  if (group->all > group->members->len)
    markup_add (view->out, "<p class=\"note\">%s</p>",
                view_fill (view, N_ ("%s members; the first %s are listed and counted here."),
                           view_number (view, group->all),
                           view_number (view, group->members->len)));
  exports_page_button (
      view, view_say (view, N_ ("Who is missing, as a table")),
      markup_keep (view->out, g_strconcat ("/exports/people.xlsx?state=missing&day=", group->day,
                                           "&delegation=", escaped, NULL)));
}

/* Answering -------------------------------------------------------------------------- */

static const char *label_of (const Figures *figures)
{
  const Day *day = programme_day (figures->programme, figures->day);

  return day != NULL ? day->label : "";
}

gboolean delegation_page_show (Request *request)
{
  const Visit *visit = visit_of (request);
  const char *id = request_query (request, "id");
  g_autoptr (Moment) moment = live_moment (visit->office->live);
  g_autoptr (GError) error = NULL;
  Journal *reader;
  Group *group;
  gboolean good = FALSE;

  if (id == NULL || id[0] == '\0'
      || (visit->account.role == ACCOUNT_LEADER && strcmp (visit->account.delegation, id) != 0))
    return page_layout_refusal (
        request, HTTP_STATUS_NOT_FOUND,
        page_language_say (visit->language, N_ ("There is no such delegation.")));
  group = g_new0 (Group, 1);
  group->id = g_strdup (id);
  group->label = g_strdup (label_of (moment->figures));
  group->members = g_ptr_array_new_with_free_func (member_free);
  g_strlcpy (group->day, moment->figures->day, sizeof group->day);
  reader = replica_pool_take (visit->office->hub->readers, &error);
  if (reader != NULL) {
    good = read_group (reader, group, &error);
    replica_pool_give (visit->office->hub->readers, reader);
  }
  if (!good) {
    g_autofree char *message = g_strdup (error != NULL ? error->message : "");

    group_free (group);
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, message);
  }
  if (group->all == 0) {
    group_free (group);
    return page_layout_refusal (
        request, HTTP_STATUS_NOT_FOUND,
        page_language_say (visit->language, N_ ("There is no such delegation.")));
  }
  request_set_work (request, group, group_free);
  return page_layout_answer_status (request, HTTP_STATUS_OK, &PAGE, draw);
}
