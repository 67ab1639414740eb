/* station_state.h: what each station last said of itself: its version, its clock, how
 * much the hub lacks of it, how its printers stand, how long its decisions took. Kept in
 * memory only: it is of the moment, and a station says it again within
 * STATION_STATE_EVERY_MS.
 *
 * What comes is a stranger's as far as it goes: bounded, and words but no texts.
 * Threads: all may be called by any thread; a StationState is immutable. */
#pragma once

#include "journal/decision_times.h"

#define STATION_STATE_BYTES_MAX 8192
#define STATION_STATE_PRINTERS_MAX 16
#define STATION_STATE_EVERY_MS 10000
/* An older one says nothing of now. */
#define STATION_STATE_OLD_MS (60 * 1000)
/* A clock that is further from the hub's is wrong, or the hub's is (hub_clock.h). */
#define STATION_STATE_CLOCK_MS 2000

typedef struct {
  char *queue;
  char *state;            /* "ready" "printing" "trouble" "unknown" (spool/printer_state.h) */
  char *troubles, *notes; /* keywords of vocabulary/printer_reason.h, comma-separated */
} StationStatePrinter;

typedef struct {
  gint references;
  gint64 at_ms;            /* of the hub's clock, when it came */
  char *version;           /* of the station's programs */
  gint64 offset_ms;        /* its clock was ahead of the hub's by so much */
  gint64 waiting;          /* facts of its own that the hub did not have */
  GPtrArray *printers;     /* StationStatePrinter, the preferred first */
  DecisionTimes decisions; /* since it was set up; of an older one all zero */
} StationState;
void station_state_unref (StationState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StationState, station_state_unref)

typedef struct _StationStates StationStates;
StationStates *station_state_list_new (void);
void station_state_list_free (StationStates *states);

/* @json is what @station sent. FALSE if it is no such report: then nothing is kept. */
gboolean station_state_take (StationStates *states, const char *station, const char *json,
                             gsize length, gint64 now_ms);
/* The last one, a reference; NULL where none has come. */
StationState *station_state_get (StationStates *states, const char *station);
/* Of all that spoke of late, how far their clocks are ahead: gint64, in ms. The caller's. */
GArray *station_state_offsets (StationStates *states, gint64 now_ms);
/* A number that grows when a printer or a version has changed, a clock went wrong or right,
 * or a station spoke for the first time: not with every report. */
gint64 station_state_changes (StationStates *states);
