/* pace.h: which of a camera's pictures are looked at, so that a camera before which nobody stands leaves the processor to others.
 *
 * All while something moves and for PACE_AWAKE_MS after; else one every PACE_ASLEEP_MS. And unless a code was found in the last PACE_AWAKE_MS, after each look a rest as long as it took of the processor and a fifth more: a crowd that
 * moves behind takes less than half of it, too.
 *
 * Threads: a Pace belongs to one thread. Nothing here blocks.  */
#pragma once

#include "scan/frame.h"

#define PACE_AWAKE_MS 1500
#define PACE_ASLEEP_MS 250

typedef struct {
  gboolean begun;
  FrameGlance glance;      /* of the picture last looked at */
  gint64 looked_us, moved_us, found_us, rested_us;
} Pace;

/* TRUE if @frame, taken at @now_us, is to be looked at. A Pace begins as zeros. */
gboolean pace_wants (Pace *pace, const Frame *frame, gint64 now_us);
/* It was: until @now_us, @spent_us of processor time, and whether a code was found. */
void pace_looked (Pace *pace, gint64 now_us, gint64 spent_us, gboolean found);
