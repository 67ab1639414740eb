/* chart.h: drawings of figures, as SVG that a page holds: filled by attributes, so
 * that paper prints them and the policy of the pages allows them. Values stand on the
 * marks.
 *
 * Every chart has its table with the same numbers, drawn from the same figures, whose
 * id it tells (aria-details); each mark says its number
 * (tests/integration/test_browser.py holds mark, number and table against each
 * other). Threads: as the View. */
#pragma once

#include "office/view.h"

/* One bar of parts that make up a whole; what is left of it is an outline. */
typedef struct {
  gint64 part, rest, whole; /* filled, filled in the second colour, all */
  const char *colour;       /* of the filled part, "#rrggbb" */
  guint height_px;
  const char *table; /* id of the element with the same numbers */
} ChartBar;
void chart_bar (const View *view, const ChartBar *bar, const char *label);

/* Places of the entrances with arrivals, the most first: guint. The first is drawn dark,
 * all others light. */
GArray *chart_entrances (const Figures *figures);
#define CHART_ARRIVALS_TABLE "arrivals-table"
/* People who came by quarter and entrance, in a field of @width_px. */
void chart_arrivals (const View *view, guint width_px, const char *label);
/* The same numbers: an hour a row, its quarters, for each entrance. */
void chart_arrivals_table (const View *view);
/* The public of the first two events, overlapping; @table: id of theirs. */
void chart_events (const View *view, const char *table, const char *label);
/* The two sides back to back: inside, gone, not arrived. */
void chart_sides (const View *view, const char *table, const char *label);
