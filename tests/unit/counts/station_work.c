/* What was done at a station: by code, by each volunteer, and the sums of figures.h. */
#include "counts/station_work.h"

#include "congress/event_file.h"
#include "counts/figures_reader.h"
#include "words_here.h"
#include "unit/access/replica.h"

static void scan (const Replica *replica, const char *verdict, const char *volunteer)
{
  g_autofree char *body
      = g_strdup_printf ("{\"checkpoint\":\"entree-est\",\"verdict\":\"%s\",\"day\":\"2016-10-26\","
                         "\"direction\":\"in\",\"volunteer\":\"%s\"}",
                         verdict, volunteer);
  hand_ms += 1000;
  append (replica->journal, "passage", "FR-1", body);
}

static char *told (const GPtrArray *list)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++) {
    const StationWork *work = list->pdata[i];
    g_string_append_printf (text, "%s%s %d %d %d %d", i > 0 ? "; " : "",
                            *work->volunteer != '\0' ? work->volunteer : "-", (gint) work->scans,
                            (gint) work->last_hour, (gint) work->refused, (gint) work->badges);
  }
  return g_string_free (text, FALSE);
}

static void test_work (void)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  Replica replica;
  replica_open (&replica, "est-1");
  g_assert_true (
      event_file_load (replica.journal, "assets/demo/congress.ini", NULL, &summary, &error));

  scan (&replica, "ADMITTED", "");
  hand_ms += 2 * 3600 * 1000;
  scan (&replica, "ADMITTED", "");
  scan (&replica, "NOT_TODAY", "");
  scan (&replica, "ADMITTED", "Li Na");
  scan (&replica, "ADMITTED", "Li Na");
  scan (&replica, "NOT_ENTITLED", "Zoé");
  append (replica.journal, "badge-issued", "FR-1",
          "{\"serial\":2,\"reason\":\"lost\",\"volunteer\":\"Li Na\"}");
  append (replica.journal, "badge-issued", "FR-2", "{\"serial\":1,\"reason\":\"first\"}");

  g_autoptr (GPtrArray) list
      = station_work_read (replica.journal, "est-1", "2016-10-26", hand_ms, &error);
  g_assert_no_error (error);
  g_autofree char *text = told (list);
  g_assert_cmpstr (text, ==, "- 3 2 1 0; Li Na 2 2 0 1; Zoé 1 1 1 0");

  FiguresReader *reader = figures_reader_new ();
  g_autoptr (Figures) figures
      = figures_reader_read (reader, replica.journal, "2016-10-26", NULL, &error);
  g_assert_no_error (error);
  const FiguresStation *station = figures_station (figures, "est-1");
  gint64 scans = 0, refused = 0;
  for (guint i = 0; i < list->len; i++) {
    scans += ((const StationWork *) list->pdata[i])->scans;
    refused += ((const StationWork *) list->pdata[i])->refused;
  }
  g_assert_cmpint (station->passages + station->refused, ==, scans);
  g_assert_cmpint (station->refused, ==, refused);
  figures_reader_free (reader);
  g_autoptr (GPtrArray) nobody
      = station_work_read (replica.journal, "est-2", "2016-10-26", hand_ms, &error);
  g_assert_cmpuint (nobody->len, ==, 0);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station_work/work", test_work);
  return g_test_run ();
}
