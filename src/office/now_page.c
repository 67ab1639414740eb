#include "office/now_page.h"

#include "congress/programme.h"
#include "office/chart.h"
#include "office/room_line.h"
#include "office/stamp.h"
#include "office/todo.h"

#include <string.h>

#define INK "#14181f"
#define ENTRANCES_LISTED 4

/* The one number --------------------------------------------------------------------- */

static void fact (const View *view, const char *name, gint64 number)
{
  markup_add (view->out, "<div><dt>%s</dt><dd>%s</dd></div>", name, view_number (view, number));
}

/* Of today, or of the day that is shown. */
static const char *day_words (const View *view, const char *today, const char *other)
{
  const Overview *overview = view->moment->overview;

  if (overview->today)
    return view_say (view, today);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return view_fill (view, other, view_day (view, overview->day));
#pragma GCC diagnostic pop
}

static void draw_split (const View *view, gint64 gone, gint64 missing)
{
  markup_add (view->out,
              "<ul class=\"split\"><li><b>%s</b>%s</li><li><b>%s</b>%s</li>"
              "<li><b>%s</b>%s</li></ul>",
              view_number (view, view->moment->overview->figures.inside),
              view_say (view, N_ ("inside")), view_number (view, gone),
              view_say (view, N_ ("gone again")), view_number (view, missing),
              view_say (view, N_ ("not arrived")));
}

static void draw_figure (const View *view)
{
  const Overview *overview = view->moment->overview;
  const OverviewFigures *figures = &overview->figures;
  gint64 gone = figures->arrived - figures->inside,
         missing = MAX (figures->expected - figures->arrived, 0);
  const ChartBar bar
      = { figures->inside, gone, MAX (figures->expected, figures->arrived), INK, 24 };

  markup_add (view->out, "<h1 class=\"h2\">%s</h1><div class=\"one\"><div>",
              day_words (view, N_ ("Inside at this moment"), N_ ("Inside on %s")));
  markup_add (view->out, "<p class=\"huge\">%s</p><p class=\"of\">%s</p></div>",
              view_number (view, figures->inside),
              view_fill (view, N_ ("%s of the %s expected"),
                         view_percent (view, figures->inside, figures->expected),
                         view_number (view, figures->expected)));
  markup_add (view->out, "<dl class=\"facts\">");
  fact (view, day_words (view, N_ ("Expected today"), N_ ("Expected on %s")), figures->expected);
  fact (
      view,
      view_fill (view, N_ ("Arrived, %s"),
                 view_percent (view, figures->arrived, MAX (figures->expected, figures->arrived))),
      figures->arrived);
  fact (view, view_say (view, N_ ("Refused scans")), overview->refused);
  fact (view, view_say (view, N_ ("Badges waiting")), overview->events->badges_waiting);
  markup_add (view->out, "</dl></div>");
  chart_bar (view, &bar,
             view_fill (view, N_ ("%s inside, %s gone again, %s not arrived"),
                        view_number (view, figures->inside), view_number (view, gone),
                        view_number (view, missing)));
  draw_split (view, gone, missing);
  stamp_page (view);
}

/* What needs a person ---------------------------------------------------------------- */

static void draw_todo (const View *view)
{
  guint count = todo_count (view);

  markup_add (view->out, "<h2>%s%s</h2>", view_say (view, N_ ("To be done")),
              count > 0 ? view_fill (view, " · %s", view_number (view, count)) : "");
  todo_draw (view);
}

/* Arrivals --------------------------------------------------------------------------- */

static const char *peak_sentence (const View *view)
{
  const Overview *overview = view->moment->overview;
  guint peak = 0;
  gint64 from;

  for (guint i = 1; i < overview->quarters; i++)
    if (overview_arrivals (overview, i, G_MAXUINT) > overview_arrivals (overview, peak, G_MAXUINT))
      peak = i;
  from = overview->first_quarter_ms + (gint64) peak * OVERVIEW_QUARTER_MS;
  return view_fill (view, N_ ("Peak of %s between %s and %s."),
                    view_number (view, overview_arrivals (overview, peak, G_MAXUINT)),
                    view_minutes (view, from), view_minutes (view, from + OVERVIEW_QUARTER_MS));
}

static void draw_legend (const View *view)
{
  const Overview *overview = view->moment->overview;

  markup_add (view->out, "<p class=\"soft\">");
  for (guint i = 0; i < overview->entrances->len && i < ENTRANCES_LISTED; i++) {
    const OverviewEntrance *entrance = overview->entrances->pdata[i];

    markup_add (view->out,
                "<svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" "
                "height=\"12\" fill=\"%s\"/></svg> %s <b>%s</b> &nbsp; ",
                i == 0 ? "#2d3548" : "#7f889e", view_pick (view, entrance->fr, entrance->zh),
                view_number (view, entrance->arrivals));
  }
  markup_add (view->out, "%s <b>%s</b></p>", view_say (view, N_ ("together")),
              view_number (view, overview->figures.arrived));
}

static void draw_arrivals (const View *view)
{
  const Overview *overview = view->moment->overview;
  const char *sentence;

  markup_add (view->out, "<div class=\"head\"><h2>%s</h2>",
              view_say (view, N_ ("Arrivals by quarter of an hour")));
  if (overview->quarters == 0) {
    markup_add (view->out, "</div><p class=\"soft\">%s</p>",
                view_say (view, N_ ("Nobody has arrived yet.")));
    stamp_part (view, STAMP_ENTRANCES);
    return;
  }
  markup_add (view->out,
              "<span class=\"switch\"><label for=\"as-c\">%s</label><label for=\"as-t\">%s</label>"
              "</span></div>",
              view_say (view, N_ ("Chart")), view_say (view, N_ ("Table")));
  sentence = peak_sentence (view);
  markup_add (view->out, "<p>%s</p><div class=\"chart\">", sentence);
  draw_legend (view);
  markup_add (view->out, "<div class=\"wide\">");
  chart_arrivals (view, 752, sentence);
  markup_add (view->out, "</div><div class=\"narrow\">");
  chart_arrivals (view, 342, sentence);
  markup_add (view->out,
              "</div></div><div class=\"grid scroll\" tabindex=\"0\" role=\"region\" "
              "aria-label=\"%s\">",
              view_say (view, N_ ("Arrivals by quarter of an hour")));
  chart_arrivals_table (view);
  markup_add (view->out, "</div>");
  stamp_part (view, STAMP_ENTRANCES);
}

/* Events and sides ------------------------------------------------------------------- */

static void figures_row (const View *view, const char *name, gint64 registered, gint64 arrived,
                         gint64 inside)
{
  markup_add (view->out,
              "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td>"
              "<td class=\"n\"><b>%s</b></td></tr>",
              name, view_number (view, registered), view_number (view, arrived),
              view_number (view, inside));
}

/* Whether a day of the event has come. */
static const char *opens_later (const View *view, const CountsRow *row)
{
  const Overview *overview = view->moment->overview;
  const ProgrammeEntry *event = programme_event (overview->programme, row->id);
  const char *first = event != NULL && event->days != NULL && event->days[0] != NULL
                          ? days_date_of (overview->programme->days, event->days[0])
                          : NULL;

  return first != NULL && strcmp (first, overview->day) > 0 && row->arrived == 0
             ? view_fill (view, N_ ("opens on the %s"), event->days[0])
             : NULL;
}

static void event_row (const View *view, const CountsRow *row)
{
  const char *later = opens_later (view, row);

  if (later == NULL)
    figures_row (view, view_pick (view, row->fr, row->zh), row->registered, row->arrived,
                 row->inside);
  else
    markup_add (view->out,
                "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n soft\" "
                "colspan=\"2\">%s</td></tr>",
                view_pick (view, row->fr, row->zh), view_number (view, row->registered), later);
}

static void table_heads (const View *view)
{
  markup_add (view->out,
              "<table><thead><tr><td></td><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" "
              "class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>",
              view_say (view, N_ ("registered")), view_say (view, N_ ("arrived")),
              view_say (view, N_ ("inside")));
}

static void draw_events (const View *view)
{
  const Overview *overview = view->moment->overview;
  const Counts *events = overview->events;
  gboolean two = events->rows->len >= 2;
  gint64 inside = 0;

  markup_add (view->out, "<h2>%s</h2><p class=\"soft\">%s</p>",
              two ? view_say (view, N_ ("Two events, one badge"))
                  : view_say (view, N_ ("The event")),
              view_say (view, N_ ("Registered, each person counted once")));
  if (two)
    chart_events (view, view_fill (view, N_ ("%s registered for both"),
                                   view_number (view, overview->registered_both)));
  table_heads (view);
  for (guint i = 0; i < events->rows->len; i++) {
    const CountsRow *row = events->rows->pdata[i];

    inside += i < 2 ? row->inside : 0;
    event_row (view, row);
  }
  if (two) {
    figures_row (view, view_say (view, N_ ("Both")), overview->registered_both, events->both_events,
                 inside - events->inside);
    markup_add (view->out, "</tbody><tfoot>");
    figures_row (view, view_say (view, N_ ("Either")), overview->registered_either,
                 events->both_events + events->only_first + events->only_second, events->inside);
    markup_add (view->out, "</tfoot></table>");
  } else
    markup_add (view->out, "</tbody></table>");
  stamp_part (view, STAMP_ENTRANCES);
}

static void side_row (const View *view, const char *name, gint64 one, gint64 two, gboolean strong)
{
  markup_add (view->out, "<tr><td>");
  markup_add (view->out, strong ? "<b>%s</b>" : "%s", view_number (view, one));
  markup_add (view->out, "</td><th scope=\"row\" class=\"mid\">");
  markup_add (view->out, strong ? "<b>%s</b>" : "%s", name);
  markup_add (view->out, "</th><td class=\"n\">");
  markup_add (view->out, strong ? "<b>%s</b>" : "%s", view_number (view, two));
  markup_add (view->out, "</td></tr>");
}

static void draw_sides (const View *view)
{
  const GPtrArray *sides = view->moment->overview->sides;
  const OverviewGroup *one = sides->pdata[0], *two = sides->pdata[1];
  const char *sentence
      = view_fill (view, N_ ("Inside: %s and %s of each side’s expected"),
                   view_percent (view, one->figures.inside, MAX (one->figures.expected, 1)),
                   view_percent (view, two->figures.inside, MAX (two->figures.expected, 1)));

  markup_add (view->out, "<h2>%s</h2><p class=\"soft\">%s</p>",
              view_say (view, N_ ("The two sides")), sentence);
  chart_sides (view, sentence);
  markup_add (view->out,
              "<table><thead><tr><th scope=\"col\"><b class=\"blue\">%s</b></th><td></td>"
              "<th scope=\"col\" class=\"n\"><b class=\"red\">%s</b></th></tr></thead><tbody>",
              view_pick (view, one->fr, one->zh), view_pick (view, two->fr, two->zh));
  side_row (view, view_say (view, N_ ("expected")), one->figures.expected, two->figures.expected,
            FALSE);
  side_row (view, view_say (view, N_ ("arrived")), one->figures.arrived, two->figures.arrived,
            FALSE);
  side_row (view, view_say (view, N_ ("inside")), one->figures.inside, two->figures.inside, TRUE);
  markup_add (view->out, "</tbody></table>");
  if (sides->len > 2) {
    const OverviewGroup *others = sides->pdata[2];

    markup_add (view->out, "<p class=\"stamp\">%s</p>",
                view_fill (view, N_ ("From elsewhere: %s expected, %s arrived, %s inside."),
                           view_number (view, others->figures.expected),
                           view_number (view, others->figures.arrived),
                           view_number (view, others->figures.inside)));
  }
}

static void draw_pair (const View *view)
{
  markup_add (view->out, "<div>");
  draw_events (view);
  markup_add (view->out, "</div><div>");
  draw_sides (view);
  markup_add (view->out, "</div>");
}

/* Rooms and services ----------------------------------------------------------------- */

static void draw_rooms (const View *view)
{
  const Overview *overview = view->moment->overview;

  markup_add (view->out, "<h2>%s</h2><div class=\"rule\">", view_say (view, N_ ("Rooms")));
  for (guint i = 0; i < overview->rooms->len; i++)
    if (strcmp (((const OverviewRoom *) overview->rooms->pdata[i])->day, overview->day) == 0)
      room_line_draw (view, overview->rooms->pdata[i]);
  markup_add (view->out, "</div>");
  stamp_part (view, STAMP_SESSIONS);
}

static void draw_services (const View *view)
{
  const Overview *overview = view->moment->overview;

  markup_add (view->out, "<h2>%s</h2><div class=\"rule\">", view_say (view, N_ ("Services")));
  for (guint i = 0; i < overview->services->len; i++)
    room_line_service (view, overview->services->pdata[i]);
  markup_add (view->out, "</div>");
  stamp_part (view, STAMP_SERVICES);
}

/* The page --------------------------------------------------------------------------- */

const PagePart NOW_PAGE_PARTS[] = {
  { "figure", draw_figure },
  { "todo", draw_todo },
  { "arrivals", draw_arrivals },
  { "pair", draw_pair },
  { "rooms", draw_rooms },
  { "services", draw_services },
  { NULL, NULL },
};

void now_page_draw (const View *view)
{
  Markup *out = view->out;

  markup_add (out, "<div class=\"cols\"><div>");
  page_part_put (view, NOW_PAGE_PARTS, "figure", "part o1");
  markup_add (out,
              "<div class=\"part o3\"><input class=\"sr\" type=\"radio\" name=\"as\" id=\"as-c\" "
              "aria-label=\"%s\" checked><input class=\"sr\" type=\"radio\" name=\"as\" "
              "id=\"as-t\" aria-label=\"%s\">",
              view_say (view, N_ ("Chart")), view_say (view, N_ ("Table")));
  page_part_put (view, NOW_PAGE_PARTS, "arrivals", "");
  markup_add (out, "</div>");
  page_part_put (view, NOW_PAGE_PARTS, "pair", "part pair o4");
  markup_add (out, "</div><div>");
  page_part_put (view, NOW_PAGE_PARTS, "todo", "part o2");
  page_part_put (view, NOW_PAGE_PARTS, "rooms", "part o5");
  page_part_put (view, NOW_PAGE_PARTS, "services", "part o6");
  markup_add (out, "</div></div>");
}
