#include "office/delegations_page.h"

#include "office/exports_page.h"
#include "office/stamp.h"
#include "office/web_icon.h"

#include <string.h>

/* Beyond so many persons of a side, teeth would be thinner than a dot. */
#define TEETH_MAX 60
#define TOOTH_PX 4
#define TEETH_HEIGHT 20

static gint64 missing (const OverviewFigures *figures)
{
  return MAX (figures->expected - figures->arrived, 0);
}

/* Teeth: a person each, tall inside, half gone again, a foot not arrived. The side's own
 * end is at the middle of the table. */
static void put_teeth (const View *view, const OverviewFigures *figures, gboolean right,
                       const char *colour)
{
  gint64 all = MAX (figures->expected, figures->arrived);

  if (all == 0 || all > TEETH_MAX)
    return;
  markup_add (view->out, "<svg width=\"%lld\" height=\"%d\" aria-hidden=\"true\">",
              (long long) (all * TOOTH_PX), TEETH_HEIGHT);
  for (gint64 i = 0; i < all; i++) {
    gint height = i < figures->inside ? TEETH_HEIGHT : i < figures->arrived ? 10 : 2;
    gint64 x = (right ? i : all - 1 - i) * TOOTH_PX;

    markup_add (view->out, "<rect x=\"%lld\" y=\"%d\" width=\"2\" height=\"%d\" fill=\"%s\"/>",
                (long long) x, TEETH_HEIGHT - height, height, colour);
  }
  markup_add (view->out, "</svg>");
}

/* Equal means within a tenth, so below ten persons exactly. */
static void put_balance (const View *view, const OverviewBalance *balance)
{
  const GPtrArray *sides = view->moment->overview->sides;
  gint64 one = balance->sides[0].inside, two = balance->sides[1].inside, less = ABS (one - two);
  const OverviewGroup *behind = sides->pdata[one < two ? 0 : 1];
  gboolean equal = less * 10 <= MAX (one, two) && (less == 0 || MAX (one, two) >= 10);

  markup_add (view->out, "<br><small class=\"%s\">", equal ? "yes" : "warn");
  web_icon_draw (view->out, equal ? WEB_ICON_GOOD : WEB_ICON_WARN);
  if (less == 0)
    markup_add (view->out, " %s</small>", view_say (view, N_ ("balanced")));
  else if (equal)
    markup_add (view->out, " %s</small>",
                view_fill (view, N_ ("balanced but for %s"), view_number (view, less)));
  else
    markup_add (view->out, " %s</small>",
                view_fill (view, N_ ("%s: %s fewer"), view_pick (view, behind->fr, behind->zh),
                           view_number (view, less)));
}

static void balance_row (const View *view, const OverviewBalance *balance)
{
  const OverviewFigures *one = &balance->sides[0], *two = &balance->sides[1];

  if (one->expected + two->expected + one->arrived + two->arrived == 0)
    return;
  markup_add (view->out,
              "<tr><td class=\"n wide soft\">%s</td><td class=\"n wide soft\">%s</td><td "
              "class=\"n\"><b>%s</b></td><td class=\"n wide\">",
              view_number (view, one->expected), view_number (view, one->arrived),
              view_number (view, one->inside));
  put_teeth (view, one, FALSE, "#1f3a93");
  markup_add (view->out, "</td><th scope=\"row\" class=\"mid wrap\">%s",
              view_pick (view, balance->fr, balance->zh));
  put_balance (view, balance);
  markup_add (view->out, "</th><td class=\"wide\">");
  put_teeth (view, two, TRUE, "#c8102e");
  markup_add (view->out,
              "</td><td class=\"n\"><b>%s</b></td><td class=\"n wide soft\">%s</td><td class=\"n "
              "wide soft\">%s</td></tr>",
              view_number (view, two->inside), view_number (view, two->arrived),
              view_number (view, two->expected));
}

static void draw_balance (const View *view)
{
  const Overview *overview = view->moment->overview;
  const OverviewGroup *one = overview->sides->pdata[0], *two = overview->sides->pdata[1];
  const char *expected = view_say (view, N_ ("expected")),
             *arrived = view_say (view, N_ ("arrived")), *inside = view_say (view, N_ ("inside"));

  stamp_page (view);
  markup_add (view->out, "<h2 class=\"gap\">%s</h2><table class=\"balance\"><thead><tr>",
              view_say (view, N_ ("The two sides, by category")));
  markup_add (view->out,
              "<th class=\"n wide\">%s</th><th class=\"n wide\">%s</th><th class=\"n\">%s</th><th "
              "class=\"n wide\"><b class=\"blue\">%s</b></th>",
              expected, arrived, inside, view_pick (view, one->fr, one->zh));
  markup_add (view->out,
              "<th class=\"mid\">%s</th><th class=\"wide\"><b class=\"red\">%s</b></th><th "
              "class=\"n\">%s</th><th class=\"n wide\">%s</th><th class=\"n wide\">%s</th></tr>"
              "</thead><tbody>",
              view_say (view, N_ ("category")), view_pick (view, two->fr, two->zh), inside, arrived,
              expected);
  for (guint i = 0; i < overview->balances->len; i++)
    balance_row (view, overview->balances->pdata[i]);
  markup_add (view->out, "</tbody></table><p class=\"stamp\">%s</p>",
              view_say (view, N_ ("A tooth a person: tall is inside, half is gone again, a foot "
                                  "has not arrived.")));
}

/* The delegations -------------------------------------------------------------------- */

static void group_row (const View *view, const char *name, const OverviewFigures *figures)
{
  markup_add (
      view->out,
      "<tr><th scope=\"row\" class=\"wrap\">%s</th><td class=\"n soft wide\">%s</td><td "
      "class=\"n soft wide\">%s</td><td class=\"n\">%s</td><td class=\"n\"><b>%s</b></td></tr>",
      name, view_number (view, figures->expected), view_number (view, figures->arrived),
      view_number (view, figures->inside), view_number (view, missing (figures)));
}

/* @country: of one of the sides; NULL: all others. */
static gboolean is_of (const View *view, const OverviewGroup *group, const char *country)
{
  const GPtrArray *sides = view->moment->overview->sides;

  if (country != NULL)
    return strcmp (group->country, country) == 0;
  for (guint i = 0; i < 2; i++)
    if (strcmp (group->country, ((const OverviewGroup *) sides->pdata[i])->id) == 0)
      return FALSE;
  return TRUE;
}

static void put_side (const View *view, const char *title, const char *class_name,
                      const char *country)
{
  const GPtrArray *delegations = view->moment->overview->delegations;
  OverviewFigures sum = { 0 };
  guint count = 0;

  markup_add (view->out,
              "<div><h2 class=\"%s\">%s</h2><table class=\"dense\"><thead><tr><th>%s</th><th "
              "class=\"n wide\">%s</th><th class=\"n wide\">%s</th>",
              class_name, title, view_say (view, N_ ("delegation")),
              view_say (view, N_ ("expected")), view_say (view, N_ ("arrived")));
  markup_add (view->out, "<th class=\"n\">%s</th><th class=\"n\">%s</th></tr></thead><tbody>",
              view_say (view, N_ ("inside")), view_say (view, N_ ("missing")));
  for (guint i = 0; i < delegations->len; i++) {
    const OverviewGroup *group = delegations->pdata[i];

    if (!is_of (view, group, country))
      continue;
    group_row (view, view_pick (view, group->fr, group->zh), &group->figures);
    sum.expected += group->figures.expected;
    sum.arrived += group->figures.arrived;
    sum.inside += group->figures.inside;
    count++;
  }
  markup_add (view->out, "</tbody><tfoot>");
  group_row (view, view_count (view, "%s delegation", "%s delegations", count), &sum);
  markup_add (view->out, "</tfoot></table></div>");
}

static void draw_list (const View *view)
{
  const GPtrArray *sides = view->moment->overview->sides;
  const OverviewGroup *one = sides->pdata[0], *two = sides->pdata[1];

  markup_add (view->out, "<div class=\"pair\">");
  put_side (view, view_pick (view, one->fr, one->zh), "blue", one->id);
  put_side (view, view_pick (view, two->fr, two->zh), "red", two->id);
  if (sides->len > 2)
    put_side (view, view_say (view, N_ ("From elsewhere")), "", NULL);
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
