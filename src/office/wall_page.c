#include "office/wall_page.h"

#include "office/chart.h"
#include "office/room_line.h"
#include "office/web_icon.h"

#include <string.h>

#define ROOMS_MAX 3
#define SOON_MS (60 * 60 * 1000LL)

static const char *both (const View *view, const char *msgid, Tongue tongue)
{
  return tongue_say (tongue, msgid);
}

static void put_pair (const View *view, const char *msgid)
{
  markup_add (view->out, "%s <span lang=\"%s\">%s</span>", both (view, msgid, TONGUE_FIRST),
              tongue_tag (TONGUE_SECOND), both (view, msgid, TONGUE_SECOND));
}

static const char *number (const View *view, gint64 value)
{
  /* One writing for both. */
  return markup_keep (view->out, tongue_number (TONGUE_FIRST, value));
}

/* In one of the two languages of the wall. */
static const char *filled (const View *view, Tongue tongue, const char *msgid, const char *one,
                           const char *two)
{
  const char *format = tongue_say (tongue, msgid);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return markup_keep (view->out, two != NULL ? g_strdup_printf (format, one, two)
                                             : g_strdup_printf (format, one));
#pragma GCC diagnostic pop
}

/* Left: the number ------------------------------------------------------------------- */

static void draw_number (const View *view)
{
  const OverviewFigures *figures = &view->moment->overview->figures;

  markup_add (view->out, "<h1 class=\"h2\">");
  put_pair (view, N_ ("Inside"));
  markup_add (view->out, "</h1><p class=\"huge\">%s</p>", number (view, figures->inside));
  for (guint t = 0; t < TONGUE_SOURCE; t++) {
    g_autofree char *percent
        = tongue_percent ((Tongue) t, figures->inside, MAX (figures->expected, 1));

    markup_add (view->out, "<p lang=\"%s\">%s</p>", tongue_tag ((Tongue) t),
                filled (view, (Tongue) t, N_ ("%s of the %s expected"), percent,
                        number (view, figures->expected)));
  }
}

/* Right: rooms ----------------------------------------------------------------------- */

/* That goes on, or begins within the hour. */
static gboolean is_shown (const View *view, const OverviewRoom *room)
{
  gint64 now = view->moment->overview->at_ms;

  return room->capacity > 0 && room->opens_ms > 0 && now < room->closes_ms
         && now > room->opens_ms - SOON_MS;
}

static void put_begin (const View *view, const OverviewRoom *room)
{
  gint64 ahead = room->opens_ms - view->moment->overview->at_ms;

  markup_add (view->out, "<h2>%s</h2><p>", view_minutes (view, room->opens_ms));
  for (guint t = 0; t < TONGUE_SOURCE && ahead > 0; t++) {
    g_autofree char *span = tongue_span ((Tongue) t, ahead);

    markup_add (view->out, "<span lang=\"%s\">%s</span> &nbsp; ", tongue_tag ((Tongue) t),
                filled (view, (Tongue) t, N_ ("in %s"), span, NULL));
  }
  markup_add (view->out, "</p>");
}

static void put_room (const View *view, const OverviewRoom *room)
{
  RoomLineState state = room_line_state (room);
  static const char *const COLOURS[] = { "#1d7a4f", "#8a5300", "#14181f" };
  static const char *const CLASSES[] = { "yes", "warn", "" };
  static const WebIcon ICONS[] = { WEB_ICON_GOOD, WEB_ICON_WARN, WEB_ICON_FULL };
  const ChartBar bar = { room->inside, 0, room->capacity, COLOURS[state], 20 };

  markup_add (view->out,
              "<div class=\"wr\"><p><span><b>%s</b> %s</span><span><b class=\"x\">%s</b> "
              "/ %s</span></p>",
              room->id, room->room, number (view, room->inside), number (view, room->capacity));
  chart_bar (view, &bar, room->id);
  markup_add (view->out, "<p class=\"%s\"><b>", CLASSES[state]);
  web_icon_draw (view->out, ICONS[state]);
  markup_add (view->out, " ");
  put_pair (view, room_line_word (state));
  markup_add (view->out, "</b></p></div>");
}

static void draw_rooms (const View *view)
{
  const GPtrArray *rooms = view->moment->overview->rooms;
  gint64 begins = -1;
  guint shown = 0;

  for (guint i = 0; i < rooms->len && shown < ROOMS_MAX; i++) {
    const OverviewRoom *room = rooms->pdata[i];

    if (!is_shown (view, room))
      continue;
    if (room->opens_ms != begins)
      put_begin (view, room);
    begins = room->opens_ms;
    put_room (view, room);
    shown++;
  }
}

/* The page --------------------------------------------------------------------------- */

const PagePart WALL_PAGE_PARTS[] = {
  { "wall-number", draw_number },
  { "wall-rooms", draw_rooms },
  { NULL, NULL },
};

/* “at 13:44:52, 1 s ago” */
static void put_age (const View *view, Tongue tongue)
{
  g_autofree char *clock
      = tongue_clock (view->moment->overview->at_ms, view->moment->overview->zone);

  markup_add (view->out, "<span lang=\"%s\"><span class=\"%s\" data-at=\"%s\">%s</span>",
              tongue_tag (tongue), tongue == TONGUE_FIRST ? "live" : "",
              tongue_say (tongue, "at %s"), filled (view, tongue, N_ ("at %s"), clock, NULL));
  markup_add (view->out, "<span data-age=\"%s\" data-s=\"%s\" data-m=\"%s\"></span></span>",
              tongue_say (tongue, N_ (", %s ago")), tongue_say (tongue, "%s s"),
              tongue_say (tongue, "%s min"));
}

void wall_page_draw (const View *view)
{
  const Programme *programme = view->moment->overview->programme;

  markup_add (view->out,
              "<main class=\"wall\" id=\"main\"><header><span lang=\"%s\">%s</span>"
              "<span lang=\"%s\">%s</span></header>",
              tongue_tag (TONGUE_FIRST), programme->fr, tongue_tag (TONGUE_SECOND), programme->zh);
  markup_add (view->out, "<div class=\"both\">");
  page_part_put (view, WALL_PAGE_PARTS, "wall-number", "");
  page_part_put (view, WALL_PAGE_PARTS, "wall-rooms", "");
  markup_add (view->out, "</div><footer>");
  put_age (view, TONGUE_FIRST);
  put_age (view, TONGUE_SECOND);
  markup_add (view->out, "</footer>");
}
