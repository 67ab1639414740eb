#include "api/metrics.h"

#include "core/installation.h"
#include "counts/as_of.h"
#include "counts/counts.h"
#include "journal/query.h"

static const char VERDICTS[]
    = "SELECT verdict, sum (passages) FROM passage_count GROUP BY verdict ORDER BY verdict";
static const char JOBS[] = "SELECT state, count (*) FROM print_job GROUP BY state ORDER BY state";
static const char OLDEST[]
    = "SELECT ifnull (min (b.at), 0) FROM badge b WHERE b.print AND NOT EXISTS (SELECT 1 FROM "
      "print_job j WHERE j.reference = b.reference AND j.serial = b.serial AND j.issuer = b.issuer "
      "AND (j.state = 'printed' OR (j.state = 'failed' AND j.reason = 'void'))) AND NOT EXISTS "
      "(SELECT 1 FROM badge_void v WHERE v.reference = b.reference AND v.serial = b.serial AND "
      "v.issuer = b.issuer)";
static const char VOID[]
    = "SELECT count (*) FROM (SELECT DISTINCT reference, serial, issuer FROM badge_void)";
static const char ALERTS[]
    = "SELECT kind, count (*) FROM alert WHERE NOT closed GROUP BY kind ORDER BY kind";
static const char LAST_FACTS[] = "SELECT station, at FROM head ORDER BY station";

static void head (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* A value of a label, in quotes. */
static void append_label (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++) {
    if (*value == '\n')
      g_string_append (text, "\\n");
    else if (*value == '"' || *value == '\\')
      g_string_append_printf (text, "\\%c", *value);
    else
      g_string_append_c (text, *value);
  }
  g_string_append_c (text, '"');
}

static void sample (GString *text, const char *name, const char *label, const char *value,
                    gint64 number)
{
  g_string_append_printf (text, "%s{%s=", name, label);
  append_label (text, value);
  g_string_append_printf (text, "} %" G_GINT64_FORMAT "\n", number);
}

static void single (GString *text, const char *name, const char *type, const char *help,
                    gint64 number)
{
  head (text, name, type, help);
  g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", name, number);
}

/* A sample for each row: a label's value and a number. */
static gboolean samples (Journal *journal, GString *text, const char *sql, const char *name,
                         const char *label, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    sample (text, name, label, query_text (query, 0), query_int (query, 1));
  return query_end (query, error);
}

/* People ----------------------------------------------------------------------------- */

static void add_people (GString *text, const char *event, const char *state, gint64 people)
{
  g_string_append (text, "accueil_people{event=");
  append_label (text, event);
  g_string_append_printf (text, ",state=\"%s\"} %" G_GINT64_FORMAT "\n", state, people);
}

static gboolean add_counts (Journal *journal, GString *text, GError **error)
{
  g_autoptr (Counts) counts = counts_read (journal, COUNTS_BY_EVENT, error);
  if (counts == NULL)
    return FALSE;
  head (text, "accueil_people", "gauge",
        "Distinct persons, as accueil counts says; event * is all.");
  add_people (text, "*", "registered", counts->registered);
  add_people (text, "*", "arrived", counts->arrived);
  add_people (text, "*", "inside", counts->inside);
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    add_people (text, row->id, "registered", row->registered);
    add_people (text, row->id, "arrived", row->arrived);
    add_people (text, row->id, "inside", row->inside);
  }
  head (text, "accueil_badges", "gauge",
        "Badges that are still to be printed, that printers say are out, that open nothing more.");
  sample (text, "accueil_badges", "state", "waiting", counts->badges_waiting);
  sample (text, "accueil_badges", "state", "printed", counts->badges_printed);
  gint64 without = 0;
  if (!query_number (journal, VOID, &without, error))
    return FALSE;
  sample (text, "accueil_badges", "state", "void", without);
  single (text, "accueil_conflicts_open", "gauge",
          "Contradictions between stations that nobody has closed.", counts->conflicts);
  return TRUE;
}

/* Stations --------------------------------------------------------------------------- */

static void add_stations (GString *text, const AsOf *as_of)
{
  guint heard, all = as_of_count (as_of, 0, &heard, NULL);
  single (text, "accueil_stations", "gauge", "Enrolled stations.", all);
  single (text, "accueil_stations_silent", "gauge", "Stations not heard of for over a minute.",
          all - heard);
  head (text, "accueil_sync_lag_seconds", "gauge",
        "Seconds since the station was last in contact.");
  for (guint i = 0; i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];
    sample (text, "accueil_sync_lag_seconds", "station", station->name,
            MAX (as_of->at_ms - station->last_ms, 0) / 1000);
  }
}

static gboolean add_last_facts (Journal *journal, GString *text, GError **error)
{
  Query *query = journal_query (journal, LAST_FACTS, error);
  if (query == NULL)
    return FALSE;
  head (text, "accueil_last_fact_timestamp_seconds", "gauge",
        "When the last fact that is held of the station happened.");
  while (query_next (query))
    sample (text, "accueil_last_fact_timestamp_seconds", "station", query_text (query, 0),
            clock_hybrid_ms ((HybridTime) query_int (query, 1)) / 1000);
  return query_end (query, error);
}

/* Of those that have told of themselves within the minute. */
static GPtrArray *states_of (const AsOf *as_of, StationStates *states)
{
  GPtrArray *all = g_ptr_array_new ();
  for (guint i = 0; i < as_of->stations->len; i++) {
    StationState *state
        = station_state_get (states, ((const AsOfStation *) as_of->stations->pdata[i])->name);
    if (state != NULL && as_of->at_ms - state->at_ms > STATION_STATE_OLD_MS)
      g_clear_pointer (&state, station_state_unref);
    g_ptr_array_add (all, state);
  }
  return all;
}

static void add_decisions (GString *text, const char *station, const DecisionTimes *times)
{
  static const char NAME[] = "accueil_decision_seconds";
  gint64 count = 0;
  for (guint i = 0; i < DECISION_TIMES_CLASSES; i++) {
    g_autofree char *limit = i < DECISION_TIMES_LIMITS
                                 ? g_strdup_printf ("%u.%03u", decision_times_limits_ms[i] / 1000,
                                                    decision_times_limits_ms[i] % 1000)
                                 : g_strdup ("+Inf");
    count += times->counts[i];
    g_string_append_printf (text, "%s_bucket{station=", NAME);
    append_label (text, station);
    g_string_append_printf (text, ",le=\"%s\"} %" G_GINT64_FORMAT "\n", limit, count);
  }
  g_string_append_printf (text, "%s_sum{station=", NAME);
  append_label (text, station);
  g_string_append_printf (text, "} %" G_GINT64_FORMAT ".%06d\n", times->sum_us / G_USEC_PER_SEC,
                          (gint) (times->sum_us % G_USEC_PER_SEC));
  g_string_append_printf (text, "%s_count{station=", NAME);
  append_label (text, station);
  g_string_append_printf (text, "} %" G_GINT64_FORMAT "\n", count);
}

/* What stations tell of themselves: a silent one says nothing of now. */
static void add_told (GString *text, const AsOf *as_of, StationStates *states)
{
  g_autoptr (GPtrArray) told = states_of (as_of, states);
  head (text, "accueil_station_facts_waiting", "gauge",
        "Facts of the station that it had not sent yet.");
  for (guint i = 0; i < told->len; i++)
    if (told->pdata[i] != NULL)
      sample (text, "accueil_station_facts_waiting", "station",
              ((const AsOfStation *) as_of->stations->pdata[i])->name,
              ((const StationState *) told->pdata[i])->waiting);
  head (text, "accueil_decision_seconds", "histogram",
        "From a code to the durable verdict, at the station.");
  for (guint i = 0; i < told->len; i++) {
    if (told->pdata[i] != NULL)
      add_decisions (text, ((const AsOfStation *) as_of->stations->pdata[i])->name,
                     &((const StationState *) told->pdata[i])->decisions);
    station_state_unref (told->pdata[i]);
  }
}

/* Sessions --------------------------------------------------------------------------- */

static void add_session (GString *text, const char *session, const char *state, gint64 people)
{
  g_string_append (text, "accueil_session_people{session=");
  append_label (text, session);
  g_string_append_printf (text, ",state=\"%s\"} %" G_GINT64_FORMAT "\n", state, people);
}

static gboolean add_sessions (Journal *journal, GString *text, FiguresReader *reader,
                              GError **error)
{
  g_autoptr (Figures) figures = figures_reader_read (reader, journal, NULL, NULL, error);
  if (figures == NULL)
    return FALSE;
  head (text, "accueil_session_people", "gauge",
        "Of each session, those registered, who came, inside now, the most at a time, who came "
        "late, and who left half-way.");
  for (guint i = 0; i < figures->rooms->len; i++) {
    const FiguresRoom *room = figures->rooms->pdata[i];
    if (*room->session == '\0' || !figures_room_is_counted (room))
      continue;
    add_session (text, room->session, "registered", room->registered);
    add_session (text, room->session, "arrived", room->arrived);
    add_session (text, room->session, "inside", room->inside);
    add_session (text, room->session, "peak", room->peak);
    add_session (text, room->session, "late", room->late);
    add_session (text, room->session, "left", room->left);
  }
  head (text, "accueil_session_seats", "gauge", "Seats of the session; 0 for no limit.");
  for (guint i = 0; i < figures->rooms->len; i++) {
    const FiguresRoom *room = figures->rooms->pdata[i];
    if (*room->session != '\0' && figures_room_is_counted (room))
      sample (text, "accueil_session_seats", "session", room->session, room->capacity);
  }
  return TRUE;
}

/* All -------------------------------------------------------------------------------- */

static gboolean add_prints (Journal *journal, GString *text, gint64 now_ms, GError **error)
{
  gint64 oldest = 0;
  head (text, "accueil_print_jobs", "gauge", "Print jobs by state.");
  if (!samples (journal, text, JOBS, "accueil_print_jobs", "state", error)
      || !query_number (journal, OLDEST, &oldest, error))
    return FALSE;
  gint64 age_ms = oldest != 0 ? MAX (now_ms - clock_hybrid_ms ((HybridTime) oldest), 0) : 0;
  single (text, "accueil_badge_oldest_waiting_seconds", "gauge",
          "Age of the oldest badge that is still to be printed; 0 for none.", age_ms / 1000);
  return TRUE;
}

static gboolean add_all (Journal *journal, GString *text, const MetricsHub *hub, GError **error)
{
  g_autoptr (AsOf) as_of = as_of_read (journal, error);
  if (as_of == NULL)
    return FALSE;
  head (text, "accueil_build_info", "gauge", "The version of this hub.");
  sample (text, "accueil_build_info", "version", installation_version (), 1);
  head (text, "accueil_scans_total", "counter", "Scans by verdict.");
  if (!samples (journal, text, VERDICTS, "accueil_scans_total", "verdict", error)
      || !add_counts (journal, text, error) || !add_prints (journal, text, as_of->at_ms, error))
    return FALSE;
  head (text, "accueil_alerts_open", "gauge", "What a person should look at, by kind.");
  if (!samples (journal, text, ALERTS, "accueil_alerts_open", "kind", error))
    return FALSE;
  add_stations (text, as_of);
  add_told (text, as_of, hub->states);
  single (text, "accueil_facts_total", "counter", "Facts held.",
          journal_last_number (journal, NULL));
  single (text, "accueil_commits_total", "counter",
          "Transactions that have stored facts since this hub started.", hub->commits);
  return add_last_facts (journal, text, error) && add_sessions (journal, text, hub->figures, error);
}

char *metrics_text (Journal *journal, const MetricsHub *hub, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (!journal_view_begin (journal, error))
    return NULL;
  gboolean good = add_all (journal, text, hub, error);
  journal_view_end (journal);
  return good ? g_strdup (text->str) : NULL;
}
