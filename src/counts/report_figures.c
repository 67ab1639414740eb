#include "counts/report_figures.h"

#include "core/words.h"
#include "counts/counts.h"
#include "counts/figures_reader.h"

static const TableColumn COUNTS[] = {
  { "id", NC_ ("column", "Id"), TABLE_TEXT, 18 },
  { "fr", NC_ ("column", "Name"), TABLE_TEXT, 32 },
  { "zh", NC_ ("column", "Name ({language})"), TABLE_TEXT, 24 },
  { "registered", NC_ ("column", "Registered"), TABLE_NUMBER, 10 },
  { "arrived", NC_ ("column", "Arrived"), TABLE_NUMBER, 10 },
  { "inside", NC_ ("column", "Inside"), TABLE_NUMBER, 10 },
  { "passages", NC_ ("column", "Passages"), TABLE_NUMBER, 10 },
  { "refused", NC_ ("column", "Refused"), TABLE_NUMBER, 10 },
};

static const TableColumn ARRIVALS[] = {
  { "from", NC_ ("column", "Quarter of an hour"), TABLE_TIME, 20 },
  { "entrance", NC_ ("column", "Entrance"), TABLE_TEXT, 16 },
  { "fr", NC_ ("column", "Name"), TABLE_TEXT, 24 },
  { "zh", NC_ ("column", "Name ({language})"), TABLE_TEXT, 16 },
  { "people", NC_ ("column", "Arrivals"), TABLE_NUMBER, 10 },
};

static const TableColumn ROOMS[] = {
  { "id", NC_ ("column", "Checkpoint"), TABLE_TEXT, 16 },
  { "fr", NC_ ("column", "Name"), TABLE_TEXT, 20 },
  { "zh", NC_ ("column", "Name ({language})"), TABLE_TEXT, 14 },
  { "session", NC_ ("column", "Workshop"), TABLE_TEXT, 9 },
  { "title_fr", NC_ ("column", "Title"), TABLE_TEXT, 40 },
  { "title_zh", NC_ ("column", "Title ({language})"), TABLE_TEXT, 28 },
  { "room", NC_ ("column", "Room"), TABLE_TEXT, 20 },
  { "from", NC_ ("column", "Begins"), TABLE_TIME, 20 },
  { "to", NC_ ("column", "Ends"), TABLE_TIME, 20 },
  { "capacity", NC_ ("column", "Seats"), TABLE_NUMBER, 9 },
  { "registered", NC_ ("column", "Registered"), TABLE_NUMBER, 9 },
  { "arrived", NC_ ("column", "Came"), TABLE_NUMBER, 9 },
  { "inside", NC_ ("column", "Inside"), TABLE_NUMBER, 9 },
  { "peak", NC_ ("column", "Most at once"), TABLE_NUMBER, 9 },
  { "peak_at", NC_ ("column", "Time of the most"), TABLE_TIME, 20 },
  { "late", NC_ ("column", "Came late"), TABLE_NUMBER, 9 },
  { "left", NC_ ("column", "Left half-way"), TABLE_NUMBER, 9 },
};

/* A side and its FiguresDay. */
/* clang-format off */
#define DAY_COLUMNS \
  { "side", NC_ ("column", "Side"), TABLE_TEXT, 9 }, \
  { "expected", NC_ ("column", "Expected"), TABLE_NUMBER, 10 }, \
  { "arrived", NC_ ("column", "Arrived"), TABLE_NUMBER, 10 }, \
  { "inside", NC_ ("column", "Inside"), TABLE_NUMBER, 10 }, \
  { "missing", NC_ ("column", "Missing"), TABLE_NUMBER, 10 }
/* clang-format on */

static const TableColumn DELEGATIONS[] = {
  { "id", NC_ ("column", "Id of the delegation"), TABLE_TEXT, 24 },
  { "fr", NC_ ("column", "Name"), TABLE_TEXT, 32 },
  { "zh", NC_ ("column", "Name ({language})"), TABLE_TEXT, 24 },
  DAY_COLUMNS,
};

static const TableColumn RANKS[] = {
  { "id", NC_ ("column", "Rank"), TABLE_TEXT, 12 },
  { "fr", NC_ ("column", "Name"), TABLE_TEXT, 36 },
  { "zh", NC_ ("column", "Name ({language})"), TABLE_TEXT, 24 },
  DAY_COLUMNS,
};

/* Counts ----------------------------------------------------------------------------- */

static gboolean put_counts (ReportRun *run, GError **error)
{
  CountsBy by = COUNTS_BY_EVENT;
  const char *asked = run->query->by;
  if (asked != NULL && !counts_by_from_name (asked, &by)) {
    g_set_error (error, REPORT_ERROR, REPORT_ERROR_FILTER,
                 _ ("“%s” cannot be counted by; there are event, day, checkpoint, category, "
                    "delegation and country"),
                 asked);
    return FALSE;
  }
  g_autoptr (Counts) counts = counts_read (run->journal, by, error);
  if (counts == NULL)
    return FALSE;
  Pair total = words_pair_in ("counts", "Total");
  const TableValue all[] = { REPORT_TEXT ("total"),
                             REPORT_TEXT (total.first),
                             REPORT_TEXT (total.second),
                             REPORT_NUMBER (counts->registered),
                             REPORT_NUMBER (counts->arrived),
                             REPORT_NUMBER (counts->inside),
                             REPORT_NUMBER (counts->passages),
                             REPORT_NUMBER (counts->refused) };
  gboolean good = report_run_put (run, all, error);
  for (guint i = 0; good && i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    const TableValue values[] = { REPORT_TEXT (row->id),         REPORT_TEXT (row->fr),
                                  REPORT_TEXT (row->zh),         REPORT_NUMBER (row->registered),
                                  REPORT_NUMBER (row->arrived),  REPORT_NUMBER (row->inside),
                                  REPORT_NUMBER (row->passages), REPORT_NUMBER (row->refused) };
    good = report_run_put (run, values, error);
  }
  return good;
}

/* Figures ---------------------------------------------------------------------------- */

static Figures *read_figures (const ReportRun *run, GError **error)
{
  g_autoptr (FiguresReader) reader = figures_reader_new ();
  return figures_reader_read (reader, run->journal, run->filter.day, run->filter.event, error);
}

static gboolean put_arrivals (ReportRun *run, GError **error)
{
  g_autoptr (Figures) figures = read_figures (run, error);
  gboolean good = figures != NULL;
  for (guint i = 0; good && i < figures->quarters->len; i++) {
    const FiguresQuarter *quarter = figures->quarters->pdata[i];
    for (guint j = 0; good && j < figures->entrances->len; j++) {
      const FiguresEntrance *entrance = figures->entrances->pdata[j];
      const TableValue values[] = { REPORT_NUMBER (quarter->from_ms), REPORT_TEXT (entrance->id),
                                    REPORT_TEXT (entrance->fr), REPORT_TEXT (entrance->zh),
                                    REPORT_NUMBER (quarter->by_entrance[j]) };
      good = report_run_put (run, values, error);
    }
  }
  return good;
}

static gboolean put_rooms (ReportRun *run, GError **error)
{
  g_autoptr (Figures) figures = read_figures (run, error);
  gboolean good = figures != NULL;
  for (guint i = 0; good && i < figures->rooms->len; i++) {
    const FiguresRoom *room = figures->rooms->pdata[i];
    if (!figures_room_is_of_day (figures, room))
      continue;
    const TableValue values[] = { REPORT_TEXT (room->id),           REPORT_TEXT (room->fr),
                                  REPORT_TEXT (room->zh),           REPORT_TEXT (room->session),
                                  REPORT_TEXT (room->title_fr),     REPORT_TEXT (room->title_zh),
                                  REPORT_TEXT (room->room),         REPORT_NUMBER (room->from_ms),
                                  REPORT_NUMBER (room->to_ms),      REPORT_NUMBER (room->capacity),
                                  REPORT_NUMBER (room->registered), REPORT_NUMBER (room->arrived),
                                  REPORT_NUMBER (room->inside),     REPORT_NUMBER (room->peak),
                                  REPORT_NUMBER (room->peak_ms),    REPORT_NUMBER (room->late),
                                  REPORT_NUMBER (room->left) };
    good = report_run_put (run, values, error);
  }
  return good;
}

static gboolean put_day (ReportRun *run, const char *id, Pair name, FiguresSide side,
                         const FiguresDay *day, GError **error)
{
  const TableValue values[] = { REPORT_TEXT (id),
                                REPORT_TEXT (name.first),
                                REPORT_TEXT (name.second),
                                REPORT_TEXT (figures_side_name (side)),
                                REPORT_NUMBER (day->expected),
                                REPORT_NUMBER (day->arrived),
                                REPORT_NUMBER (day->inside),
                                REPORT_NUMBER (day->missing) };
  return report_run_put (run, values, error);
}

static gboolean put_delegations (ReportRun *run, GError **error)
{
  g_autoptr (Figures) figures = read_figures (run, error);
  gboolean good = figures != NULL;
  for (guint i = 0; good && i < figures->delegations->len; i++) {
    const FiguresDelegation *delegation = figures->delegations->pdata[i];
    good = put_day (run, delegation->id, (Pair){ delegation->fr, delegation->zh }, delegation->side,
                    &delegation->day, error);
  }
  return good;
}

static gboolean put_ranks (ReportRun *run, GError **error)
{
  g_autoptr (Figures) figures = read_figures (run, error);
  gboolean good = figures != NULL;
  for (guint i = 0; good && i < figures->ranks->len * FIGURES_SIDES; i++) {
    const FiguresCategory *rank = figures->ranks->pdata[i / FIGURES_SIDES];
    FiguresSide side = (FiguresSide) (i % FIGURES_SIDES);
    good = put_day (run, rank->id, (Pair){ rank->fr, rank->zh }, side, &rank->sides[side], error);
  }
  return good;
}

const ReportTable report_figures_counts = { "counts",    NC_ ("report", "Figures"),
                                            COUNTS,      G_N_ELEMENTS (COUNTS),
                                            G_MAXUINT64, put_counts };
const ReportTable report_figures_arrivals
    = { "arrivals",  NC_ ("report", "Arrivals"), ARRIVALS, G_N_ELEMENTS (ARRIVALS), G_MAXUINT64,
        put_arrivals };
const ReportTable report_figures_rooms
    = { "rooms", NC_ ("report", "Rooms"), ROOMS, G_N_ELEMENTS (ROOMS), G_MAXUINT64, put_rooms };
const ReportTable report_figures_delegations = { "delegations", NC_ ("report", "Delegations"),
                                                 DELEGATIONS,   G_N_ELEMENTS (DELEGATIONS),
                                                 G_MAXUINT64,   put_delegations };
const ReportTable report_figures_ranks
    = { "ranks", NC_ ("report", "Ranks"), RANKS, G_N_ELEMENTS (RANKS), G_MAXUINT64, put_ranks };
