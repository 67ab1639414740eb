#include "replication/hub_clock.h"

#include <stdlib.h>

#define LOCAL "hub-clock-doubted"

static gint by_offset (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gboolean is_apart (gint64 offset_ms, gboolean ahead)
{
  return ahead ? offset_ms > STATION_STATE_CLOCK_MS : offset_ms < -STATION_STATE_CLOCK_MS;
}

HubClock hub_clock_judge (StationStates *states, gint64 now_ms)
{
  g_autoptr (GArray) offsets = station_state_offsets (states, now_ms);
  HubClock clock = { .stations = offsets->len };
  gint64 middle;

  if (offsets->len < HUB_CLOCK_STATIONS_LEAST)
    return clock;
  g_array_sort (offsets, by_offset);
  middle = g_array_index (offsets, gint64, offsets->len / 2);
  for (guint i = 0; i < offsets->len; i++)
    clock.apart += is_apart (g_array_index (offsets, gint64, i), middle > 0);
  if (clock.apart * 2 > clock.stations)
    clock.offset_ms = middle;
  else
    clock.apart = 0;
  return clock;
}

/* Nothing new is to be said of it. */
static gboolean is_noted (const HubClock *clock, const HubClockNoted *noted, gint64 now_ms)
{
  if (clock->offset_ms == 0 || noted->offset_ms == 0)
    return clock->offset_ms == noted->offset_ms;
  return ABS (now_ms - noted->at_ms) < HUB_CLOCK_NOTE_MS
         && ABS (clock->offset_ms - noted->offset_ms) < STATION_STATE_CLOCK_MS;
}

gboolean hub_clock_note (Journal *journal, const HubClock *clock, HubClockNoted *noted,
                         GError **error)
{
  gint64 now_ms = journal_machine_ms (journal);
  g_autofree char *text = NULL;

  if (is_noted (clock, noted, now_ms))
    return TRUE;
  if (clock->offset_ms != 0)
    text = g_strdup_printf ("%u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, clock->apart,
                            clock->stations, clock->offset_ms, now_ms);
  if (!journal_set_local (journal, LOCAL, text, error))
    return FALSE;
  *noted = (HubClockNoted){ clock->offset_ms, now_ms };
  return TRUE;
}

gboolean hub_clock_noted (Journal *journal, HubClock *clock, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  *clock = (HubClock){ 0 };
  if (!journal_read_local (journal, LOCAL, &text, error))
    return FALSE;
  words = g_strsplit (text != NULL ? text : "", " ", -1);
  if (g_strv_length (words) != 4
      || ABS (journal_machine_ms (journal) - atoll (words[3])) > HUB_CLOCK_NOTE_OLD_MS)
    return TRUE;
  clock->apart = (guint) atoi (words[0]);
  clock->stations = (guint) atoi (words[1]);
  clock->offset_ms = atoll (words[2]);
  return TRUE;
}
