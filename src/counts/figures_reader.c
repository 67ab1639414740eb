#include "counts/figures_reader.h"

#include "congress/checkpoint.h"
#include "counts/figures_arrivals.h"
#include "counts/figures_badges.h"
#include "counts/figures_rooms.h"
#include "counts/figures_services.h"
#include "counts/figures_stations.h"
#include "journal/query.h"

#include <string.h>
#include <time.h>

/* Days and events that are looked at by turns. */
#define KEPT_MAX 8

struct _FiguresReader {
  FiguresPeople *people;
  FiguresBadges *badges;
  FiguresFill *fill;
  FiguresWork *work;
  GHashTable *arrivals; /* "day event" → FiguresArrivals */
  GHashTable *granted;  /* as counts.h, of the people as they were when: */
  gint64 granted_of;    /* FiguresPeople's `changed` */
};

FiguresReader *figures_reader_new (void)
{
  FiguresReader *reader = g_new0 (FiguresReader, 1);
  reader->fill = figures_rooms_fill_new ();
  reader->granted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reader->arrivals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) figures_arrivals_free);
  return reader;
}

void figures_reader_free (FiguresReader *reader)
{
  if (reader == NULL)
    return;
  figures_people_free (reader->people);
  figures_badges_free (reader->badges);
  figures_rooms_fill_free (reader->fill);
  figures_stations_work_free (reader->work);
  g_hash_table_unref (reader->arrivals);
  g_hash_table_unref (reader->granted);
  g_free (reader);
}

/* Groups ----------------------------------------------------------------------------- */

static FiguresCategory *add_category (GPtrArray *categories, const char *id, const char *fr,
                                      const char *zh)
{
  FiguresCategory *category = g_new0 (FiguresCategory, 1);
  category->id = g_strdup (id);
  category->fr = g_strdup (fr);
  category->zh = g_strdup (zh);
  g_ptr_array_add (categories, category);
  return category;
}

static FiguresDelegation *add_delegation (Figures *figures, const char *id, const char *fr,
                                          const char *zh, FiguresSide side)
{
  FiguresDelegation *delegation = g_new0 (FiguresDelegation, 1);
  delegation->id = g_strdup (id);
  delegation->fr = g_strdup (fr);
  delegation->zh = g_strdup (zh);
  delegation->side = side;
  g_ptr_array_add (figures->delegations, delegation);
  return delegation;
}

static void add_groups (Figures *figures, const FiguresPeople *people)
{
  for (guint i = 0; i < rank_count (people->ranks); i++) {
    const Rank *rank = rank_at (people->ranks, i);
    add_category (figures->ranks, rank->id, rank->fr, rank->zh)->source = rank->source;
  }
  for (guint i = 0; i < people->categories->len; i++) {
    const FiguresGroup *group = people->categories->pdata[i];
    add_category (figures->categories, group->id, group->fr, group->zh);
  }
  /* Of each side; those without anybody are dropped again. */
  for (guint i = 0; i < people->delegations->len * FIGURES_SIDES; i++) {
    const FiguresGroup *group = people->delegations->pdata[i / FIGURES_SIDES];
    add_delegation (figures, group->id, group->fr, group->zh, (FiguresSide) (i % FIGURES_SIDES));
  }
}

/* That of people who have none; made where everybody has one. */
static FiguresCategory *category_of_nobody (Figures *figures, const FiguresPeople *people)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (people->category_of, ""));
  return place != 0 ? figures->categories->pdata[place - 1]
                    : add_category (figures->categories, "", "", "");
}

static FiguresDelegation *delegation_of_nobody (Figures *figures, const FiguresPeople *people)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (people->delegation_of, ""));
  return place != 0 ? figures->delegations->pdata[(place - 1) * FIGURES_SIDES + FIGURES_ELSEWHERE]
                    : add_delegation (figures, "", "", "", FIGURES_ELSEWHERE);
}

/* People ----------------------------------------------------------------------------- */

typedef struct {
  Figures *figures;
  const FiguresPeople *people;
  guint64 day, event; /* bits; event 0: all */
  gboolean any_event;
} Adding;

static void add (FiguresDay *day, gboolean expected, const FiguresArrival *arrival)
{
  day->expected += expected;
  day->arrived += arrival->came;
  day->inside += arrival->inside;
  day->missing += expected && !arrival->came;
}

static void add_person (const Adding *adding, const FiguresPerson *person,
                        const FiguresArrival *arrival)
{
  Figures *figures = adding->figures;
  gboolean expected = person->registered && (person->days & adding->day) != 0
                      && (adding->any_event || (person->events & adding->event) != 0);
  if (!expected && !arrival->came)
    return;
  FiguresCategory *category = figures->categories->pdata[person->category],
                  *rank = figures->ranks->pdata[person->rank];
  FiguresDelegation *delegation
      = figures->delegations->pdata[person->delegation * FIGURES_SIDES + person->side];
  add (&figures->today, expected, arrival);
  add (&figures->sides[person->side], expected, arrival);
  add (&rank->sides[person->side], expected, arrival);
  add (&category->sides[person->side], expected, arrival);
  add (&delegation->day, expected, arrival);
}

/* Who came and is registered nowhere: a fact that arrived before the registration.
 * She is from elsewhere, without category and delegation, so that the sums of all
 * groups hold. */
static void add_strangers (const Adding *adding, const FiguresArrivals *arrivals)
{
  GHashTableIter iter;
  gpointer arrival;
  Figures *figures = adding->figures;
  FiguresCategory *rank = figures->ranks->pdata[figures->ranks->len - 1], *category = NULL;
  FiguresDelegation *delegation = NULL;
  g_hash_table_iter_init (&iter, arrivals->strangers);
  while (g_hash_table_iter_next (&iter, NULL, &arrival)) {
    if (!((const FiguresArrival *) arrival)->came)
      continue;
    if (category == NULL) {
      category = category_of_nobody (figures, adding->people);
      delegation = delegation_of_nobody (figures, adding->people);
    }
    add (&figures->today, FALSE, arrival);
    add (&figures->sides[FIGURES_ELSEWHERE], FALSE, arrival);
    add (&rank->sides[FIGURES_ELSEWHERE], FALSE, arrival);
    add (&category->sides[FIGURES_ELSEWHERE], FALSE, arrival);
    add (&delegation->day, FALSE, arrival);
  }
}

static void add_people (const Adding *adding, const FiguresArrivals *arrivals)
{
  for (guint i = 0; i < arrivals->people->len; i++)
    add_person (adding, &g_array_index (adding->people->people, FiguresPerson, i),
                &g_array_index (arrivals->people, FiguresArrival, i));
  add_strangers (adding, arrivals);
}

static int by_expected (gconstpointer a, gconstpointer b)
{
  const FiguresDelegation *first = *(FiguresDelegation *const *) a,
                          *second = *(FiguresDelegation *const *) b;
  if (first->day.expected != second->day.expected)
    return first->day.expected > second->day.expected ? -1 : 1;
  int order = strcmp (first->id, second->id);
  return order != 0 ? order : (int) first->side - (int) second->side;
}

/* Nobody of it is expected, and nobody came: not of this day. */
static void drop_empty_delegations (Figures *figures)
{
  for (guint i = figures->delegations->len; i-- > 0;) {
    const FiguresDelegation *delegation = figures->delegations->pdata[i];
    if (delegation->day.expected + delegation->day.arrived == 0)
      g_ptr_array_remove_index_fast (figures->delegations, i);
  }
}

/* Arrivals --------------------------------------------------------------------------- */

typedef struct {
  Figures *figures;
  gint64 first, last; /* quarters since 1970 */
  gint64 base_ms;
} Quarters;

static void span_arrival (const FiguresArrival *arrival, gpointer data)
{
  Quarters *quarters = data;
  gint64 quarter = arrival->first_ms / FIGURES_QUARTER_MS;
  quarters->first = MIN (quarters->first, quarter);
  quarters->last = MAX (quarters->last, quarter);
}

/* A day has 96; a clock that was wrong by years must not make thousands. */
static void make_quarters (Quarters *quarters)
{
  Figures *figures = quarters->figures;
  gint64 first = MAX (quarters->first, quarters->last - 2 * 96);
  for (gint64 at = first; at <= quarters->last; at++) {
    FiguresQuarter *quarter = g_new0 (FiguresQuarter, 1);
    quarter->from_ms = at * FIGURES_QUARTER_MS;
    quarter->by_entrance = g_new0 (gint64, figures->entrances->len + 1);
    g_ptr_array_add (figures->quarters, quarter);
  }
  quarters->base_ms = first * FIGURES_QUARTER_MS;
}

static void add_arrival (const FiguresArrival *arrival, gpointer data)
{
  const Quarters *quarters = data;
  Figures *figures = quarters->figures;
  gint64 index = MAX (arrival->first_ms - quarters->base_ms, 0) / FIGURES_QUARTER_MS;
  FiguresQuarter *quarter = figures->quarters->pdata[index];
  quarter->people++;
  quarter->by_entrance[arrival->entrance]++;
  ((FiguresEntrance *) figures->entrances->pdata[arrival->entrance])->arrived++;
}

static void add_arrivals (Figures *figures, const FiguresArrivals *arrivals)
{
  Quarters quarters = { figures, G_MAXINT64, 0, 0 };
  for (guint i = 0; i < arrivals->entrances->len; i++) {
    const FiguresEntrance *entrance = arrivals->entrances->pdata[i];
    figures_add_entrance (figures->entrances, entrance->id, entrance->fr, entrance->zh);
  }
  figures_arrivals_each (arrivals, span_arrival, &quarters);
  make_quarters (&quarters);
  figures_arrivals_each (arrivals, add_arrival, &quarters);
  for (guint i = 0; i < figures->quarters->len; i++) {
    const FiguresQuarter *quarter = figures->quarters->pdata[i];
    if (figures->peak < 0
        || quarter->people > ((FiguresQuarter *) figures->quarters->pdata[figures->peak])->people)
      figures->peak = (gint) i;
  }
}

/* Events ----------------------------------------------------------------------------- */

static void take_event (Figures *figures, const CountsRow *row)
{
  FiguresEvent *event = g_new0 (FiguresEvent, 1);
  event->id = g_strdup (row->id);
  event->fr = g_strdup (row->fr);
  event->zh = g_strdup (row->zh);
  event->count = (FiguresCount){ row->registered, row->arrived, row->inside };
  g_ptr_array_add (figures->events, event);
}

/* When its entrances open, and whether they see people leave. */
static void take_entrance (Figures *figures, const Checkpoint *checkpoint)
{
  for (guint i = 0; i < figures->events->len; i++) {
    FiguresEvent *event = figures->events->pdata[i];
    if (strcmp (event->id, checkpoint->event) != 0)
      continue;
    event->way_out = event->way_out || checkpoint->direction != DIRECTION_IN;
    for (guint j = 0; j < checkpoint->openings->len; j++) {
      const Opening *opening = &g_array_index (checkpoint->openings, Opening, j);
      gint64 from = figures_rooms_moment (checkpoint->zone, opening->day, opening->from_minute);
      if (from != 0 && (event->opens_ms == 0 || from < event->opens_ms))
        event->opens_ms = from;
    }
  }
}

static const char REGISTERED[] = "SELECT events, delegates FROM delegate_kind";

static gboolean read_both (Journal *journal, Figures *figures, const Counts *counts, GError **error)
{
  g_autofree char *first = g_strdup_printf ("\"%s\"", counts->first_event),
                  *second = g_strdup_printf ("\"%s\"", counts->second_event);
  Query *query = journal_query (journal, REGISTERED, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    gboolean one = strstr (query_text (query, 0), first) != NULL,
             other = strstr (query_text (query, 0), second) != NULL;
    figures->both_registered += one && other ? query_int (query, 1) : 0;
    figures->either.registered += one || other ? query_int (query, 1) : 0;
  }
  figures->both_arrived = counts->both_events;
  figures->either.arrived = counts->both_events + counts->only_first + counts->only_second;
  figures->either.inside = counts->inside;
  return query_end (query, error);
}

static gboolean read_events (Journal *journal, const CountsBadges *badges,
                             const GPtrArray *checkpoints, Figures *figures, GError **error)
{
  g_autoptr (Counts) counts = counts_read_known (journal, COUNTS_BY_EVENT, NULL, badges, error);
  if (counts == NULL)
    return FALSE;
  for (guint i = 0; i < counts->rows->len; i++)
    take_event (figures, counts->rows->pdata[i]);
  for (guint i = 0; i < checkpoints->len; i++) {
    const Checkpoint *checkpoint = g_ptr_array_index (checkpoints, i);
    if (checkpoint->kind == CHECKPOINT_ENTRANCE)
      take_entrance (figures, checkpoint);
  }
  return read_both (journal, figures, counts, error);
}

/* All together ----------------------------------------------------------------------- */

static const char OF_DAY[]
    = "SELECT ifnull (sum (iif (verdict = 'ADMITTED', passages, 0)), 0), ifnull (sum (iif (verdict "
      "IN ('ADMITTED', 'UNDONE'), 0, passages)), 0) FROM passage_count WHERE day = :day";

static gboolean read_passages_of_day (Journal *journal, Figures *figures, GError **error)
{
  Query *query = journal_query (journal, OF_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", figures->day);
  if (query_next (query)) {
    figures->passages_of_day = query_int (query, 0);
    figures->refused_of_day = query_int (query, 1);
  }
  return query_end (query, error);
}

static void take_counts (Figures *figures, const Counts *counts)
{
  figures->all = (FiguresCount){ counts->registered, counts->arrived, counts->inside };
  figures->passages = counts->passages;
  figures->refused = counts->refused;
  figures->badges_printed = counts->badges_printed;
  figures->badges_waiting = counts->badges_waiting;
  figures->conflicts = counts->conflicts;
}

/* The arrivals of the figures' day and event, brought up to date; the reader's. */
static const FiguresArrivals *arrivals_of (FiguresReader *reader, Journal *journal,
                                           const Figures *figures, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", figures->day, figures->event), *found = NULL;
  FiguresArrivals *known = NULL;
  if (g_hash_table_size (reader->arrivals) > KEPT_MAX)
    g_hash_table_remove_all (reader->arrivals);
  g_hash_table_steal_extended (reader->arrivals, key, (gpointer *) &found, (gpointer *) &known);
  known = figures_arrivals_refresh (known, reader->people, journal, figures->day, figures->event,
                                    error);
  if (known != NULL)
    g_hash_table_insert (reader->arrivals, g_steal_pointer (&key), known);
  return known;
}

static gboolean read_day (FiguresReader *reader, Journal *journal, Figures *figures, GError **error)
{
  const FiguresArrivals *arrivals = arrivals_of (reader, journal, figures, error);
  if (arrivals == NULL)
    return FALSE;
  const Adding adding
      = { figures, reader->people, figures_people_day (reader->people, figures->day),
          figures_people_event (reader->people, figures->event), *figures->event == '\0' };
  figures->number = reader->people->number;
  add_groups (figures, reader->people);
  add_people (&adding, arrivals);
  drop_empty_delegations (figures);
  g_ptr_array_sort (figures->delegations, by_expected);
  if (figures->today.arrived > 0)
    add_arrivals (figures, arrivals);
  figures->way_out = arrivals->way_out || figures->today.inside < figures->today.arrived;
  return TRUE;
}

/* The day that the clock says at the venue, if the congress has it; else the last on
 * which anybody was admitted, else the first. */
static void choose_day (Figures *figures, const char *asked, const Counts *counts)
{
  const GPtrArray *days = figures->programme->days;
  g_autofree char *today = as_of_day (figures->as_of);
  const char *day = asked;
  for (guint i = 0; day == NULL && days != NULL && i < days->len; i++)
    if (strcmp (((Day *) g_ptr_array_index (days, i))->date, today) == 0)
      day = today;
  if (day == NULL && *counts->inside_day != '\0')
    day = counts->inside_day;
  if (day == NULL && days != NULL && days->len > 0)
    day = ((Day *) g_ptr_array_index (days, 0))->date;
  g_strlcpy (figures->day, day != NULL ? day : "", sizeof figures->day);
  figures->is_today = strcmp (figures->day, today) == 0;
}

static gboolean read_places (FiguresReader *reader, Journal *journal, const Counts *counts,
                             const GPtrArray *checkpoints, Figures *figures, GError **error)
{
  reader->work
      = figures_stations_refresh (g_steal_pointer (&reader->work), journal, figures->day, error);
  if (reader->work == NULL)
    return FALSE;
  figures_stations_put (reader->work, figures);
  return figures_rooms_read (journal, reader->fill, counts, checkpoints, figures, error)
         && figures_services_read (journal, reader->people, counts, checkpoints, figures, error);
}

/* What follows from registrations and definitions alone stays as long as they do. */
static gboolean refresh_people (FiguresReader *reader, Journal *journal, GError **error)
{
  reader->people = figures_people_refresh (g_steal_pointer (&reader->people), journal, error);
  if (reader->people == NULL)
    return FALSE;
  if (reader->granted_of != reader->people->changed)
    g_hash_table_remove_all (reader->granted);
  reader->granted_of = reader->people->changed;
  reader->badges
      = figures_badges_refresh (g_steal_pointer (&reader->badges), reader->people, journal, error);
  return reader->badges != NULL;
}

static gboolean read_in_view (FiguresReader *reader, Journal *journal, Figures *figures,
                              const char *day, GError **error)
{
  g_autoptr (Counts) counts
      = refresh_people (reader, journal, error)
            ? counts_read_known (journal, COUNTS_BY_CHECKPOINT, reader->granted,
                                 figures_badges_sum (reader->badges), error)
            : NULL;
  if (counts == NULL || (figures->as_of = as_of_read (journal, error)) == NULL
      || (figures->programme = programme_read (journal, error)) == NULL)
    return FALSE;
  g_autoptr (GPtrArray) checkpoints = programme_is_empty (figures->programme)
                                          ? g_ptr_array_new ()
                                          : checkpoint_all (journal, error);
  if (checkpoints == NULL)
    return FALSE;
  choose_day (figures, day, counts);
  take_counts (figures, counts);
  return read_events (journal, figures_badges_sum (reader->badges), checkpoints, figures, error)
         && read_passages_of_day (journal, figures, error)
         && read_day (reader, journal, figures, error)
         && read_places (reader, journal, counts, checkpoints, figures, error);
}

/* Of this thread: what others do meanwhile is no cost of counting. */
static gint64 worked_us (void)
{
  struct timespec spent = { 0 };
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

Figures *figures_reader_read (FiguresReader *reader, Journal *journal, const char *day,
                              const char *event, GError **error)
{
  g_autoptr (Figures) figures = figures_new (event);
  gint64 start_us = worked_us ();
  if (!journal_view_begin (journal, error))
    return NULL;
  gboolean good = read_in_view (reader, journal, figures, day, error);
  journal_view_end (journal);
  figures->cost_ms = (worked_us () - start_us) / G_TIME_SPAN_MILLISECOND;
  return good ? g_steal_pointer (&figures) : NULL;
}

const FiguresPeople *figures_reader_people (const FiguresReader *reader)
{
  return reader->people;
}
