/* checkpoint_kind.h: the kinds of checkpoints, as the event file and facts write them.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum {
  CHECKPOINT_ENTRANCE,
  CHECKPOINT_ZONE,
  CHECKPOINT_SESSION,
  CHECKPOINT_MEAL,
  CHECKPOINT_SHUTTLE,
  CHECKPOINT_HEADSET,
  CHECKPOINT_B2B,
  CHECKPOINT_KIND_COUNT
} CheckpointKind;

/* The word of facts and of the event file; static. */
const char *checkpoint_kind_name (CheckpointKind kind);
/* FALSE for a word that is none; @kind is left alone then. */
gboolean checkpoint_kind_from_name (const char *name, CheckpointKind *kind);
