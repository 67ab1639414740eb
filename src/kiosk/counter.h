/* counter.h: the thread at which scanned codes are decided, so that the window never waits for the disk.
 *
 * A code goes in as text, a decision comes out as a FlowScan, durable by then. One code after the other; COUNTER_WAITING_MAX may wait, what comes on top is dropped (nobody scans faster than that by hand).
 *
 * Must not know: GTK, what a screen shows.
 * Threads: belongs to the thread that made it, whose default main context delivers the answers. Only counter_free() blocks, until the code in hand is decided.  */
#pragma once

#include "kiosk/flow.h"

#define COUNTER_WAITING_MAX 32

typedef struct {
  /* @scan lives until the call returns; its guest may be referenced. @asked_us: g_get_monotonic_time() of counter_scan(). */
  void (*scanned) (const FlowScan *scan, gint64 asked_us, gpointer data);
  /* Nothing was decided: the replica cannot be read or written. @why is for the log. */
  void (*failed) (const char *why, gpointer data);
  gpointer data;
} CounterListener;

typedef struct _Counter Counter;

/* @checkpoint as gate_open(). With @volunteers, a volunteer's own badge opens the desk instead of being decided. */
Counter *counter_new (const char *db, Clock clock, const char *checkpoint, gboolean is_exit, gboolean volunteers, const CounterListener *listener, GError **error);
void counter_free (Counter *counter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counter, counter_free)

void counter_scan (Counter *counter, const char *text);
/* A volunteer lets @reference in without a code. */
void counter_admit (Counter *counter, const char *reference, const char *volunteer, const char *reason);

CheckpointKind counter_kind (const Counter *counter);
/* Names of the checkpoint. */
const char *counter_fr (const Counter *counter);
const char *counter_zh (const Counter *counter);
/* Whether a volunteer's badge opens the desk, from the next code on. */
void counter_set_volunteers (Counter *counter, gboolean volunteers);
