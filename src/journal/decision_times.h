/* decision_times.h: how long a station's decisions took, from the code to the durable
 * verdict, in classes: kept in its own replica as a local value, told to its hub with
 * its state (replication/PROTOCOL.md, /v1/state), and shown there as a histogram
 * (api/metrics.h). No fact: nobody's door depends on it.
 *
 * Threads: plain data; decision_times_keep() as the Journal. */
#pragma once

#include "core/json.h"
#include "journal/journal.h"

/* Upper limits of the classes, in milliseconds; the last class has none. */
#define DECISION_TIMES_LIMITS 8
#define DECISION_TIMES_CLASSES (DECISION_TIMES_LIMITS + 1)
extern const guint decision_times_limits_ms[DECISION_TIMES_LIMITS];
#define DECISION_TIMES_LOCAL "decision-times"

typedef struct {
  gint64 counts[DECISION_TIMES_CLASSES]; /* of each class alone */
  gint64 sum_us;
} DecisionTimes;

void decision_times_add (DecisionTimes *times, gint64 took_us);
gint64 decision_times_count (const DecisionTimes *times);
/* Of {"us":SUM,"1":COUNT,…,"500":COUNT,"more":COUNT}, as it is kept and told: each class
 * by its limit; what is not there is 0. FALSE, and all zero, for anything else: it may be
 * a stranger's. */
gboolean decision_times_from_json (JsonValue *value, DecisionTimes *times);
/* Adds @more to what is kept, inside the caller's transaction. */
gboolean decision_times_keep (Journal *journal, const DecisionTimes *more, GError **error);
