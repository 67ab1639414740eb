/* scan_worker.h: the thread at which scanned codes are decided, so that the window
 * never waits for the disk.
 *
 * A code goes in as text, a decision comes out as a FlowScan, durable by then. One
 * code after the other; SCAN_WORKER_WAITING_MAX may wait, as many as a reader sends
 * at once that kept its codes while it was out of range. What comes on top is
 * dropped, and logged.
 *
 * Must not know: GTK, what a screen shows. Threads: belongs to the thread that made
 * it, whose default main context delivers the answers. Only scan_worker_free()
 * blocks, until the code in hand is decided. */
#pragma once

#include "kiosk/flow_event.h"

#define SCAN_WORKER_WAITING_MAX 256

typedef struct {
  /* @scan lives until the call returns; its guest may be referenced. @asked_us:
   * g_get_monotonic_time() of scan_worker_scan(). */
  void (*scanned) (const FlowScan *scan, gint64 asked_us, gpointer data);
  /* Nothing was decided: the replica cannot be read or written. @why is for the log. */
  void (*failed) (const char *why, gpointer data);
  gpointer data;
} ScanWorkerListener;

typedef struct _ScanWorker ScanWorker;

/* @checkpoint as gate_open(). With @volunteers, a volunteer's own badge opens the desk
 * instead of being decided. */
ScanWorker *scan_worker_new (const char *db, Clock clock, const char *checkpoint, gboolean is_exit,
                             gboolean volunteers, const ScanWorkerListener *listener,
                             GError **error);
void scan_worker_free (ScanWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScanWorker, scan_worker_free)

void scan_worker_scan (ScanWorker *worker, const char *text);
/* Whether codes only open their person (FlowScan.opened), from the next one on. */
void scan_worker_set_opens (ScanWorker *worker, gboolean opens);
/* A volunteer lets @reference in without a code. */
void scan_worker_admit (ScanWorker *worker, const char *reference, const char *volunteer,
                        const char *reason);
/* The same against a refusal (gate_override()). */
void scan_worker_override (ScanWorker *worker, const char *reference, const char *volunteer,
                           const char *reason);

/* Names of the checkpoint. */
const char *scan_worker_fr (const ScanWorker *worker);
const char *scan_worker_zh (const ScanWorker *worker);
/* The event that it belongs to; "" for none. */
const char *scan_worker_event (const ScanWorker *worker);
/* Whether a volunteer's badge opens the desk, from the next code on. */
void scan_worker_set_volunteers (ScanWorker *worker, gboolean volunteers);
/* Out of service: codes are decided no more, but volunteers' own badges still open the
 * desk. */
void scan_worker_set_closed (ScanWorker *worker, gboolean closed);
