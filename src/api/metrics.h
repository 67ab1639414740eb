/* metrics.h: the door in numbers, as Prometheus reads them (text exposition format
 * 0.0.4).
 *
 * No names of persons; stations, checkpoints and events by their ids.
 * Threads: as the Journal. Blocks on disk: hundredths of a second. */
#pragma once

#include "journal/journal.h"

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* @commits: transactions of the hub's writer since it started. Free with g_free(). */
char *metrics_text (Journal *journal, gint64 commits, GError **error);
