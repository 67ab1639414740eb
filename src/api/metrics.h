/* metrics.h: the door in numbers, as Prometheus reads them (text exposition format
 * 0.0.4).
 *
 * No names of persons; stations, checkpoints and events by their ids.
 * Threads: as the Journal. Blocks on disk: hundredths of a second. */
#pragma once

#include "counts/figures_reader.h"
#include "replication/station_state.h"

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* What a hub knows beside its replica. */
typedef struct {
  gint64 commits;        /* transactions of its writer since it started */
  StationStates *states; /* as stations told them */
  FiguresReader *figures;
} MetricsHub;

/* Free with g_free(). */
char *metrics_text (Journal *journal, const MetricsHub *hub, GError **error);
