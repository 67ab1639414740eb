#include "office/delegations_page.h"

#include "office/exports_page.h"
#include "office/stamp.h"
#include "office/web_icon.h"

#include <string.h>

/* Of a side: the page is drawn anew at every recount. */
#define LISTED_MAX 200
/* Beyond so many persons of a side, teeth would be thinner than a dot. */
#define TEETH_MAX 60
#define TOOTH_PX 4
#define TEETH_HEIGHT 20
#define TEETH_WIDTH (TEETH_MAX * TOOTH_PX)

/* As wide for both sides, which narrow pages make narrower alike. */
static void open_teeth (const View *view)
{
  markup_add (view->out,
              "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
              "preserveAspectRatio=\"none\" aria-hidden=\"true\">",
              TEETH_WIDTH, TEETH_HEIGHT, TEETH_WIDTH, TEETH_HEIGHT);
}

/* Teeth: a person each, tall inside, half gone again, a foot not arrived. The side's own
 * end is at the middle of the table. */
static void put_teeth (const View *view, const FiguresDay *figures, gboolean right,
                       const char *colour)
{
  gint64 all = figures->arrived + figures->missing;

  if (all == 0)
    return;
  open_teeth (view);
  for (gint64 i = 0; i < all; i++) {
    gint height = i < figures->inside ? TEETH_HEIGHT : i < figures->arrived ? 10 : 2;
    gint64 x = (right ? i : TEETH_MAX - 1 - i) * TOOTH_PX;

    markup_add (view->out, "<rect x=\"%lld\" y=\"%d\" width=\"2\" height=\"%d\" fill=\"%s\"/>",
                (long long) x, TEETH_HEIGHT - height, height, colour);
  }
  markup_add (view->out, "</svg>");
}

/* Of more persons than teeth can stand: the same three heights, each as wide as its share of @most,
 * who fill the place that teeth would have. */
static void put_bar (const View *view, const FiguresDay *figures, gint64 most, gboolean right,
                     const char *colour)
{
  const gint64 ends[] = { figures->inside, figures->arrived, figures->arrived + figures->missing };
  static const gint HEIGHTS[] = { TEETH_HEIGHT, 10, 2 };
  gint64 from = 0;

  open_teeth (view);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    gint64 to = ends[i] * TEETH_WIDTH / most;

    if (to > from)
      markup_add (view->out, "<rect x=\"%lld\" y=\"%d\" width=\"%lld\" height=\"%d\" fill=\"%s\"/>",
                  (long long) (right ? from : TEETH_WIDTH - to), TEETH_HEIGHT - HEIGHTS[i],
                  (long long) (to - from), HEIGHTS[i], colour);
    from = MAX (from, to);
  }
  markup_add (view->out, "</svg>");
}

static void put_word (const View *view, const FiguresDay *one, const FiguresDay *two)
{
  gint64 less = ABS (one->inside - two->inside);
  gboolean equal = figures_in_balance (one->inside, two->inside);

  markup_add (view->out, "<br><small class=\"%s\">", equal ? "yes" : "warn");
  web_icon_draw (view->out, equal ? WEB_ICON_GOOD : WEB_ICON_WARN);
  if (less == 0)
    markup_add (view->out, " %s</small>", view_say (view, N_ ("balanced")));
  else if (equal)
    markup_add (view->out, " %s</small>",
                view_fill (view, N_ ("balanced to within %s"), view_number (view, less)));
  else
    markup_add (
        view->out, " %s</small>",
        view_fill (view, N_ ("%s: %s fewer"),
                   view_side (view, one->inside < two->inside ? FIGURES_FRANCE : FIGURES_CHINA),
                   view_number (view, less)));
}

/* @most: of either side; at most so many have a tooth each. */
static void put_side_of (const View *view, const FiguresDay *day, gint64 most, gboolean right)
{
  const char *colour = right ? "#c8102e" : "#1f3a93";

  if (!right)
    markup_add (view->out,
                "<td class=\"n wide soft\">%s</td><td class=\"n wide soft\">%s</td><td "
                "class=\"n\"><b>%s</b></td><td class=\"n wide\">",
                view_number (view, day->expected), view_number (view, day->arrived),
                view_number (view, day->inside));
  else
    markup_add (view->out, "<td class=\"wide\">");
  if (most <= TEETH_MAX)
    put_teeth (view, day, right, colour);
  else
    put_bar (view, day, most, right, colour);
  markup_add (view->out, "</td>");
  if (right)
    markup_add (view->out,
                "<td class=\"n\"><b>%s</b></td><td class=\"n wide soft\">%s</td><td class=\"n "
                "wide soft\">%s</td>",
                view_number (view, day->inside), view_number (view, day->arrived),
                view_number (view, day->expected));
}

/* @sides: of one rank or category. */
static void balance_row (const View *view, const char *name, const FiguresDay *sides)
{
  const FiguresDay *one = &sides[FIGURES_FRANCE], *two = &sides[FIGURES_CHINA];

  gint64 most = MAX (one->arrived + one->missing, two->arrived + two->missing);

  if (one->expected + two->expected + one->arrived + two->arrived == 0)
    return;
  markup_add (view->out, "<tr>");
  put_side_of (view, one, most, FALSE);
  markup_add (view->out, "<th scope=\"row\" class=\"mid wrap\">%s", name);
  put_word (view, one, two);
  markup_add (view->out, "</th>");
  put_side_of (view, two, most, TRUE);
  markup_add (view->out, "</tr>");
}

static void begin_balance (const View *view, const char *title, const char *what)
{
  const char *expected = view_say (view, N_ ("expected")),
             *arrived = view_say (view, N_ ("arrived")), *inside = view_say (view, N_ ("inside"));

  markup_add (view->out,
              "<h2 class=\"gap\">%s</h2><table class=\"balance\"><thead><tr><th scope=\"col\" "
              "class=\"n wide\">%s</th><th scope=\"col\" class=\"n wide\">%s</th><th "
              "scope=\"col\" class=\"n\"><b class=\"blue narrow\">%s</b>%s</th>",
              title, expected, arrived, view_side (view, FIGURES_FRANCE), inside);
  markup_add (view->out,
              "<th scope=\"col\" class=\"n wide\"><b class=\"blue\">%s</b></th><th "
              "scope=\"col\" class=\"mid\">%s</th><th scope=\"col\" class=\"wide\"><b "
              "class=\"red\">%s</b></th>",
              view_side (view, FIGURES_FRANCE), what, view_side (view, FIGURES_CHINA));
  markup_add (
      view->out,
      "<th scope=\"col\" class=\"n\"><b class=\"red narrow\">%s</b>%s</th><th scope=\"col\" "
      "class=\"n wide\">%s</th><th scope=\"col\" class=\"n wide\">%s</th></tr></thead>"
      "<tbody>",
      view_side (view, FIGURES_CHINA), inside, arrived, expected);
}

static void draw_balance (const View *view)
{
  const Figures *figures = view->moment->figures;

  stamp_page (view);
  begin_balance (view, view_say (view, N_ ("The two sides, by rank")),
                 view_say (view, N_ ("rank")));
  for (guint i = 0; i < figures->ranks->len; i++) {
    const FiguresCategory *rank = figures->ranks->pdata[i];
    gboolean english = view->language == PAGE_LANGUAGE_SOURCE && rank->source != NULL;

    balance_row (view, english ? rank->source : view_pick (view, rank->fr, rank->zh), rank->sides);
  }
  markup_add (view->out, "</tbody></table>");
  begin_balance (view, view_say (view, N_ ("The two sides, by category")),
                 view_say (view, N_ ("category")));
  for (guint i = 0; i < figures->categories->len; i++) {
    const FiguresCategory *category = figures->categories->pdata[i];

    balance_row (view,
                 category->id[0] != '\0' ? view_pick (view, category->fr, category->zh)
                                         : view_say (view, N_ ("(not given)")),
                 category->sides);
  }
  markup_add (
      view->out, "</tbody></table><p class=\"stamp\">%s</p>",
      view_say (view,
                N_ ("One tooth per person, or a bar beyond sixty: full height is inside, half "
                    "height has left again, the base line has not arrived.")));
}

/* The delegations -------------------------------------------------------------------- */

static void group_row (const View *view, const FiguresDelegation *delegation)
{
  const FiguresDay *day = &delegation->day;
  const char *name = delegation->id[0] != '\0' ? view_pick (view, delegation->fr, delegation->zh)
                                               : view_say (view, N_ ("(not given)"));
  g_autofree char *escaped = g_uri_escape_string (delegation->id, NULL, FALSE);

  markup_add (view->out, "<tr><th scope=\"row\" class=\"wrap\">");
  if (delegation->id[0] != '\0' && view_names (view, delegation->id, FALSE))
    markup_add (view->out, "<a href=\"%s\">%s</a>",
                markup_keep (view->out, g_strconcat ("/delegation?id=", escaped, NULL)), name);
  else
    markup_add (view->out, "%s", name);
  markup_add (view->out,
              "</th><td class=\"n soft wide\">%s</td><td class=\"n soft wide\">%s</td><td "
              "class=\"n\">%s</td><td class=\"n\"><b>%s</b></td></tr>",
              view_number (view, day->expected), view_number (view, day->arrived),
              view_number (view, day->inside), view_number (view, day->missing));
}

static void sum_row (const View *view, guint count, const FiguresDay *sum)
{
  markup_add (
      view->out,
      "</tbody><tfoot><tr><th scope=\"row\" class=\"wrap\">%s</th><td class=\"n wide\">%s</td><td "
      "class=\"n wide\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr></tfoot>",
      view_count (view, "%s delegation", "%s delegations", count),
      view_number (view, sum->expected), view_number (view, sum->arrived),
      view_number (view, sum->inside), view_number (view, sum->missing));
}

static void put_side (const View *view, FiguresSide side)
{
  static const char *const CLASSES[FIGURES_SIDES] = { "blue", "red", "" };
  const GPtrArray *delegations = view->moment->figures->delegations;
  guint count = 0;

  markup_add (view->out,
              "<div class=\"part\"><h2 class=\"%s\">%s</h2><table class=\"dense\"><thead><tr><th "
              "scope=\"col\">%s</th><th scope=\"col\" class=\"n wide\">%s</th><th "
              "scope=\"col\" class=\"n wide\">%s</th>",
              CLASSES[side],
              side == FIGURES_ELSEWHERE ? view_say (view, N_ ("From elsewhere"))
                                        : view_side (view, side),
              view_say (view, N_ ("delegation")), view_say (view, N_ ("expected")),
              view_say (view, N_ ("arrived")));
  markup_add (view->out,
              "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr>"
              "</thead><tbody>",
              view_say (view, N_ ("inside")), view_say (view, N_ ("missing")));
  for (guint i = 0; i < delegations->len; i++) {
    const FiguresDelegation *delegation = delegations->pdata[i];

    if (delegation->side != side)
      continue;
    if (count++ < LISTED_MAX)
      group_row (view, delegation);
  }
  sum_row (view, count, &view->moment->figures->sides[side]);
  markup_add (view->out, "</table>");
  if (count > LISTED_MAX)
    markup_add (view->out, "<p class=\"note\">%s</p>",
                view_fill (view, N_ ("The %s largest are listed; the table to take away has all."),
                           view_number (view, LISTED_MAX)));
  markup_add (view->out, "</div>");
}

static void draw_list (const View *view)
{
  const FiguresDay *others = &view->moment->figures->sides[FIGURES_ELSEWHERE];

  markup_add (view->out, "<div class=\"pair stack\">");
  put_side (view, FIGURES_FRANCE);
  put_side (view, FIGURES_CHINA);
  if (others->expected + others->arrived > 0)
    put_side (view, FIGURES_ELSEWHERE);
  markup_add (view->out, "</div>");
}

const PagePart DELEGATIONS_PAGE_PARTS[] = {
  { "balance", draw_balance },
  { "delegations", draw_list },
  { NULL, NULL },
};

void delegations_page_draw (const View *view)
{
  markup_add (view->out, "<h1>%s</h1>", view_say (view, N_ ("Delegations")));
  page_part_put (view, DELEGATIONS_PAGE_PARTS, "balance", "part");
  page_part_put (view, DELEGATIONS_PAGE_PARTS, "delegations", "part");
  exports_page_button (view, view_say (view, N_ ("Take tables away")), "/exports");
}
