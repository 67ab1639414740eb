/* presentation.h: what was shown at a checkpoint, and the decision on it: gathers from
 * the projections what decision.h wants to know.
 *
 * A badge that is signed well but that this replica has not heard of (its station was
 * cut off) is good, unless it was made void or a badge of the same person with a higher
 * serial is known.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "access/decision.h"
#include "congress/checkpoint.h"
#include "roster/delegate.h"

/* What was presented, already looked up by the caller. */
typedef struct {
  Presented presented;
  const char *reference; /* NULL if unknown */
  guint serial;          /* badge, ticket */
  gboolean voids;        /* some ticket was made void: see whether it is this one */
  const char *issuer;    /* badge */
  /* At a headset desk, with a headset that has a code: */
  gboolean lends;   /* she is to get it, whether or not she has another */
  gboolean several; /* and may have others */
  gboolean returns; /* it is taken back from her */
} Presentation;

typedef struct {
  DecisionAnswer answer; /* its days are not set: they stand below */
  char day[11];          /* ISO date at the venue for which the passage counts */
  char next_day[11];     /* when it may be tried again; "" for none */
  char period[64];       /* for the fact: "", a day, a session or an event id */
} PresentationAnswer;

/* Gathers the values for @presentation at @now_ms and decides. @delegate is who has its
 * reference, NULL if nobody is registered under it. Call inside the transaction that will
 * append the facts, and in which @delegate was read. */
gboolean presentation_decide (Journal *journal, const Checkpoint *checkpoint,
                              const Presentation *presentation, const Delegate *delegate,
                              gint64 now_ms, PresentationAnswer *answer, GError **error);

/* What a registration grants, as the columns of the table `delegate` hold it (lists are
 * JSON). */
typedef struct {
  const char *category, *events, *days, *workshops, *role;
  gboolean meals, transport, headset;
} PresentationRights;

/* How much of @checkpoint's capacity is taken: who is inside on @day; at a desk that lends
 * headsets those that its event has out, on whatever day. FALSE with @error. */
gboolean presentation_taken (Journal *journal, const Checkpoint *checkpoint, const char *day,
                             gint64 *taken, GError **error);
/* TRUE if such a delegate may pass here at all: has every right, and is registered for
 * one of the days on which it opens. */
gboolean presentation_grants (const Checkpoint *checkpoint, const PresentationRights *rights);
