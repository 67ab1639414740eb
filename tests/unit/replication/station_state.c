/* What stations say of themselves: what is kept, what is cut, and what counts as a
 * change. */
#include "replication/station_state.h"

#include <string.h>

#define NOW_MS 1477547092000

static gboolean take (StationStates *states, const char *json)
{
  return station_state_take (states, "est-1", json, strlen (json), NOW_MS);
}

static void test_refused (void)
{
  static const char *const BAD[] = { "", "[]", "{", "{}", "1", "{\"version\":\"1\"}", "\"x\"" };
  StationStates *states = station_state_list_new ();
  g_autofree char *long_one
      = g_strdup_printf ("{\"clock_ms\":1,\"version\":\"%*s\"}", STATION_STATE_BYTES_MAX, "x");

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    g_assert_false (take (states, BAD[i]));
  g_assert_false (take (states, long_one));
  g_assert_null (station_state_get (states, "est-1"));
  g_assert_cmpint (station_state_changes (states), ==, 0);
  station_state_list_free (states);
}

static void test_kept (void)
{
  StationStates *states = station_state_list_new ();

  g_assert_true (take (states, "{\"clock_ms\":1477547087800,\"version\":\"0.9.0\",\"waiting\":12,"
                               "\"printers\":[{\"queue\":\"badges\",\"state\":\"trouble\","
                               "\"troubles\":\"media-empty\",\"notes\":\"toner-low\"},7]}"));
  g_autoptr (StationState) state = station_state_get (states, "est-1");
  g_assert_cmpint (state->offset_ms, ==, -4200);
  g_assert_cmpint (state->waiting, ==, 12);
  g_assert_cmpstr (state->version, ==, "0.9.0");
  g_assert_cmpuint (state->printers->len, ==, 2);
  const StationStatePrinter *printer = state->printers->pdata[0];
  g_assert_cmpstr (printer->queue, ==, "badges");
  g_assert_cmpstr (printer->troubles, ==, "media-empty");
  g_assert_cmpstr (printer->notes, ==, "toner-low");
  g_assert_null (station_state_get (states, "est-2"));
  station_state_list_free (states); /* what was taken out lives on */
  g_assert_cmpstr (state->version, ==, "0.9.0");
}

/* No text of a stranger's, no more printers than a station has, no number beyond
 * reason. */
static void test_bounds (void)
{
  StationStates *states = station_state_list_new ();
  g_autoptr (GString) many = g_string_new ("{\"clock_ms\":9223372036854775807,\"waiting\":-3,"
                                           "\"version\":\"<b>1 0</b>\",\"printers\":[");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (many, "%s{\"queue\":\"q%u\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  g_assert_true (take (states, many->str));
  g_autoptr (StationState) state = station_state_get (states, "est-1");
  g_assert_cmpstr (state->version, ==, "");
  g_assert_cmpint (state->waiting, ==, 0);
  g_assert_cmpint (state->offset_ms, >, 0);
  g_assert_cmpuint (state->printers->len, ==, STATION_STATE_PRINTERS_MAX);
  station_state_list_free (states);
}

static void test_changes (void)
{
#define SAID(clock, waiting, state)                                                                \
  "{\"clock_ms\":" clock ",\"waiting\":" waiting ",\"version\":\"1\",\"printers\":[{\"queue\":"    \
  "\"q\",\"state\":\"" state "\"}]}"
  static const struct {
    const char *json;
    gint64 changes;
  } STEPS[] = { { SAID ("1", "0", "ready"), 1 },   { SAID ("2", "5", "ready"), 1 },
                { SAID ("3", "5", "trouble"), 2 }, { SAID ("3", "5", "trouble"), 2 },
                { "{\"clock_ms\":3}", 3 },         { "{\"clock_ms\":1999}", 3 },
                { "{\"clock_ms\":4100}", 4 } };
  StationStates *states = station_state_list_new ();

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_assert_true (take (states, STEPS[i].json));
    g_assert_cmpint (station_state_changes (states), ==, STEPS[i].changes);
  }
  station_state_list_free (states);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station_state/refused", test_refused);
  g_test_add_func ("/station_state/kept", test_kept);
  g_test_add_func ("/station_state/bounds", test_bounds);
  g_test_add_func ("/station_state/changes", test_changes);
  return g_test_run ();
}
