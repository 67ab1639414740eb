/* gate_step.h: what the files of a gate share: its state, and the pieces of one decision.
 * Only they include this; the manual is gate.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/headset.h"
#include "credential/issue.h"
#include "journal/decision_times.h"
#include "station/gate_result.h"

#define GATE_STEP_KEYS_STAMPS 8
#define GATE_STEP_PENDING_MS (60 * 1000) /* how long a headset desk waits for the second code */

typedef struct _Gate Gate;

/* A key that signs codes. */
typedef struct {
  SignPublic key;
  guint8 id[SIGN_KEY_ID_BYTES];
  char *station;   /* "" for a key of the congress */
  gint64 until_ms; /* a key of the congress that is revoked from then on */
} GateSigner;

struct _Gate {
  Journal *journal;
  Checkpoint *checkpoint;
  gboolean exit;
  GArray *signers;                          /* GateSigner */
  gint64 keys_stamp[GATE_STEP_KEYS_STAMPS]; /* of the keys they were read from */
  char *hub_clock;                          /* the local value, as it was read last */
  gboolean changes;                         /* sessions were moved or cancelled */
  gboolean messages;                        /* the event file has texts for scans */
  gboolean voids;                           /* some ticket was made void */
  gint64 clock_good_us;                     /* monotonic: last found possible; 0: not yet */
  DecisionTimes times;                      /* of decisions since they were kept last */
  gint64 times_kept_us;                     /* monotonic */
  /* Headset desk: the first of two codes. In memory only: nothing was decided yet. */
  char *pending_badge;                      /* its text; NULL for none */
  char pending_headset[IDENTIFIER_MAX + 1]; /* "" for none */
  gint64 pending_ms;                        /* when it was shown */
};

typedef struct {
  char *volunteer, *reason;
  gboolean override; /* also against a refusal */
  gboolean one_way;  /* only in this direction */
  Direction direction;
} GateManual; /* of an admission without a code; NULL otherwise */

/* @text without what readers put before a code. */
const char *gate_step_without_prefix (const char *text);
/* What @text is, by its form and its signature. */
void gate_step_classify (const Gate *gate, const char *text, GateCode *shown);
/* The delegate shown, if she is known here; for a foreign code, who it belongs to. */
gboolean gate_step_look_up (Gate *gate, GateCode *shown, GateResult *result, GError **error);
/* What was decided, into @result. */
void gate_step_set (const PresentationAnswer *answer, const GateCode *shown, GateResult *result);
gboolean gate_step_append_passage (Gate *gate, const GateCode *shown,
                                   const PresentationAnswer *answer, const char *refusal,
                                   const GateManual *by_hand, const GateResult *result,
                                   GError **error);
/* Of her sessions that were changed, her appointments of the day, and what the event file says
 * there, a line each, into @result; before the passage is written. */
gboolean gate_step_tell (Gate *gate, const char *day, GateResult *result, GError **error);
