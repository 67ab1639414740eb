#include "office/sessions_page.h"

#include "counts/cast.h"
#include "office/exports_page.h"
#include "office/person_name.h"
#include "office/room_line.h"
#include "office/stamp.h"
#include "office/web_icon.h"
#include "vocabulary/session_role.h"

#include <string.h>

static gboolean is_of (const CastMember *member, const FiguresRoom *room)
{
  return strcmp (member->session, room->session) == 0;
}

/* How many of a session's are in the building, and how many there are. */
static void count_cast (const View *view, const FiguresRoom *room, guint *there, guint *all)
{
  *there = *all = 0;
  for (guint i = 0; i < view->moment->cast->len; i++) {
    const CastMember *member = view->moment->cast->pdata[i];

    *all += is_of (member, room);
    *there += is_of (member, room) && member->place >= CAST_BUILDING;
  }
}

static void put_item (const View *view, const FiguresRoom *room, const char *chosen)
{
  gboolean today = strcmp (room->day, view->moment->figures->day) == 0;
  guint there, all;

  count_cast (view, room, &there, &all);
  markup_add (view->out, "<a class=\"hit\" href=\"/sessions?session=%s\"", room->session);
  if (g_strcmp0 (room->session, chosen) == 0)
    markup_add (view->out, " aria-current=\"true\"");
  markup_add (view->out, "><span><b>%s · %s</b></span>", room->session,
              view_pick (view, room->title_fr, room->title_zh));
  markup_add (view->out, "<span class=\"soft\">%s–%s · %s", view_minutes (view, room->from_ms),
              view_minutes (view, room->to_ms), room->room);
  if (room->capacity > 0 && today)
    markup_add (view->out, "<b>%s</b>",
                view_fill (view, N_ ("%s of %s"), view_number (view, room->inside),
                           view_number (view, room->capacity)));
  markup_add (view->out, "</span>");
  if (all > 0 && today)
    markup_add (view->out, "<span class=\"%s\">%s</span>", there < all ? "warn" : "soft",
                view_fill (view, N_ ("speakers and chairs: %s of %s in the building"),
                           view_number (view, there), view_number (view, all)));
  markup_add (view->out, "</a>");
}

static const FiguresRoom *put_list (const View *view, const char *chosen)
{
  const GPtrArray *rooms = view->moment->figures->rooms;
  const FiguresRoom *found = NULL;
  const char *day = "";

  for (guint i = 0; i < rooms->len; i++) {
    const FiguresRoom *room = rooms->pdata[i];

    if (room->session[0] == '\0') /* a zone */
      continue;
    if (strcmp (room->day, day) != 0)
      markup_add (view->out, "<h2>%s</h2>", view_day (view, room->day));
    day = room->day;
    put_item (view, room, chosen);
    if (g_strcmp0 (room->session, chosen) == 0)
      found = room;
  }
  return found;
}

/* One session ------------------------------------------------------------------------ */

static void put_place (const View *view, const CastMember *member)
{
  static const char *const CLASSES[] = { "warn b", "warn", "soft", "yes" };
  const char *since = view_minutes (view, member->since_ms);
  const char *said;

  switch (member->place) {
  case CAST_LEFT:
    said = view_fill (view, N_ ("gone again at %s"), since);
    break;
  case CAST_BUILDING:
    said = view_fill (view, N_ ("in the building since %s"), since);
    break;
  case CAST_ROOM:
    said = view_fill (view, N_ ("in the room since %s"), since);
    break;
  case CAST_ABSENT:
  default:
    said = view_say (view, N_ ("not arrived today"));
  }
  markup_add (view->out, "<span class=\"%s\">%s</span>", CLASSES[member->place], said);
}

static void put_member (const View *view, const CastMember *member)
{
  static const WebIcon ICONS[] = { WEB_ICON_RING, WEB_ICON_RING, WEB_ICON_HALF, WEB_ICON_DISC };
  static const char *const CLASSES[] = { "warn", "warn", "soft", "yes" };

  markup_add (view->out, "<li><span class=\"%s\">", CLASSES[member->place]);
  web_icon_draw (view->out, ICONS[member->place]);
  markup_add (view->out, "</span><div><p>");
  gboolean named = view_names (view, "", member->protocol);
  const char *role = view_pair (view, session_role_words (member->role, GENDER_UNKNOWN));
  if (named)
    person_name_put (view, member->given, member->family, member->name_zh, member->country);
  else
    markup_add (view->out, "<b>%s</b>", role);
  markup_add (view->out, "</p><p class=\"soft\">%s%s<bdi>%s</bdi></p><p>", named ? role : "",
              named ? " · " : "",
              view_pick (view, member->organisation_fr, member->organisation_zh));
  put_place (view, member);
  markup_add (view->out, "</p></div></li>");
}

static guint count_side (const View *view, const FiguresRoom *room, FiguresSide side)
{
  guint count = 0;

  for (guint i = 0; i < view->moment->cast->len; i++) {
    const CastMember *member = view->moment->cast->pdata[i];

    count += is_of (member, room) && figures_side_of (member->country) == side;
  }
  return count;
}

static void put_cast (const View *view, const FiguresRoom *room)
{
  static const char *const CLASSES[FIGURES_SIDES] = { "blue", "red", "" };

  markup_add (view->out, "<div class=\"pair\">");
  for (guint s = 0; s < FIGURES_SIDES; s++) {
    if (count_side (view, room, (FiguresSide) s) == 0)
      continue;
    markup_add (view->out, "<div><h3 class=\"%s\">%s</h3><ul class=\"todo cast\">", CLASSES[s],
                s == FIGURES_ELSEWHERE ? view_say (view, N_ ("From elsewhere"))
                                       : view_side (view, (FiguresSide) s));
    for (guint i = 0; i < view->moment->cast->len; i++) {
      const CastMember *member = view->moment->cast->pdata[i];

      if (is_of (member, room) && figures_side_of (member->country) == (FiguresSide) s)
        put_member (view, member);
    }
    markup_add (view->out, "</ul></div>");
  }
  markup_add (view->out, "</div>");
}

/* How it went so far; who is late is known once it has begun. */
static void put_course (const View *view, const FiguresRoom *room)
{
  markup_add (view->out, "<p class=\"soft\">%s",
              view_fill (view, N_ ("peak %s at %s"), view_number (view, room->peak),
                         view_minutes (view, room->peak_ms)));
  if (view->moment->figures->as_of->at_ms >= room->from_ms)
    markup_add (view->out, " · %s · %s",
                view_count (view, "%s came late", "%s came late", room->late),
                view_count (view, "%s left half-way", "%s left half-way", room->left));
  markup_add (view->out, "</p>");
}

static void put_session (const View *view, const FiguresRoom *room)
{
  guint there, all;

  count_cast (view, room, &there, &all);
  markup_add (
      view->out, "<div class=\"card\"><h2 class=\"other\">%s · %s</h2><p class=\"soft\">%s</p>",
      room->session, view_pick (view, room->title_fr, room->title_zh), view_day (view, room->day));
  room_line_draw (view, room, FALSE);
  if (room->peak > 0)
    put_course (view, room);
  if (all > 0) {
    markup_add (view->out, "<h2 class=\"gap\">%s</h2>",
                view_fill (view, N_ ("Speakers and chairs: %s of %s in the building"),
                           view_number (view, there), view_number (view, all)));
    put_cast (view, room);
  }
  stamp_part (view, STAMP_ROOMS);
  exports_page_button (
      view, view_say (view, N_ ("Who is registered, as a table")),
      markup_keep (view->out, g_strconcat ("/exports/people.xlsx?session=", room->session, NULL)));
  markup_add (view->out, "</div>");
}

void sessions_page_draw (const View *view, const char *chosen)
{
  const FiguresRoom *room;

  markup_add (view->out, "<h1>%s</h1>", view_say (view, N_ ("Sessions")));
  stamp_page (view);
  markup_add (view->out, "<div class=\"list gap\"><div class=\"part\">");
  room = put_list (view, chosen);
  markup_add (view->out, "</div><div>");
  if (room != NULL)
    put_session (view, room);
  else
    markup_add (view->out, "<p class=\"soft\">%s</p>", view_say (view, N_ ("Choose a session.")));
  markup_add (view->out, "</div></div>");
}
