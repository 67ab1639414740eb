/* station_record.h: what the desk's page shows of the station, read from the replica in
 * one go.
 *
 * Must not know: GTK, CUPS (printers are as the agent last wrote them), the network (the
 * hub is as the last sync left it). Ownership: all belongs to the record; texts are never
 * NULL. Threads: immutable once read; reading is as the Journal and blocks on disk.  */
#pragma once

#include "journal/journal.h"
#include "sync/client_terms.h"

typedef struct {
  GPtrArray *printers;  /* PrinterState, the preferred first */
  gint64 now_ms;        /* when it was read */
  GPtrArray *jobs;      /* DeskBadge: what is not done with */
  GPtrArray *alerts;    /* Alert: open ones, the last first */
  GPtrArray *platforms; /* PlatformWatch: sessions of which somebody is not yet seen */
  gboolean enrolled;
  gint64 contact_ms;      /* Unix milliseconds of the hub's last answer, 0 for never */
  gint64 offset_ms;       /* how far the hub's clock was ahead of ours then */
  gboolean clock_wrong;   /* it cannot be believed, and the hub has not told it better */
  gint64 waiting;         /* own facts that the hub does not have */
  ClientRefusal refusal;  /* what waiting does not mend */
  GPtrArray *checkpoints; /* Checkpoint: where this machine may stand */
} StationRecord;

StationRecord *station_record_read (Journal *journal, GError **error);
void station_record_free (StationRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StationRecord, station_record_free)

/* The checkpoint where headsets are lent, the first by id; "" if there is none. Free with
 * g_free(). */
char *station_record_headset_desk (Journal *journal, GError **error);
