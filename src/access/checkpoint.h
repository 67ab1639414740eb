/* checkpoint.h: checkpoints as the event file defines them, and the values a decision
 * needs, read from the projections.
 *
 * A badge that is signed well but that this replica has not heard of (its station was cut
 * off) is good, unless it was made void or a badge of the same person with a higher
 * serial is known.
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "access/decision.h"
#include "roster/delegate.h"

#define CHECKPOINT_ERROR checkpoint_error_quark ()
GQuark checkpoint_error_quark (void);
typedef enum {
  CHECKPOINT_ERROR_UNKNOWN, /* no such checkpoint, or taken out of the event file; the message lists
                               those there are */
  CHECKPOINT_ERROR_EVENT,   /* no event file was loaded, or its time zone is not known here */
} CheckpointError;

typedef struct _Checkpoint Checkpoint;

Checkpoint *checkpoint_load (Journal *journal, const char *id, GError **error);
void checkpoint_free (Checkpoint *checkpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Checkpoint, checkpoint_free)
/* Sets *@current to FALSE if its definition, or the congress's, has changed since it was
 * loaded. */
gboolean checkpoint_is_current (Journal *journal, const Checkpoint *checkpoint, gboolean *current,
                                GError **error);
const char *checkpoint_id (const Checkpoint *checkpoint);
const char *checkpoint_fr (const Checkpoint *checkpoint);
const char *checkpoint_zh (const Checkpoint *checkpoint);
CheckpointKind checkpoint_kind (const Checkpoint *checkpoint);
/* From now on this machine stands at the way out, whatever the event file says of the
 * direction. */
void checkpoint_set_exit (Checkpoint *checkpoint);
/* Ids of all that are not removed; free with g_strfreev(). */
char **checkpoint_ids (Journal *journal, GError **error);

/* What was presented, already looked up by the caller. */
typedef struct {
  Presented presented;
  const char *reference; /* NULL if unknown */
  guint serial;          /* badge */
  const char *issuer;    /* badge */
} Presentation;

typedef struct {
  DecisionAnswer answer; /* its `day` is not set: it stands below */
  char day[11];          /* ISO date at the venue for which the passage counts */
  char period[64];       /* for the fact: "", a day, a session or an event id */
} CheckpointAnswer;

/* Gathers the values for @presentation at @now_ms and decides. @delegate is who has its
 * reference, NULL if nobody is registered under it. Call inside the transaction that will
 * append the facts, and in which @delegate was read. */
gboolean checkpoint_decide (Journal *journal, const Checkpoint *checkpoint,
                            const Presentation *presentation, const Delegate *delegate,
                            gint64 now_ms, CheckpointAnswer *answer, GError **error);

/* What a registration grants, as the columns of the table `delegate` hold it (lists are
 * JSON). */
typedef struct {
  const char *category, *events, *days, *workshops, *role;
  gboolean meals, transport, headset;
} CheckpointRights;

/* TRUE if such a delegate may pass here at all: has every right, and is registered for
 * one of the days on which it opens. */
gboolean checkpoint_grants (const Checkpoint *checkpoint, const CheckpointRights *rights);
