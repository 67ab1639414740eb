/* hub_clock.h: whether it is the hub's own clock that is wrong. Stations' programs follow
 * the hub's, but tell what their machines' clocks say: where several are far from the
 * hub's on the same side, and are most of all, theirs are the likelier ones.
 *
 * Threads: reentrant; the note's functions as the Journal. */
#pragma once

#include "journal/journal.h"
#include "replication/station_state.h"

#define HUB_CLOCK_STATIONS_LEAST 2

typedef struct {
  guint stations, apart; /* heard of late; those that say so */
  gint64 offset_ms;      /* theirs are ahead of the hub's by so much; 0: it is not doubted */
} HubClock;

HubClock hub_clock_judge (StationStates *states, gint64 now_ms);

/* For doctor, in a local value: as long as it is doubted; a note that is older than
 * HUB_CLOCK_NOTE_OLD_MS says nothing. @noted: what was noted last, to begin with zero. */
#define HUB_CLOCK_NOTE_MS (30 * 1000)
#define HUB_CLOCK_NOTE_OLD_MS (90 * 1000)
typedef struct {
  gint64 offset_ms, at_ms;
} HubClockNoted;
gboolean hub_clock_note (Journal *journal, const HubClock *clock, HubClockNoted *noted,
                         GError **error);
/* All zero: there is no such note. */
gboolean hub_clock_noted (Journal *journal, HubClock *clock, GError **error);
