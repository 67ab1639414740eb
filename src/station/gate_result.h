/* gate_result.h: what was shown at a gate, and what came of it.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include "access/presentation.h"
#include "core/identifier.h"
#include "credential/code.h"
#include "roster/delegate.h"
#include "vocabulary/awaits.h"

typedef struct {
  Verdict verdict;
  const char *detail; /* static, see DecisionAnswer; of FULL also "defect", of a headset */
  Direction direction;
  Delegate *delegate; /* NULL if the code is nobody's; a headset's */
  char next_day[11];  /* when it may be tried again (DecisionAnswer); "" for none */
  gint next_minute;
  guint badge_serial;               /* issued by this scan; 0 if none */
  guint presented_serial;           /* of the badge shown; 0 otherwise */
  Awaits awaits;                    /* ADMITTED is only half of it: the other code is to come */
  char headset[IDENTIFIER_MAX + 1]; /* lent, given back, waiting; or one of those she keeps */
  char channel[17];                 /* on which she hears her language; "" where nobody said */
  OwnedPair told; /* of sessions of hers that were moved or cancelled since she was last let in;
                     and what the event file says to her there; empty or NULL texts where
                     there is nothing */
  OwnedPair team; /* what the event file tells the team there, likewise; for nobody else's eyes */
  guint keeps;    /* headsets with which she goes out by an entrance */
} GateResult;
void gate_result_clear (GateResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GateResult, gate_result_clear)

/* What a scanned text turned out to be. */
typedef struct {
  Presentation presentation;
  const char *word; /* for the fact: ticket, badge, foreign, manual, none */
  const char *text; /* the caller's */
  Code code;
} GateCode;
