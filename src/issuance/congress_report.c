#include "issuance/congress_report.h"

#include "badge/figure_sheet.h"
#include "counts/meals.h"
#include "counts/outcome.h"
#include "issuance/logo_strip.h"
#include "vocabulary/dates.h"
#include "vocabulary/diet.h"

#include <string.h>

#define HOUR_QUARTERS 4
#define HOURS_MAX 32
#define DIETS_MAX 12

/* The rows that stand in the report; texts that were made for it live as long as it. */
typedef struct {
  FigureSheet *sheet;
  const Outcome *outcome;
  const Programme *programme;
  GPtrArray *texts;
} Drawing;

static Pair word (const char *text)
{
  return words_pair_in ("congress report", text);
}

/* Kept with the drawing. */
static char *keep (Drawing *drawing, char *text)
{
  g_ptr_array_add (drawing->texts, text);
  return text;
}

static Pair number (Drawing *drawing, gint64 value)
{
  return (Pair){ keep (drawing, g_strdup_printf ("%" G_GINT64_FORMAT, value)), "" };
}

/* "812 / 1020", and where nobody is expected, the first alone. */
static Pair of (Drawing *drawing, gint64 part, gint64 whole)
{
  return (Pair){
    keep (drawing, g_strdup_printf ("%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT, part, whole)), ""
  };
}

static Pair day_words (Drawing *drawing, const char *date)
{
  Pair day = PAIR_EMPTY;
  char *first, *second;
  dates_day (date, &first, &second);
  day.first = keep (drawing, first);
  day.second = keep (drawing, second);
  return day;
}

static void put_legend (const Drawing *drawing, Pair whole)
{
  const Pair sides[FIGURES_SIDES]
      = { words_pair_in ("balance", "France"), words_pair_in ("balance", "China"),
          words_pair_in ("balance", "Others") };
  figure_sheet_legend (drawing->sheet, sides, FIGURES_SIDES, whole);
}

/* All, day by day -------------------------------------------------------------------- */

static void put_all (const Drawing *drawing)
{
  const Figures *figures = drawing->outcome->days->pdata[0];
  const FigureTile tiles[]
      = { { figures->all.registered, word (NC_ ("congress report", "registered")) },
          { figures->all.arrived, word (NC_ ("congress report", "came")) },
          { drawing->outcome->delegations->len, word (NC_ ("congress report", "delegations")) },
          { figures->badges_printed, word (NC_ ("congress report", "badges printed")) },
          { figures->passages, word (NC_ ("congress report", "passages")) },
          { figures->refused, word (NC_ ("congress report", "refused")) } };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "The whole congress")),
      words_pair (N_ ("Registered: people whose registration stands, to be confirmed or not. Came: "
                      "admitted at least once at an entrance, on whatever day; each person once. "
                      "Delegations: those with anybody registered or come. Passages: scans that "
                      "were let through, in or out, everywhere. Refused: scans that were not.")));
  figure_sheet_tiles (drawing->sheet, tiles, G_N_ELEMENTS (tiles));
}

/* From quarters of an hour to hours of the clock at the venue. */
static guint hours_of (const Figures *figures, FigureColumn hours[HOURS_MAX])
{
  guint count = 0;
  gint last = -1;
  for (guint i = 0; i < figures->quarters->len; i++) {
    const FiguresQuarter *quarter = figures->quarters->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (quarter->from_ms / 1000);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, figures->as_of->zone);
    gint hour = g_date_time_get_hour (local);
    gboolean begins = count == 0 || hour != last;
    if (begins && count == HOURS_MAX)
      break;
    if (begins) {
      g_snprintf (hours[count].label, sizeof hours[count].label, "%02d", hour % 100);
      hours[count++].number = 0;
    }
    hours[count - 1].number += quarter->people;
    last = hour;
  }
  return count;
}

static void put_hours (Drawing *drawing)
{
  for (guint i = 0; i < drawing->outcome->days->len; i++) {
    const Figures *figures = drawing->outcome->days->pdata[i];
    FigureColumn hours[HOURS_MAX];
    guint count = hours_of (figures, hours);
    if (count == 0)
      continue;
    figure_sheet_heading (drawing->sheet, day_words (drawing, figures->day));
    figure_sheet_columns (drawing->sheet, hours, count);
  }
}

static void put_days (Drawing *drawing)
{
  const GPtrArray *days = drawing->outcome->days;
  g_autofree FigureBar *bars = g_new0 (FigureBar, days->len);
  for (guint i = 0; i < days->len; i++) {
    const Figures *figures = days->pdata[i];
    bars[i].label = day_words (drawing, figures->day);
    bars[i].whole = figures->today.expected;
    for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++)
      bars[i].parts[side] = figures->sides[side].arrived;
  }
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Day by day")),
      words_pair (N_ ("Arrived / expected. Expected: registered for the day. Arrived: admitted at "
                      "least once at an entrance that day, registered for it or not; each person "
                      "once. Beneath: how many came in each hour, by their first admission of the "
                      "day.")));
  put_legend (drawing, word (NC_ ("congress report", "expected")));
  figure_sheet_bars (drawing->sheet, bars, days->len);
  put_hours (drawing);
}

/* Sides, categories, ranks ----------------------------------------------------------- */

static BalanceCount side_of (const Balance *balance, FiguresSide side)
{
  BalanceCount sum = { 0 };
  for (guint i = 0; i < balance->ranks->len; i++) {
    const BalanceCount *count = &((const BalanceRow *) balance->ranks->pdata[i])->sides[side];
    sum.invited += count->invited;
    sum.registered += count->registered;
    sum.arrived += count->arrived;
  }
  return sum;
}

static void put_sides (Drawing *drawing)
{
  static const char *const SIDES[FIGURES_SIDES]
      = { NC_ ("balance", "France"), NC_ ("balance", "China"), NC_ ("balance", "Others") };
  const GPtrArray *days = drawing->outcome->days;
  guint shown = MIN (days->len, FIGURE_SHEET_COLUMNS - 3);
  FigureField fields[FIGURE_SHEET_COLUMNS]
      = { { word (NC_ ("congress report", "Side")), 2, FALSE },
          { word (NC_ ("congress report", "registered")), 1, TRUE },
          { word (NC_ ("congress report", "came")), 1, TRUE } };
  for (guint i = 0; i < shown; i++)
    fields[3 + i] = (FigureField){
      { ((const Day *) drawing->programme->days->pdata[i])->label, "" }, 1.2, TRUE
    };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "The two sides")),
      words_pair (N_ ("By the country of each person, or of the delegation where she has none: FR "
                      "is France; CN, HK and MO are China. Of each day: arrived / expected. Who "
                      "came and is no longer registered is in no row.")));
  figure_sheet_table (drawing->sheet, fields, 3 + shown);
  for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
    BalanceCount sum = side_of (drawing->outcome->balance, side);
    Pair cells[FIGURE_SHEET_COLUMNS]
        = { words_pair_in ("balance", SIDES[side]), number (drawing, sum.invited),
            number (drawing, sum.arrived) };
    for (guint i = 0; i < shown; i++) {
      const FiguresDay *day = &((const Figures *) days->pdata[i])->sides[side];
      cells[3 + i] = of (drawing, day->arrived, day->expected);
    }
    figure_sheet_row (drawing->sheet, cells, FALSE);
  }
}

static Pair words_of_row (const BalanceRow *row, Pair nobody)
{
  return *row->fr != '\0' || *row->zh != '\0' ? (Pair){ row->fr, row->zh } : nobody;
}

static void put_categories (const Drawing *drawing)
{
  const GPtrArray *categories = drawing->outcome->balance->categories;
  g_autofree FigureBar *bars = g_new0 (FigureBar, categories->len + 1);
  guint count = 0;
  for (guint i = 0; i < categories->len; i++) {
    const BalanceRow *row = categories->pdata[i];
    FigureBar *bar = &bars[count];
    *bar = (FigureBar){ .label = words_of_row (
                            row, word (NC_ ("congress report", "without a category"))) };
    for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
      bar->parts[side] = row->sides[side].arrived;
      bar->whole += row->sides[side].invited;
    }
    count += bar->whole > 0;
  }
  figure_sheet_section (drawing->sheet, word (NC_ ("congress report", "Categories")),
                        words_pair (N_ ("Came / registered, by category and side.")));
  put_legend (drawing, word (NC_ ("congress report", "registered")));
  figure_sheet_bars (drawing->sheet, bars, count);
}

static void put_ranks (Drawing *drawing)
{
  const GPtrArray *ranks = drawing->outcome->balance->ranks;
  const FigureField fields[] = { { word (NC_ ("congress report", "Rank")), 3, FALSE },
                                 { words_pair_in ("balance", "France"), 1.2, TRUE },
                                 { words_pair_in ("balance", "China"), 1.2, TRUE },
                                 { words_pair_in ("balance", "Others"), 1.2, TRUE } };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Ranks")),
      words_pair (N_ ("Came / registered. A person's rank is what a list or a person says, else it "
                      "follows from her function.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < ranks->len; i++) {
    const BalanceRow *row = ranks->pdata[i];
    Pair cells[1 + FIGURES_SIDES] = { { row->fr, row->zh } };
    gint64 all = 0;
    for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
      cells[1 + side] = of (drawing, row->sides[side].arrived, row->sides[side].invited);
      all += row->sides[side].invited;
    }
    if (all > 0)
      figure_sheet_row (drawing->sheet, cells, FALSE);
  }
}

/* Events ----------------------------------------------------------------------------- */

static void put_two (Drawing *drawing, Pair label, const TwoEventsRow *row)
{
  const TwoEventsCount *came = &row->came, *registered = &row->registered;
  const Pair cells[] = { label, of (drawing, came->only_first, registered->only_first),
                         of (drawing, came->only_second, registered->only_second),
                         of (drawing, came->both, registered->both),
                         of (drawing, two_events_either (came), two_events_either (registered)) };
  figure_sheet_row (drawing->sheet, cells, row->id == NULL);
}

static Pair only (Drawing *drawing, const ProgrammeEntry *event)
{
  return (Pair){
    keep (drawing, g_strdup_printf (words_for_in (WORDS_FIRST, "congress report",
                                                  NC_ ("congress report", "only %s")),
                                    event->fr)),
    keep (drawing, g_strdup_printf (words_for_in (WORDS_SECOND, "congress report",
                                                  NC_ ("congress report", "only %s")),
                                    event->zh)),
  };
}

static void put_events (Drawing *drawing)
{
  const TwoEvents *events = drawing->outcome->events;
  const GPtrArray *all = drawing->programme->events;
  if (all->len < 2)
    return;
  const ProgrammeEntry *first = all->pdata[0], *second = all->pdata[1];
  Pair one = only (drawing, first), two = only (drawing, second);
  const FigureField fields[] = { { word (NC_ ("congress report", "Category")), 2.6, FALSE },
                                 { one, 1.3, TRUE },
                                 { two, 1.3, TRUE },
                                 { word (NC_ ("congress report", "both")), 1, TRUE },
                                 { word (NC_ ("congress report", "either")), 1, TRUE } };
  const TwoEventsRow sum = { .registered = events->registered, .came = events->came };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Two events, one badge")),
      words_pair (N_ ("Came / registered. Came: admitted at an entrance of the event, on whatever "
                      "day. Registered: confirmed, for the event.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < events->rows->len; i++) {
    const TwoEventsRow *row = events->rows->pdata[i];
    if (two_events_either (&row->registered) + two_events_either (&row->came) > 0)
      put_two (drawing,
               *row->id != '\0' ? (Pair){ row->fr, row->zh }
                                : word (NC_ ("congress report", "without a category")),
               row);
  }
  put_two (drawing, word (NC_ ("congress report", "all")), &sum);
}

/* Sessions --------------------------------------------------------------------------- */

/* As the figures of its own day have it. */
static const FiguresRoom *room_of (const Drawing *drawing, const ProgrammeEntry *session)
{
  const char *date = days_date_of (drawing->programme->days, session->day);
  for (guint i = 0; date != NULL && i < drawing->outcome->days->len; i++) {
    const Figures *figures = drawing->outcome->days->pdata[i];
    for (guint j = 0; strcmp (figures->day, date) == 0 && j < figures->rooms->len; j++)
      if (strcmp (((const FiguresRoom *) figures->rooms->pdata[j])->session, session->id) == 0)
        return figures->rooms->pdata[j];
  }
  return NULL;
}

/* "87 · 15:20" */
static Pair peak_of (Drawing *drawing, const FiguresRoom *room)
{
  const Figures *figures = drawing->outcome->days->pdata[0];
  if (room->peak == 0)
    return (Pair){ "–", "" };
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (room->peak_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, figures->as_of->zone);
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  return (Pair){ keep (drawing, g_strdup_printf ("%" G_GINT64_FORMAT " · %s", room->peak, time)),
                 "" };
}

static void put_session (Drawing *drawing, const ProgrammeEntry *session)
{
  const FiguresRoom *room = room_of (drawing, session);
  const Pair title
      = { keep (drawing, g_strdup_printf ("%s · %s", session->id, session->fr)), session->zh },
      when
      = { keep (drawing, g_strdup_printf ("%s · %s–%s", session->day, session->from, session->to)),
          session->room };
  const gboolean counted = room != NULL && figures_room_is_counted (room);
  const Pair dash = { "–", "" };
  const Pair cells[]
      = { title,
          when,
          room != NULL && room->capacity > 0 ? number (drawing, room->capacity) : dash,
          room != NULL ? number (drawing, room->registered) : dash,
          counted ? number (drawing, room->arrived) : dash,
          counted ? peak_of (drawing, room) : dash };
  figure_sheet_row (drawing->sheet, cells, FALSE);
}

static void put_sessions (Drawing *drawing)
{
  const GPtrArray *sessions = drawing->programme->sessions;
  const FigureField fields[] = { { word (NC_ ("congress report", "Session")), 3.4, FALSE },
                                 { word (NC_ ("congress report", "When, where")), 1.7, FALSE },
                                 { word (NC_ ("congress report", "places")), 0.8, TRUE },
                                 { word (NC_ ("congress report", "registered")), 0.9, TRUE },
                                 { word (NC_ ("congress report", "came")), 0.8, TRUE },
                                 { word (NC_ ("congress report", "most at a time")), 1.2, TRUE } };
  if (sessions->len == 0)
    return;
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Sessions")),
      words_pair (N_ ("Registered: with the session in their registration, or a role in it. Came: "
                      "admitted at its door, each person once. Most at a time: inside by the "
                      "scans of its doors, and when first. –: nobody scans there.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < sessions->len; i++)
    put_session (drawing, sessions->pdata[i]);
}

/* Meals, transport, headsets --------------------------------------------------------- */

static void put_meals (Drawing *drawing)
{
  const GPtrArray *meals = drawing->outcome->meals;
  const FigureField fields[] = { { word (NC_ ("congress report", "Meal and diet")), 3.4, FALSE },
                                 { word (NC_ ("congress report", "expected")), 1, TRUE },
                                 { word (NC_ ("congress report", "served")), 1, TRUE } };
  if (meals->len == 0)
    return;
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Meals")),
      words_pair (N_ ("Expected: confirmed, with the right to that meal, for its day. Served: "
                      "people who were admitted there. Somebody with two diets is in both rows.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < meals->len; i++) {
    const MealsMeal *meal = meals->pdata[i];
    const Pair cells[] = { { meal->fr, meal->zh },
                           number (drawing, meal->expected),
                           number (drawing, meal->served) };
    figure_sheet_row (drawing->sheet, cells, TRUE);
    for (guint j = 0; j < meal->diets->len && j < DIETS_MAX; j++) {
      const MealsDiet *diet = meal->diets->pdata[j];
      const Pair row[] = { diet_wording (diet->diet), number (drawing, diet->expected),
                           number (drawing, diet->served) };
      figure_sheet_row (drawing->sheet, row, FALSE);
    }
  }
}

static void put_service (Drawing *drawing, const Figures *figures, const FiguresService *service)
{
  const Pair cells[] = { { service->fr, service->zh },
                         day_words (drawing, figures->day),
                         number (drawing, service->entitled),
                         number (drawing, service->served),
                         number (drawing, service->passages) };
  figure_sheet_row (drawing->sheet, cells, FALSE);
}

static void put_services (Drawing *drawing)
{
  const FigureField fields[] = { { word (NC_ ("congress report", "Service")), 2.2, FALSE },
                                 { word (NC_ ("congress report", "Day")), 1.6, FALSE },
                                 { word (NC_ ("congress report", "entitled")), 1, TRUE },
                                 { word (NC_ ("congress report", "people")), 1, TRUE },
                                 { word (NC_ ("congress report", "passages")), 1, TRUE } };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "Transport and headsets")),
      words_pair (N_ ("Entitled: with the right to it in the registration. People: distinct people "
                      "who were served that day; of headsets, who has one now. Passages: scans "
                      "that were let through.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < drawing->outcome->days->len; i++) {
    const Figures *figures = drawing->outcome->days->pdata[i];
    for (guint j = 0; j < figures->services->len; j++) {
      const FiguresService *service = figures->services->pdata[j];
      if (service->kind != CHECKPOINT_MEAL && service->passages > 0)
        put_service (drawing, figures, service);
    }
  }
  const Pair cells[]
      = { word (NC_ ("congress report", "headsets not back")), PAIR_EMPTY, PAIR_EMPTY,
          number (drawing, drawing->outcome->headsets->rows->len), PAIR_EMPTY };
  figure_sheet_row (drawing->sheet, cells, TRUE);
}

/* Delegations ------------------------------------------------------------------------ */

/* "26 (12) · 27 (10)" of those that are not 0. */
static Pair days_of (Drawing *drawing, const OutcomeDelegation *delegation)
{
  const GPtrArray *days = drawing->programme->days;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < days->len; i++)
    if (delegation->by_day[i] > 0)
      g_string_append_printf (text, "%s%s (%" G_GINT64_FORMAT ")", text->len > 0 ? " · " : "",
                              ((const Day *) days->pdata[i])->label, delegation->by_day[i]);
  return (Pair){ keep (drawing, g_string_free (text, FALSE)), "" };
}

static Pair sessions_of (Drawing *drawing, const OutcomeDelegation *delegation)
{
  const GPtrArray *sessions = drawing->programme->sessions;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < sessions->len; i++)
    if (delegation->by_session[i] > 0)
      g_string_append_printf (text, "%s%s (%" G_GINT64_FORMAT ")", text->len > 0 ? " · " : "",
                              ((const ProgrammeEntry *) sessions->pdata[i])->id,
                              delegation->by_session[i]);
  return (Pair){ keep (drawing, g_string_free (text, FALSE)), "" };
}

static void put_rest (Drawing *drawing, guint from)
{
  const GPtrArray *delegations = drawing->outcome->delegations;
  gint64 registered = 0, came = 0;
  for (guint i = from; i < delegations->len; i++) {
    const OutcomeDelegation *delegation = delegations->pdata[i];
    registered += delegation->registered;
    came += delegation->came;
  }
  g_auto (OwnedPair) label
      = words_counted ("%u more delegation", "%u more delegations", delegations->len - from);
  const Pair cells[] = { words_of_owned (&label), number (drawing, registered),
                         number (drawing, came), PAIR_EMPTY, PAIR_EMPTY };
  figure_sheet_row (drawing->sheet, cells, TRUE);
}

static void put_delegations (Drawing *drawing)
{
  const GPtrArray *delegations = drawing->outcome->delegations;
  const FigureField fields[] = { { word (NC_ ("congress report", "Delegation")), 3, FALSE },
                                 { word (NC_ ("congress report", "registered")), 0.9, TRUE },
                                 { word (NC_ ("congress report", "came")), 0.8, TRUE },
                                 { word (NC_ ("congress report", "by day")), 1.5, FALSE },
                                 { word (NC_ ("congress report", "by session")), 2, FALSE } };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "What each delegation took part in")),
      words_pair (
          N_ ("By day: of its people, who was admitted at an entrance that day. By session: "
              "who was admitted at its door. Each person once in each figure.")));
  figure_sheet_table (drawing->sheet, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < delegations->len && i < CONGRESS_REPORT_DELEGATIONS_MAX; i++) {
    const OutcomeDelegation *delegation = delegations->pdata[i];
    const Pair cells[]
        = { *delegation->id != '\0' ? (Pair){ delegation->fr, delegation->zh }
                                    : word (NC_ ("congress report", "without a delegation")),
            number (drawing, delegation->registered), number (drawing, delegation->came),
            days_of (drawing, delegation), sessions_of (drawing, delegation) };
    figure_sheet_row (drawing->sheet, cells, FALSE);
  }
  if (delegations->len > CONGRESS_REPORT_DELEGATIONS_MAX)
    put_rest (drawing, CONGRESS_REPORT_DELEGATIONS_MAX);
}

/* What the figures rest on ----------------------------------------------------------- */

static void put_basis (const Drawing *drawing)
{
  const Figures *figures = drawing->outcome->days->pdata[0];
  guint heard, all = as_of_count (figures->as_of, 0, &heard, NULL);
  const FigureTile tiles[]
      = { { all, word (NC_ ("congress report", "stations")) },
          { heard, word (NC_ ("congress report", "of them heard in the last minute")) },
          { figures->conflicts, word (NC_ ("congress report", "conflicts still open")) },
          { drawing->outcome->strangers, word (NC_ ("congress report", "came, not known here")) } };
  figure_sheet_section (
      drawing->sheet, word (NC_ ("congress report", "What these figures rest on")),
      words_pair (N_ ("All are counted from the journal of scans and registrations, at the moment "
                      "and the head of the journal that stand at the foot of each page: whoever "
                      "counts at the same head gets the same figures. What a station has not sent "
                      "yet is not in them.")));
  figure_sheet_tiles (drawing->sheet, tiles, G_N_ELEMENTS (tiles));
}

static char *foot_of (const AsOf *as_of)
{
  g_autofree char *time = as_of_time (as_of);
  g_auto (OwnedPair) foot = words_filled ("as of %s, journal head %.16s", time, as_of->head);
  return words_line (words_of_owned (&foot));
}

static void put_sections (Drawing *drawing)
{
  put_all (drawing);
  put_days (drawing);
  put_sides (drawing);
  put_categories (drawing);
  put_ranks (drawing);
  put_events (drawing);
  put_sessions (drawing);
  put_meals (drawing);
  put_services (drawing);
  put_delegations (drawing);
  put_basis (drawing);
}

GBytes *congress_report_draw (Journal *journal, GError **error)
{
  g_autoptr (Outcome) outcome = outcome_read (journal, error);
  if (outcome == NULL)
    return NULL;
  const Figures *figures = outcome->days->pdata[0],
                *last = outcome->days->pdata[outcome->days->len - 1];
  const Programme *programme = figures->programme;
  g_auto (OwnedPair) under = { NULL, NULL };
  g_autofree char *foot = foot_of (figures->as_of);
  g_autoptr (LogoRow) logos = logo_strip_read (journal, NULL, error);
  if (logos == NULL)
    return NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  dates_place_and_span ((Pair){ programme->place_fr, programme->place_zh }, figures->day, last->day,
                        &under.first, &under.second);
  const FigureHeading heading = { { programme->fr, programme->zh },
                                  word (NC_ ("congress report", "Report of the congress")),
                                  words_of_owned (&under),
                                  foot,
                                  logos };
  g_autoptr (FigureSheet) sheet = figure_sheet_new (&heading);
  Drawing drawing = { sheet, outcome, programme, texts };
  put_sections (&drawing);
  return figure_sheet_finish (sheet, error);
}
