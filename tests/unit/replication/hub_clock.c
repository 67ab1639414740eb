/* When the hub's own clock is doubted, and what doctor reads of it. */
#include "replication/hub_clock.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_MS 1477547092000
#define MINUTES(n) ((n) *60 * 1000LL)

static gint64 now_ms;

static gint64 test_now (void *data)
{
  return now_ms;
}

static void say (StationStates *states, guint station, gint64 ahead_ms)
{
  g_autofree char *name = g_strdup_printf ("est-%u", station),
                  *json
                  = g_strdup_printf ("{\"clock_ms\":%" G_GINT64_FORMAT "}", NOW_MS + ahead_ms);

  g_assert_true (station_state_take (states, name, json, strlen (json), NOW_MS));
}

static void test_judged (void)
{
  static const struct {
    gint64 ahead_ms[5]; /* until 1 */
    guint stations, apart;
    gint64 offset_ms;
  } ROWS[] = {
    { { 1 }, 0, 0, 0 },
    { { MINUTES (5), 1 }, 1, 0, 0 }, /* one alone: who is to tell? */
    { { MINUTES (5), MINUTES (5) + 40, 1 }, 2, 2, MINUTES (5) + 40 },
    { { MINUTES (5), 0, 1 }, 2, 0, 0 },
    { { MINUTES (5), -MINUTES (5), 1 }, 2, 0, 0 },
    { { -MINUTES (5), -MINUTES (5), 0, 1 }, 3, 2, -MINUTES (5) },
    { { -MINUTES (5), 0, 0, 1 }, 3, 0, 0 },
    { { 1500, 1900, -1900, 1 }, 3, 0, 0 },
    { { MINUTES (5), MINUTES (5), -MINUTES (600), -MINUTES (600), 1 }, 4, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    StationStates *states = station_state_list_new ();
    HubClock clock;

    for (guint j = 0; ROWS[i].ahead_ms[j] != 1; j++)
      say (states, j, ROWS[i].ahead_ms[j]);
    clock = hub_clock_judge (states, NOW_MS);
    g_test_message ("row %u", i);
    g_assert_cmpuint (clock.stations, ==, ROWS[i].stations);
    g_assert_cmpuint (clock.apart, ==, ROWS[i].apart);
    g_assert_cmpint (clock.offset_ms, ==, ROWS[i].offset_ms);
    clock = hub_clock_judge (states, NOW_MS + STATION_STATE_OLD_MS + 1);
    g_assert_cmpuint (clock.stations, ==, 0);
    station_state_list_free (states);
  }
}

static void test_noted (void)
{
  const HubClock five = { 3, 3, MINUTES (5) }, six = { 3, 2, MINUTES (6) }, good = { 3, 0, 0 };
  g_autofree char *folder = g_dir_make_tmp ("accueil-hub-clock-XXXXXX", NULL),
                  *path = g_build_filename (folder, "hub.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_create (path, "hub", (Clock){ .now_ms = test_now }, &error);
  const struct {
    const HubClock *judged;
    gint64 later_ms;
    const HubClock *said;
  } ROWS[] = {
    { &good, 0, &good },
    { &five, 1000, &five },
    { &five, 1000, &five }, /* nothing new */
    { &six, 1000, &six },
    { &six, HUB_CLOCK_NOTE_MS + 1, &six }, /* said again, in time */
    { NULL, HUB_CLOCK_NOTE_OLD_MS - 1, &six },
    { NULL, 2, &good }, /* the hub runs no more */
    { &six, 1000, &six },
    { &good, 1000, &good },
  };
  HubClockNoted noted = { 0 };

  g_assert_no_error (error);
  now_ms = NOW_MS;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    HubClock clock;

    now_ms += ROWS[i].later_ms;
    g_test_message ("row %u", i);
    if (ROWS[i].judged != NULL)
      g_assert_true (hub_clock_note (journal, ROWS[i].judged, &noted, &error));
    g_assert_true (hub_clock_noted (journal, &clock, &error));
    g_assert_cmpint (clock.offset_ms, ==, ROWS[i].said->offset_ms);
    if (clock.offset_ms != 0)
      g_assert_cmpuint (clock.apart, ==, ROWS[i].said->apart);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replication/hub_clock/judged", test_judged);
  g_test_add_func ("/replication/hub_clock/noted", test_noted);
  return g_test_run ();
}
