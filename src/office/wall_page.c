#include "office/wall_page.h"

#include "office/chart.h"
#include "office/page_layout.h"
#include "office/room_line.h"
#include "office/web_icon.h"

#include <string.h>

/* What stands to the right, in tenths of the wall's size of type: beyond it nothing more fits. */
#define ROOMS_HEIGHT 163
#define ROOM_HEIGHT 44
#define BEGIN_HEIGHT 18
#define AHEAD_HEIGHT 13
#define REST_HEIGHT 16
#define SOON_MS (60 * 60 * 1000LL)

static const char *both (const View *view, const char *msgid, PageLanguage language)
{
  return page_language_say (language, msgid);
}

static void put_pair (const View *view, const char *msgid)
{
  markup_add (view->out, "%s <span lang=\"%s\">%s</span>", both (view, msgid, PAGE_LANGUAGE_FIRST),
              page_language_tag (PAGE_LANGUAGE_SECOND), both (view, msgid, PAGE_LANGUAGE_SECOND));
}

static const char *number (const View *view, gint64 value)
{
  /* One writing for both. */
  return markup_keep (view->out, page_language_number (PAGE_LANGUAGE_FIRST, value));
}

/* In one of the two languages of the wall. */
static const char *filled (const View *view, PageLanguage language, const char *msgid,
                           const char *one, const char *two)
{
  const char *format = page_language_say (language, msgid);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return markup_keep (view->out, two != NULL ? g_strdup_printf (format, one, two)
                                             : g_strdup_printf (format, one));
#pragma GCC diagnostic pop
}

/* Left: the number ------------------------------------------------------------------- */

/* Of which day it is. */
static void put_day (const View *view)
{
  for (guint t = 0; t < PAGE_LANGUAGE_SOURCE; t++)
    markup_add (
        view->out, "<p lang=\"%s\">%s</p>", page_language_tag ((PageLanguage) t),
        markup_keep (view->out, page_language_day ((PageLanguage) t, view->moment->figures->day)));
}

static void draw_number (const View *view)
{
  const FiguresDay *figures = &view->moment->figures->today;

  markup_add (view->out, "<h1 class=\"h2\">");
  put_pair (view, view->moment->figures->way_out ? N_ ("Inside") : N_ ("Arrived"));
  markup_add (view->out, "</h1><p class=\"%s\">%s</p>", view_huge (figures->inside),
              number (view, figures->inside));
  if (!view->moment->figures->is_today)
    put_day (view);
  for (guint t = 0; t < PAGE_LANGUAGE_SOURCE; t++) {
    g_autofree char *percent
        = page_language_percent ((PageLanguage) t, figures->inside, MAX (figures->expected, 1));

    markup_add (view->out, "<p lang=\"%s\">%s</p>", page_language_tag ((PageLanguage) t),
                figures->expected > 0
                    ? filled (view, (PageLanguage) t, N_ ("%s of the %s expected"), percent,
                              number (view, figures->expected))
                    : page_language_say ((PageLanguage) t, N_ ("Nobody is expected.")));
  }
}

/* Right: rooms ----------------------------------------------------------------------- */

/* That goes on, or begins within the hour. */
static gboolean is_shown (const View *view, const FiguresRoom *room)
{
  gint64 now = view->moment->figures->as_of->at_ms;

  return room->capacity > 0 && figures_room_is_counted (room) && room->from_ms > 0
         && now < room->to_ms && now > room->from_ms - SOON_MS;
}

/* FiguresRoom, borrowed. Free with g_ptr_array_unref(). */
static GPtrArray *shown_rooms (const View *view)
{
  const GPtrArray *rooms = view->moment->figures->rooms;
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < rooms->len; i++)
    if (is_shown (view, rooms->pdata[i]))
      g_ptr_array_add (shown, rooms->pdata[i]);
  return shown;
}

static void put_begin (const View *view, const FiguresRoom *room)
{
  gint64 ahead = room->from_ms - view->moment->figures->as_of->at_ms;

  markup_add (view->out, "<h2>%s</h2><p>", view_minutes (view, room->from_ms));
  for (guint t = 0; t < PAGE_LANGUAGE_SOURCE && ahead > 0; t++) {
    g_autofree char *span = page_language_span ((PageLanguage) t, ahead);

    markup_add (view->out, "<span lang=\"%s\">%s</span> &nbsp; ",
                page_language_tag ((PageLanguage) t),
                filled (view, (PageLanguage) t, N_ ("in %s"), span, NULL));
  }
  markup_add (view->out, "</p>");
}

static guint begin_height (const View *view, const FiguresRoom *room)
{
  return BEGIN_HEIGHT + (room->from_ms > view->moment->figures->as_of->at_ms ? AHEAD_HEIGHT : 0);
}

static void put_room (const View *view, const FiguresRoom *room)
{
  FiguresRoomState state = room->state;
  const char *name = room->session[0] != '\0' ? room->session : room->fr;
  static const char *const COLOURS[] = { "#1d7a4f", "#8a5300", "#14181f" };
  static const char *const CLASSES[] = { "yes", "warn", "" };
  static const WebIcon ICONS[] = { WEB_ICON_GOOD, WEB_ICON_WARN, WEB_ICON_FULL };
  const ChartBar bar
      = { room->inside,   0,  room->capacity,
          COLOURS[state], 20, markup_keep (view->out, g_strconcat ("room-", room->id, NULL)) };

  markup_add (view->out,
              "<div class=\"wr\"><p><span><b>%s</b> %s</span><span id=\"%s\"><b class=\"x\">%s</b> "
              "/ %s</span></p>",
              name, room->room, bar.table, number (view, room->inside),
              number (view, room->capacity));
  chart_bar (view, &bar, name);
  markup_add (view->out, "<p class=\"%s\"><b>", CLASSES[state]);
  web_icon_draw (view->out, ICONS[state]);
  markup_add (view->out, " ");
  put_pair (view, room_line_word (state));
  markup_add (view->out, "</b></p></div>");
}

/* How many there are beside those that stand here: none is dropped without a word. */
static void put_rest (const View *view, guint count)
{
  markup_add (view->out, "<p class=\"soft\" id=\"wall-rest\">");
  for (guint t = 0; t < PAGE_LANGUAGE_SOURCE; t++) {
    View one = *view;

    one.language = (PageLanguage) t;
    markup_add (view->out, "<span lang=\"%s\">%s</span> ", page_language_tag (one.language),
                view_count (&one, "and %s more room", "and %s more rooms", count));
  }
  markup_add (view->out, "</p>");
}

static void draw_rooms (const View *view)
{
  g_autoptr (GPtrArray) shown = shown_rooms (view);
  gint64 begins = -1;
  guint height = 0;

  for (guint i = 0; i < shown->len; i++) {
    const FiguresRoom *room = shown->pdata[i];
    guint left = i + 1 < shown->len ? REST_HEIGHT : 0;

    height += ROOM_HEIGHT + (room->from_ms != begins ? begin_height (view, room) : 0);
    if (height + left > ROOMS_HEIGHT) {
      put_rest (view, shown->len - i);
      return;
    }
    if (room->from_ms != begins)
      put_begin (view, room);
    begins = room->from_ms;
    put_room (view, room);
  }
}

/* The page --------------------------------------------------------------------------- */

const PagePart WALL_PAGE_PARTS[] = {
  { "wall-number", draw_number },
  { "wall-rooms", draw_rooms },
  { NULL, NULL },
};

/* “at 13:44:52, 1 s ago” */
static void put_age (const View *view, PageLanguage language)
{
  g_autofree char *clock = page_language_clock (view->moment->figures->as_of->at_ms,
                                                view->moment->figures->as_of->zone);

  markup_add (view->out, "<span lang=\"%s\"><span class=\"%s\" data-at=\"%s\">%s</span>",
              page_language_tag (language), language == PAGE_LANGUAGE_FIRST ? "live" : "",
              page_language_say (language, "at %s"),
              filled (view, language, N_ ("at %s"), clock, NULL));
  markup_add (view->out, "<span data-age=\"%s\" data-s=\"%s\" data-m=\"%s\"></span></span>",
              page_language_say (language, N_ (", %s ago")), page_language_say (language, "%s s"),
              page_language_say (language, "%s min"));
}

void wall_page_draw (const View *view)
{
  const Programme *programme = view->moment->figures->programme;

  markup_add (view->out,
              "<main class=\"wall\" id=\"main\"><header><span lang=\"%s\">%s</span>"
              "<span lang=\"%s\">%s</span></header>",
              page_language_tag (PAGE_LANGUAGE_FIRST), programme->fr,
              page_language_tag (PAGE_LANGUAGE_SECOND), programme->zh);
  markup_add (view->out, "<div class=\"both\">");
  page_part_put (view, WALL_PAGE_PARTS, "wall-number", "");
  page_part_put (view, WALL_PAGE_PARTS, "wall-rooms", "");
  markup_add (view->out, "</div><footer>");
  put_age (view, PAGE_LANGUAGE_FIRST);
  page_layout_logos (view);
  put_age (view, PAGE_LANGUAGE_SECOND);
  markup_add (view->out, "</footer>");
}
