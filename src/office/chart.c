#include "office/chart.h"

#include <string.h>

#define INK "#14181f"
#define SOFT "#4a5364"
#define DATA "#2d3548"
#define DATA2 "#7f889e"
#define EDGE "#7f889e"
#define BLUE "#1f3a93"
#define RED "#c8102e"

#define BAR_UNITS 752

/* @table: the id of the element that has the same numbers. */
static void open_svg (const View *view, guint width, guint height, const char *table,
                      const char *label)
{
  markup_add (view->out,
              "<svg class=\"c\" viewBox=\"0 0 %u %u\" role=\"img\" aria-details=\"%s\" "
              "aria-label=\"%s\">",
              width, height, table, label);
}

static void rect (const View *view, gint64 x, gint64 y, gint64 width, gint64 height,
                  const char *colour)
{
  if (width > 0 && height > 0)
    markup_add (view->out,
                "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%lld\" fill=\"%s\"/>",
                (long long) x, (long long) y, (long long) width, (long long) height, colour);
}

/* A rectangle that says how many it stands for. */
static void mark (const View *view, gint64 x, gint64 y, gint64 width, gint64 height,
                  const char *colour, gint64 number)
{
  if (width > 0 && height > 0)
    markup_add (view->out,
                "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%lld\" "
                "fill=\"%s\"><title>%s</title></rect>",
                (long long) x, (long long) y, (long long) width, (long long) height, colour,
                view_number (view, number));
}

static void outline (const View *view, gint64 x, gint64 y, gint64 width, gint64 height)
{
  markup_add (view->out,
              "<rect x=\"%lld.5\" y=\"%lld.5\" width=\"%lld\" height=\"%lld\" fill=\"none\" "
              "stroke=\"" EDGE "\"/>",
              (long long) x, (long long) y, (long long) MAX (width - 1, 0),
              (long long) (height - 1));
}

static void text (const View *view, gint64 x, gint64 y, const char *anchor, const char *colour,
                  gboolean bold, const char *what)
{
  markup_add (view->out,
              "<text x=\"%lld\" y=\"%lld\" text-anchor=\"%s\" fill=\"%s\" class=\"%s\">%s</text>",
              (long long) x, (long long) y, anchor, colour, bold ? "b" : "", what);
}

/* @part of @whole in @units, never nothing for something. */
static gint64 share (gint64 part, gint64 whole, gint64 units)
{
  if (whole <= 0 || part <= 0)
    return 0;
  return CLAMP ((part * units + whole / 2) / whole, 2, units);
}

/* Bars ------------------------------------------------------------------------------- */

void chart_bar (const View *view, const ChartBar *bar, const char *label)
{
  gint64 part = share (bar->part, bar->whole, BAR_UNITS),
         rest = MIN (share (bar->rest, bar->whole, BAR_UNITS), BAR_UNITS - part);

  markup_add (view->out,
              "<svg class=\"c bar\" viewBox=\"0 0 %u %u\" preserveAspectRatio=\"none\" "
              "role=\"img\" aria-details=\"%s\" aria-label=\"%s\">",
              (guint) BAR_UNITS, bar->height_px, bar->table, label);
  outline (view, 0, 0, BAR_UNITS, bar->height_px);
  mark (view, 0, 0, part, bar->height_px, bar->colour, bar->part);
  if (rest > 0)
    mark (view, part + 1, 0, rest - 1, bar->height_px, DATA2, bar->rest);
  markup_add (view->out, "</svg>");
}

/* Arrivals --------------------------------------------------------------------------- */

#define ARRIVALS_TOP 40
#define ARRIVALS_BASE 208
#define ARRIVALS_HEIGHT 232
#define HOUR_MS (4 * FIGURES_QUARTER_MS)
#define QUARTERS_MAX 96 /* a day */
/* Of a number's writing: where columns are narrower, numbers would touch, and the highest alone is
 * written. */
#define DIGIT_PX 8

static gint64 width_of (const View *view, gint64 number)
{
  return DIGIT_PX * g_utf8_strlen (view_number (view, number), -1);
}

/* A quarter more for each that has begun since the last arrival of this day: nobody
 * came. */
static guint quarters (const Figures *figures)
{
  const GPtrArray *all = figures->quarters;
  gint64 since;

  if (all->len == 0 || !figures->is_today)
    return all->len;
  since = figures->as_of->at_ms - ((const FiguresQuarter *) all->pdata[0])->from_ms;
  return (guint) CLAMP (since / FIGURES_QUARTER_MS + 1, all->len, MAX (all->len, QUARTERS_MAX));
}

static gint64 from_of (const Figures *figures, guint quarter)
{
  return ((const FiguresQuarter *) figures->quarters->pdata[0])->from_ms
         + (gint64) quarter * FIGURES_QUARTER_MS;
}

/* At an entrance, or at all (G_MAXUINT). */
static gint64 people_in (const Figures *figures, guint quarter, guint entrance)
{
  const FiguresQuarter *found
      = quarter < figures->quarters->len ? figures->quarters->pdata[quarter] : NULL;

  if (found == NULL)
    return 0;
  return entrance == G_MAXUINT ? found->people : found->by_entrance[entrance];
}

/* The entrances are drawn with the most arrivals first; those without any not at all. */
GArray *chart_entrances (const Figures *figures)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < figures->entrances->len; i++) {
    const FiguresEntrance *entrance = figures->entrances->pdata[i];
    guint place = 0;

    while (place < order->len
           && ((const FiguresEntrance *)
                   figures->entrances->pdata[g_array_index (order, guint, place)])
                      ->arrived
                  >= entrance->arrived)
      place++;
    if (entrance->arrived > 0)
      g_array_insert_val (order, place, i);
  }
  return order;
}

static gint64 highest (const Figures *figures)
{
  return figures->peak >= 0 ? people_in (figures, (guint) figures->peak, G_MAXUINT) : 1;
}

static gboolean is_going_on (const Figures *figures, guint quarter)
{
  gint64 from = from_of (figures, quarter);

  return figures->is_today && figures->as_of->at_ms >= from
         && figures->as_of->at_ms < from + FIGURES_QUARTER_MS;
}

/* The first entrance, from the ground up, then all others. */
static void column (const View *view, guint quarter, guint entrance, gint64 x, gint64 width,
                    gint64 most)
{
  const Figures *figures = view->moment->figures;
  gint64 all = people_in (figures, quarter, G_MAXUINT),
         first = people_in (figures, quarter, entrance);
  gint64 height = share (all, most, ARRIVALS_BASE - ARRIVALS_TOP),
         low = share (first, most, ARRIVALS_BASE - ARRIVALS_TOP);

  low = MIN (low, height);
  mark (view, x, ARRIVALS_BASE - low, width, low, DATA, first);
  mark (view, x, ARRIVALS_BASE - height, width, height - low - (low > 0 ? 1 : 0), DATA2,
        all - first);
  if (all > 0 && (width + DIGIT_PX >= MAX (width_of (view, most), 24) || all == most))
    text (view, MAX (x + width / 2, all == most ? width_of (view, most) / 2 : 0),
          ARRIVALS_BASE - height - 8, "middle", all == most ? INK : SOFT, all == most,
          view_number (view, all));
}

static void hour_mark (const View *view, gint64 x, gint64 at_ms, guint width_px)
{
  gint64 minutes = at_ms / 60000;
  const char *clock = view_minutes (view, at_ms);

  if (!g_str_has_suffix (clock, ":00") || (width_px < 500 && (minutes / 60) % 2 != 0))
    return;
  rect (view, x - 1, ARRIVALS_BASE, 1, 8, INK);
  text (view, x + 4, ARRIVALS_BASE + 20, "start", SOFT, FALSE, clock);
}

/* Above the last columns and their numbers. */
static void put_going_on (const View *view, guint quarter, gint64 x, gint64 most)
{
  gint64 highest_near = 0;

  for (guint i = quarter > 3 ? quarter - 3 : 0; i <= quarter; i++)
    highest_near = MAX (highest_near, people_in (view->moment->figures, i, G_MAXUINT));
  text (view, x,
        MAX (ARRIVALS_BASE - share (highest_near, most, ARRIVALS_BASE - ARRIVALS_TOP) - 28, 12),
        "end", SOFT, FALSE, view_say (view, N_ ("going on")));
}

void chart_arrivals (const View *view, guint width_px, const char *label)
{
  const Figures *figures = view->moment->figures;
  g_autoptr (GArray) order = chart_entrances (figures);
  guint count = quarters (figures), first = order->len > 0 ? g_array_index (order, guint, 0) : 0;
  gint64 most = highest (figures), step = width_px / MAX (count, 8);
  gint64 gap = step > 16 ? 8 : 2;

  open_svg (view, width_px, ARRIVALS_HEIGHT, CHART_ARRIVALS_TABLE, label);
  step = MIN (step, 48);
  for (guint i = 0; i < count; i++) {
    gint64 x = i * step;

    column (view, i, first, x, MAX (step - gap, 1), most);
    hour_mark (view, x, from_of (figures, i), width_px);
    if (is_going_on (figures, i))
      put_going_on (view, i, MIN (x + step - gap, width_px), most);
  }
  rect (view, 0, ARRIVALS_BASE, width_px, 1, INK);
  markup_add (view->out, "</svg>");
}

/* The table of the same -------------------------------------------------------------- */

static const char *arrivals_at (const View *view, gint64 hour_ms, guint quarter, guint entrance)
{
  const Figures *figures = view->moment->figures;
  gint64 at = hour_ms + (gint64) quarter * FIGURES_QUARTER_MS;
  gint64 index = (at - from_of (figures, 0)) / FIGURES_QUARTER_MS;

  if (at < from_of (figures, 0) || index >= quarters (figures))
    return "–";
  return view_number (view, people_in (figures, (guint) index, entrance));
}

static gint64 hour_total (const Figures *figures, gint64 hour_ms, guint entrance)
{
  gint64 sum = 0;

  for (guint i = 0; i < figures->quarters->len; i++) {
    gint64 at = from_of (figures, i);

    if (at >= hour_ms && at < hour_ms + HOUR_MS)
      sum += people_in (figures, i, entrance);
  }
  return sum;
}

static void hour_row (const View *view, const GArray *order, gint64 hour_ms)
{
  const Figures *figures = view->moment->figures;

  markup_add (view->out, "<tr><th scope=\"row\">%s</th>", view_minutes (view, hour_ms));
  for (guint e = 0; e < order->len; e++) {
    guint entrance = g_array_index (order, guint, e);

    for (guint q = 0; q < 4; q++)
      markup_add (view->out, "<td class=\"n\">%s</td>", arrivals_at (view, hour_ms, q, entrance));
    markup_add (view->out, "<td class=\"n\"><b>%s</b></td>",
                view_number (view, hour_total (figures, hour_ms, entrance)));
  }
  markup_add (view->out, "<td class=\"n\"><b>%s</b></td></tr>",
              view_number (view, hour_total (figures, hour_ms, G_MAXUINT)));
}

static const FiguresEntrance *entrance_of (const View *view, const GArray *order, guint place)
{
  return view->moment->figures->entrances->pdata[g_array_index (order, guint, place)];
}

static void arrivals_heads (const View *view, const GArray *order)
{
  markup_add (view->out,
              "<table class=\"dense\" id=\"" CHART_ARRIVALS_TABLE
              "\"><caption class=\"sr\">%s</caption><thead><tr><td></td>",
              view_say (view, N_ ("Arrivals by quarter of an hour")));
  for (guint e = 0; e < order->len; e++) {
    const FiguresEntrance *entrance = entrance_of (view, order, e);

    markup_add (view->out, "<th scope=\"colgroup\" colspan=\"5\" class=\"n\"><b>%s</b></th>",
                view_pick (view, entrance->fr, entrance->zh));
  }
  markup_add (view->out, "<th class=\"n\"><b>%s</b></th></tr><tr><th scope=\"col\">%s</th>",
              view_say (view, N_ ("Together")), view_say (view, N_ ("hour")));
  for (guint e = 0; e < order->len; e++) {
    for (guint q = 0; q < 4; q++)
      markup_add (view->out, "<th scope=\"col\" class=\"n\">:%s</th>",
                  q == 0 ? "00" : view_number (view, q * 15));
    markup_add (view->out, "<th scope=\"col\" class=\"n\">%s</th>", view_say (view, N_ ("total")));
  }
  markup_add (view->out, "<td></td></tr></thead><tbody>");
}

/* Of the clock on the wall: in some places half an hour beside that of Greenwich. */
static gint64 hour_of (const Figures *figures, gint64 ms)
{
  GTimeZone *zone = figures->as_of->zone;
  gint interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, ms / 1000);

  return ms - (ms + g_time_zone_get_offset (zone, interval) * G_GINT64_CONSTANT (1000)) % HOUR_MS;
}

void chart_arrivals_table (const View *view)
{
  const Figures *figures = view->moment->figures;
  g_autoptr (GArray) order = chart_entrances (figures);
  gint64 first = hour_of (figures, from_of (figures, 0)),
         last = from_of (figures, quarters (figures));

  arrivals_heads (view, order);
  for (gint64 at = first; at < last; at += HOUR_MS)
    hour_row (view, order, at);
  markup_add (view->out, "</tbody><tfoot><tr><th scope=\"row\">%s</th>",
              view_say (view, N_ ("day")));
  for (guint e = 0; e < order->len; e++)
    markup_add (view->out, "<td colspan=\"5\" class=\"n\">%s</td>",
                view_number (view, entrance_of (view, order, e)->arrived));
  markup_add (view->out, "<td class=\"n\">%s</td></tr></tfoot></table>",
              view_number (view, figures->today.arrived));
}

/* Events ----------------------------------------------------------------------------- */

#define EVENTS_WIDTH 360
#define EVENTS_BAR 24

static void bracket (const View *view, gint64 from, gint64 to, gint64 y, gint64 ends)
{
  rect (view, from, MIN (y, ends), 1, ABS (ends - y), INK);
  rect (view, to - 1, MIN (y, ends), 1, ABS (ends - y), INK);
  rect (view, from, y, to - from, 1, INK);
}

static void number_in (const View *view, gint64 x, gint64 width, const char *colour, gint64 number)
{
  if (width >= MAX (width_of (view, number) + 16, 48))
    text (view, x + 8, 49, "start", colour, TRUE, view_number (view, number));
}

void chart_events (const View *view, const char *table, const char *label)
{
  const Figures *figures = view->moment->figures;
  const FiguresEvent *one = figures->events->pdata[0], *two = figures->events->pdata[1];
  gint64 all = MAX (figures->either.registered, 1), both = figures->both_registered;
  gint64 first = share (one->count.registered - both, all, EVENTS_WIDTH),
         shared = MIN (share (both, all, EVENTS_WIDTH), EVENTS_WIDTH - first);

  open_svg (view, EVENTS_WIDTH, 88, table, label);
  text (view, 0, 12, "start", INK, TRUE,
        view_fill (view, "%s %s", view_pick (view, one->fr, one->zh),
                   view_number (view, one->count.registered)));
  bracket (view, 0, first + shared, 20, 28);
  outline (view, 0, 32, EVENTS_WIDTH, EVENTS_BAR);
  mark (view, 0, 32, first, EVENTS_BAR, DATA2, one->count.registered - both);
  mark (view, first, 32, shared, EVENTS_BAR, INK, both);
  number_in (view, 0, first, INK, one->count.registered - both);
  number_in (view, first, shared, "#fff", both);
  number_in (view, first + shared, EVENTS_WIDTH - first - shared, INK,
             two->count.registered - both);
  bracket (view, first, EVENTS_WIDTH, 67, 60);
  text (view, EVENTS_WIDTH, 84, "end", INK, TRUE,
        view_fill (view, "%s %s", view_pick (view, two->fr, two->zh),
                   view_number (view, two->count.registered)));
  markup_add (view->out, "</svg>");
}

/* Sides ------------------------------------------------------------------------------ */

#define SIDE_UNITS 178

/* All that were expected or came. */
static gint64 whole (const FiguresDay *day)
{
  return day->arrived + day->missing;
}

static void side (const View *view, const FiguresDay *day, gint64 most, gint sign,
                  const char *colour)
{
  gint64 all = share (whole (day), most, SIDE_UNITS),
         inside = MIN (share (day->inside, most, SIDE_UNITS), all),
         gone = MIN (share (day->arrived - day->inside, most, SIDE_UNITS), all - inside);
  gint64 middle = EVENTS_WIDTH / 2;

  outline (view, sign > 0 ? middle + 2 : middle - 2 - all, 32, all, EVENTS_BAR);
  mark (view, sign > 0 ? middle + 2 : middle - 2 - inside, 32, inside, EVENTS_BAR, colour,
        day->inside);
  mark (view, sign > 0 ? middle + 2 + inside : middle - 2 - inside - gone, 32, gone, EVENTS_BAR,
        DATA2, day->arrived - day->inside);
}

void chart_sides (const View *view, const char *table, const char *label)
{
  const FiguresDay *one = &view->moment->figures->sides[FIGURES_FRANCE],
                   *two = &view->moment->figures->sides[FIGURES_CHINA];
  gint64 most = MAX (whole (one), whole (two));

  open_svg (view, EVENTS_WIDTH, 88, table, label);
  side (view, one, most, -1, BLUE);
  side (view, two, most, 1, RED);
  rect (view, EVENTS_WIDTH / 2, 24, 1, 40, INK);
  markup_add (view->out, "</svg>");
}
