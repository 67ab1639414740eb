/* Metrics of a small door: each number, labels that need escapes, and an age. */
#include "api/metrics.h"
#include "words_here.h"

#include "unit/access/replica.h"

static void test_text (void)
{
  static const char *const WANTED[] = {
    "# TYPE accueil_scans_total counter\n",
    "accueil_scans_total{verdict=\"ADMITTED\"} 1\n",
    "accueil_scans_total{verdict=\"a\\\"b\\\\c\\nd\"} 1\n",
    "accueil_people{event=\"*\",state=\"registered\"} 1\n",
    "accueil_print_jobs{state=\"queued\"} 1\n",
    "accueil_badges{state=\"waiting\"} 1\n",
    "accueil_badges{state=\"printed\"} 0\n",
    "accueil_badges{state=\"void\"} 0\n",
    "accueil_station_facts_waiting{station=\"est-1\"} 12\n",
    "# TYPE accueil_decision_seconds histogram\n",
    "accueil_decision_seconds_bucket{station=\"est-1\",le=\"0.002\"} 3\n",
    "accueil_decision_seconds_bucket{station=\"est-1\",le=\"0.500\"} 3\n",
    "accueil_decision_seconds_bucket{station=\"est-1\",le=\"+Inf\"} 4\n",
    "accueil_decision_seconds_sum{station=\"est-1\"} 2.004500\n",
    "accueil_decision_seconds_count{station=\"est-1\"} 4\n",
    "# TYPE accueil_session_people gauge\n",
    "accueil_badge_oldest_waiting_seconds 90\n",
    "accueil_stations 1\n",
    "accueil_stations_silent 1\n",
    "accueil_sync_lag_seconds{station=\"est-1\"} 180\n",
    "accueil_commits_total 7\n",
  };
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "hub");
  append (replica.journal, "registration", "FR-1", "{}");
  append (replica.journal, "passage", "FR-1",
          "{\"checkpoint\":\"a\",\"day\":\"2016-10-26\",\"verdict\":\"ADMITTED\"}");
  g_assert_true (journal_execute (replica.journal,
                                  "INSERT INTO passage_count (checkpoint, day, verdict, passages) "
                                  "VALUES ('a', '2016-10-26', 'a\"b\\c' || char (10) || 'd', 1)",
                                  &error));
  append (replica.journal, "badge-issued", "FR-1",
          "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  append (replica.journal, "print", "job-1",
          "{\"state\":\"queued\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"hub\"}");
  hand_ms += 90 * 1000;
  g_autofree char *enrolled = g_strdup_printf (
      "INSERT INTO enrolment (station, enrolled_ms, last_ms) VALUES ('est-1', 1, %lld)",
      (long long) hand_ms - 180 * 1000);
  g_assert_true (journal_execute (replica.journal, enrolled, &error));
  static const char TOLD[] = "{\"clock_ms\":1,\"waiting\":12,\"decisions\":{\"us\":2004500,"
                             "\"2\":3,\"more\":1}}";
  StationStates *states = station_state_list_new ();
  g_assert_true (station_state_take (states, "est-1", TOLD, strlen (TOLD), hand_ms));
  FiguresReader *figures = figures_reader_new ();
  const MetricsHub hub = { .commits = 7, .states = states, .figures = figures };
  g_autofree char *text = metrics_text (replica.journal, &hub, &error);
  g_assert_no_error (error);
  figures_reader_free (figures);
  station_state_list_free (states);
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    if (strstr (text, WANTED[i]) == NULL)
      g_error ("no %s in:\n%s", WANTED[i], text);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/metrics/text", test_text);
  return g_test_run ();
}
