#include "office/now_page.h"

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
  const Figures *figures = view->moment->figures;

  if (figures->is_today)
    return view_say (view, today);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return view_fill (view, other, view_day (view, figures->day));
#pragma GCC diagnostic pop
}

static void draw_split (const View *view, gint64 gone, gint64 missing)
{
  markup_add (view->out,
              "<ul class=\"split\" id=\"presence-table\"><li><b>%s</b>%s</li><li><b>%s</b>%s</li>"
              "<li><b>%s</b>%s</li></ul>",
              view_number (view, view->moment->figures->today.inside),
              view_say (view, N_ ("inside")), view_number (view, gone),
              view_say (view, N_ ("gone again")), view_number (view, missing),
              view_say (view, N_ ("not arrived")));
}

static void draw_figure (const View *view)
{
  const Figures *all = view->moment->figures;
  const FiguresDay *figures = &all->today;
  gint64 gone = figures->arrived - figures->inside, missing = figures->missing;
  const ChartBar bar
      = { figures->inside, gone, figures->arrived + missing, INK, 24, "presence-table" };

  markup_add (view->out, "<h1 class=\"h2\">%s</h1><div class=\"one\"><div>",
              !all->way_out ? day_words (view, N_ ("Arrived today"), N_ ("Arrived on %s"))
                            : day_words (view, N_ ("Inside at this moment"), N_ ("Inside on %s")));
  markup_add (view->out, "<p class=\"%s\">%s</p><p class=\"of\">%s</p></div>",
              view_huge (figures->inside), view_number (view, figures->inside),
              figures->expected > 0
                  ? view_fill (view, N_ ("%s of the %s expected"),
                               view_percent (view, figures->inside, figures->expected),
                               view_number (view, figures->expected))
                  : view_say (view, N_ ("Nobody is expected.")));
  markup_add (view->out, "<dl class=\"facts\">");
  fact (view, view_say (view, N_ ("Registered")), all->all.registered);
  fact (view, day_words (view, N_ ("Expected today"), N_ ("Expected on %s")), figures->expected);
  fact (view,
        figures->arrived + missing > 0
            ? view_fill (view, N_ ("Arrived, %s"),
                         view_percent (view, figures->arrived, figures->arrived + missing))
            : view_say (view, N_ ("Arrived")),
        figures->arrived);
  fact (view, view_say (view, N_ ("Passages")), all->passages_of_day);
  fact (view, view_say (view, N_ ("Refused scans")), all->refused_of_day);
  fact (view, view_say (view, N_ ("Badges waiting")), all->badges_waiting);
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
  const Figures *figures = view->moment->figures;
  const FiguresQuarter *peak = figures->quarters->pdata[figures->peak];

  return view_fill (view, N_ ("Peak of %s between %s and %s."), view_number (view, peak->people),
                    view_minutes (view, peak->from_ms),
                    view_minutes (view, peak->from_ms + FIGURES_QUARTER_MS));
}

static void draw_legend (const View *view)
{
  const Figures *figures = view->moment->figures;
  g_autoptr (GArray) order = chart_entrances (figures);

  markup_add (view->out, "<p class=\"soft\">");
  for (guint i = 0; i < order->len && i < ENTRANCES_LISTED; i++) {
    const FiguresEntrance *entrance = figures->entrances->pdata[g_array_index (order, guint, i)];

    markup_add (view->out,
                "<svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" "
                "height=\"12\" fill=\"%s\"/></svg> %s <b>%s</b> &nbsp; ",
                i == 0 ? "#2d3548" : "#7f889e", view_pick (view, entrance->fr, entrance->zh),
                view_number (view, entrance->arrived));
  }
  markup_add (view->out, "%s <b>%s</b></p>", view_say (view, N_ ("together")),
              view_number (view, figures->today.arrived));
}

static void draw_arrivals (const View *view)
{
  const char *sentence;

  markup_add (view->out, "<div class=\"head\"><h2>%s</h2>",
              view_say (view, N_ ("Arrivals by quarter of an hour")));
  if (view->moment->figures->peak < 0) {
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

/* When, of an event to which nobody can have come yet. */
static const char *opens_later (const View *view, const FiguresEvent *event)
{
  const Figures *figures = view->moment->figures;
  g_autoptr (GDateTime) utc = NULL, here = NULL;
  g_autofree char *date = NULL, *today = as_of_day (figures->as_of);

  if (event->opens_ms <= figures->as_of->at_ms || event->count.arrived > 0)
    return NULL;
  utc = g_date_time_new_from_unix_utc (event->opens_ms / 1000);
  here = g_date_time_to_timezone (utc, figures->as_of->zone);
  date = g_date_time_format (here, "%F");
  return strcmp (date, today) == 0
             ? view_fill (view, N_ ("opens at %s"), view_minutes (view, event->opens_ms))
             : view_fill (view, N_ ("opens on %s"), view_day (view, date));
}

static void event_row (const View *view, const FiguresEvent *event)
{
  const char *later = opens_later (view, event), *name = view_pick (view, event->fr, event->zh);

  if (later == NULL)
    figures_row (view, name, event->count.registered, event->count.arrived, event->count.inside);
  else
    markup_add (view->out,
                "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n soft wrap\" "
                "colspan=\"2\">%s</td></tr>",
                name, view_number (view, event->count.registered), later);
}

static void table_heads (const View *view)
{
  markup_add (view->out,
              "<table id=\"events-table\"><thead><tr><td></td><th scope=\"col\" "
              "class=\"n\">%s</th><th scope=\"col\" "
              "class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>",
              view_say (view, N_ ("registered")), view_say (view, N_ ("arrived")),
              view_say (view, N_ ("inside")));
}

static void draw_events (const View *view)
{
  const Figures *figures = view->moment->figures;
  const GPtrArray *events = figures->events;
  gboolean two = events->len >= 2;
  gint64 inside = 0;

  markup_add (view->out, "<h2>%s</h2><p class=\"soft\">%s</p>",
              two ? view_say (view, N_ ("Two events, one badge"))
                  : view_say (view, N_ ("The event")),
              view_say (view, N_ ("Registered, each person counted once")));
  if (two && figures->either.registered > 0)
    chart_events (view, "events-table",
                  view_fill (view, N_ ("%s registered for both"),
                             view_number (view, figures->both_registered)));
  table_heads (view);
  for (guint i = 0; i < events->len; i++) {
    const FiguresEvent *event = events->pdata[i];

    inside += i < 2 ? event->count.inside : 0;
    event_row (view, event);
  }
  if (two) {
    figures_row (view, view_say (view, N_ ("Both")), figures->both_registered,
                 figures->both_arrived, inside - figures->either.inside);
    markup_add (view->out, "</tbody><tfoot>");
    figures_row (view, view_say (view, N_ ("Either")), figures->either.registered,
                 figures->either.arrived, figures->either.inside);
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
  const FiguresDay *sides = view->moment->figures->sides, *one = &sides[FIGURES_FRANCE],
                   *two = &sides[FIGURES_CHINA], *others = &sides[FIGURES_ELSEWHERE];
  const char *sentence = one->expected > 0 && two->expected > 0
                             ? view_fill (view, N_ ("Inside: %s and %s of each side’s expected"),
                                          view_percent (view, one->inside, one->expected),
                                          view_percent (view, two->inside, two->expected))
                             : view_say (view, N_ ("Expected, arrived and inside, side by side"));

  markup_add (view->out, "<h2>%s</h2><p class=\"soft\">%s</p>",
              view_say (view, N_ ("The two sides")), sentence);
  if (one->expected + one->arrived + two->expected + two->arrived > 0)
    chart_sides (view, "sides-table", sentence);
  markup_add (view->out,
              "<table id=\"sides-table\"><thead><tr><th scope=\"col\"><b "
              "class=\"blue\">%s</b></th><td></td>"
              "<th scope=\"col\" class=\"n\"><b class=\"red\">%s</b></th></tr></thead><tbody>",
              view_side (view, FIGURES_FRANCE), view_side (view, FIGURES_CHINA));
  side_row (view, view_say (view, N_ ("expected")), one->expected, two->expected, FALSE);
  side_row (view, view_say (view, N_ ("arrived")), one->arrived, two->arrived, FALSE);
  side_row (view, view_say (view, N_ ("missing")), one->missing, two->missing, FALSE);
  side_row (view, view_say (view, N_ ("inside")), one->inside, two->inside, TRUE);
  markup_add (view->out, "</tbody></table>");
  if (others->expected + others->arrived > 0)
    markup_add (view->out, "<p class=\"stamp\">%s</p>",
                view_fill (view, N_ ("From elsewhere: %s expected, %s arrived, %s inside."),
                           view_number (view, others->expected),
                           view_number (view, others->arrived),
                           view_number (view, others->inside)));
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
  const Figures *figures = view->moment->figures;

  markup_add (view->out, "<h2>%s</h2><div class=\"rule\">", view_say (view, N_ ("Rooms")));
  for (guint i = 0; i < figures->rooms->len; i++)
    if (strcmp (((const FiguresRoom *) figures->rooms->pdata[i])->day, figures->day) == 0)
      room_line_draw (view, figures->rooms->pdata[i], TRUE);
  markup_add (view->out, "</div>");
  stamp_part (view, STAMP_ROOMS);
}

static void draw_services (const View *view)
{
  const GPtrArray *services = view->moment->figures->services;

  markup_add (view->out, "<h2>%s</h2><div class=\"rule\">", view_say (view, N_ ("Services")));
  for (guint i = 0; i < services->len; i++)
    room_line_service (view, services->pdata[i]);
  markup_add (view->out, "</div>");
  stamp_part (view, STAMP_SERVICES);
}

/* What the words mean ---------------------------------------------------------------- */

static void put_meaning (const View *view, const char *word, const char *meaning)
{
  markup_add (view->out, "<dt><b>%s</b></dt><dd>%s</dd>", word, meaning);
}

/* As counts.h and figures.h define them. */
static void put_guide (const View *view)
{
  markup_add (view->out,
              "<details class=\"part guide\" id=\"guide\"><summary class=\"btn\">%s"
              "</summary><dl>",
              view_say (view, N_ ("What each figure means")));
  put_meaning (view, view_say (view, N_ ("registered")),
               view_say (view, N_ ("whose registration stands, on whatever day; expected: those "
                                   "registered for the day that is shown")));
  put_meaning (view, view_say (view, N_ ("arrived")),
               view_say (view, N_ ("admitted at least once at an entrance that day, registered "
                                   "for it or not; each person once")));
  put_meaning (view, view_say (view, N_ ("inside")),
               view_say (view, N_ ("of those who arrived, whose last passage at the entrances was "
                                   "no way out; where ways out are not scanned, it is those who "
                                   "arrived")));
  put_meaning (view, view_say (view, N_ ("missing")),
               view_say (view, N_ ("expected and not arrived, counted person by person")));
  put_meaning (view, view_say (view, N_ ("passages")),
               view_say (view, N_ ("scans that were let through, in or out, everywhere: one person "
                                   "makes many")));
  put_meaning (view, view_say (view, N_ ("late, left half-way")),
               view_say (view, N_ ("of a session: came in first more than ten minutes after its "
                                   "beginning; went out more than ten minutes before its end and "
                                   "is not back")));
  put_meaning (view, view_say (view, N_ ("refused")),
               view_say (view, N_ ("scans that were not let through, codes of nobody among them")));
  markup_add (view->out, "</dl></details>");
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
  put_guide (view);
}
