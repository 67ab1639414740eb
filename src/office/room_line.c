#include "office/room_line.h"

#include "office/chart.h"
#include "office/web_icon.h"

static const struct {
  const char *word, *colour, *class_name;
  WebIcon icon;
} STATES[] = {
  [FIGURES_ROOM_FREE] = { N_ ("places left"), "#1d7a4f", "yes", WEB_ICON_GOOD },
  [FIGURES_ROOM_NEARLY_FULL] = { N_ ("almost full"), "#8a5300", "warn", WEB_ICON_WARN },
  [FIGURES_ROOM_FULL] = { N_ ("full"), "#14181f", "", WEB_ICON_FULL },
};

const char *room_line_word (FiguresRoomState state)
{
  return STATES[state].word;
}

/* Its sign and word, in its colour. */
static void put_state (const View *view, FiguresRoomState state)
{
  markup_add (view->out, "<b class=\"%s\">", STATES[state].class_name);
  web_icon_draw (view->out, STATES[state].icon);
  markup_add (view->out, " %s</b>", view_say (view, STATES[state].word));
}

static void put_second_line (const View *view, const FiguresRoom *room)
{
  gint64 ahead = room->from_ms - view->moment->figures->as_of->at_ms;
  const char *between = "";

  if (room->room[0] != '\0') {
    markup_add (view->out, "%s", room->room);
    between = " · ";
  }
  if (room->from_ms > 0) {
    markup_add (view->out, "%s%s–%s", between, view_minutes (view, room->from_ms),
                view_minutes (view, room->to_ms));
    between = " · ";
  }
  if (ahead > 0 && ahead < 60 * 60 * 1000)
    markup_add (view->out, "%s%s", view_say (view, N_ (", ")),
                view_fill (view, N_ ("in %s"), view_span (view, ahead)));
  if (room->registered > 0)
    markup_add (view->out, "%s%s", between,
                view_count (view, "%s registered", "%s registered", room->registered));
}

static void put_over (const View *view, const FiguresRoom *room)
{
  markup_add (view->out, "<span class=\"soft\">");
  web_icon_draw (view->out, WEB_ICON_CHECK);
  markup_add (view->out, " %s</span></p><p class=\"soft\"><span>", view_say (view, N_ ("over")));
  put_second_line (view, room);
  markup_add (view->out, "</span><span>%s</span></p>",
              room->peak > 0
                  ? view_fill (view, N_ ("peak %s at %s"), view_number (view, room->peak),
                               view_minutes (view, room->peak_ms))
                  : "");
}

/* Of one without so many seats: the number alone, beside its name. */
static void put_plain (const View *view, const FiguresRoom *room, const char *id)
{
  markup_add (view->out, "<b id=\"%s\">%s</b></p><p class=\"soft\"><span>", id,
              figures_room_is_counted (room) ? view_number (view, room->inside) : "");
  put_second_line (view, room);
  markup_add (view->out, "</span></p>");
}

static void put_seats (const View *view, const FiguresRoom *room, const ChartBar *bar)
{
  const char *numbers = view_fill (view, N_ ("%s of %s"), view_number (view, room->inside),
                                   view_number (view, room->capacity));

  put_state (view, room->state);
  markup_add (view->out, "</p><p><span class=\"soft\">");
  put_second_line (view, room);
  markup_add (view->out, "</span><b id=\"%s\">%s</b></p>", bar->table, numbers);
  chart_bar (view, bar, numbers);
}

void room_line_draw (const View *view, const FiguresRoom *room, gboolean named)
{
  const ChartBar bar = { room->inside,
                         0,
                         room->capacity,
                         STATES[room->state].colour,
                         8,
                         markup_keep (view->out, g_strconcat ("room-", room->id, NULL)) };

  markup_add (view->out, "<div class=\"room\"><p>");
  if (!named)
    markup_add (view->out, "<span></span>");
  else if (room->session[0] != '\0')
    markup_add (view->out, "<b>%s · %s</b>", room->session,
                view_pick (view, room->title_fr, room->title_zh));
  else
    markup_add (view->out, "<b>%s</b>", view_pick (view, room->fr, room->zh));
  if (room->to_ms > 0 && view->moment->figures->as_of->at_ms >= room->to_ms)
    put_over (view, room);
  else if (room->capacity > 0 && figures_room_is_counted (room))
    put_seats (view, room, &bar);
  else
    put_plain (view, room, bar.table);
  markup_add (view->out, "</div>");
}

static const char *what_is_counted (const View *view, CheckpointKind kind)
{
  if (kind == CHECKPOINT_MEAL)
    return view_say (view, N_ ("served"));
  return kind == CHECKPOINT_HEADSET ? view_say (view, N_ ("headsets out"))
                                    : view_say (view, N_ ("passengers of the day"));
}

const char *room_line_service_name (const View *view, const FiguresService *service)
{
  return service->id[0] != '\0' ? view_pick (view, service->fr, service->zh)
                                : view_say (view, N_ ("Headsets of another desk"));
}

void room_line_service (const View *view, const FiguresService *service)
{
  gint64 whole = figures_service_whole (service);

  markup_add (view->out, "<div class=\"room\"><p><b>%s</b><b>%s</b></p>",
              room_line_service_name (view, service),
              whole > 0 ? view_fill (view, N_ ("%s of %s"), view_number (view, service->served),
                                     view_number (view, whole))
                        : view_number (view, service->served));
  markup_add (view->out, "<p class=\"soft\"><span>%s</span><span>%s</span></p></div>",
              what_is_counted (view, service->kind),
              whole > 0 ? view_percent (view, service->served, whole) : "");
}
