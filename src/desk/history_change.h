/* history_change.h: what each registration of a person has changed, told in their
 * order: a list's, whole; a desk's, of some fields, which lies over every whole one;
 * a list's word taken in place of a correction (schema/projection-20-delegate.sql). A
 * part of history.h.
 *
 * Threads: plain data. Nothing here blocks. */
#pragma once

#include "core/json.h"
#include "roster/delegate.h"

/* Zeroed before the first: nobody is registered. */
typedef struct {
  Delegate *listed, *now; /* without and with what persons have corrected; NULL before any */
  guint64 corrected;      /* fields, as bits in the order of delegate_fields() */
} HistoryRegistered;

typedef enum {
  HISTORY_CHANGE_WHOLE,     /* a list's, or of somebody who came without one */
  HISTORY_CHANGE_CORRECTED, /* by a desk */
  HISTORY_CHANGE_TAKEN,     /* a list's word holds again */
} HistoryChangeKind;

typedef struct {
  HistoryChangeKind kind;
  gboolean first;           /* she was not registered before */
  Delegate *before, *after; /* to be freed: history_change_clear() */
  guint64 fields;           /* in which the two differ, as bits */
} HistoryChange;

/* Takes the body of the next `registration`, and tells what it changes. */
void history_change_take (HistoryRegistered *registered, JsonValue *body, HistoryChange *change);
void history_change_clear (HistoryChange *change);
void history_change_end (HistoryRegistered *registered);
