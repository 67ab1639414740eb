/* frame_rate.h: which of a camera's pictures are looked at, so that a camera before which
 * nobody stands leaves the processor to others.
 *
 * All while something moves and for FRAME_RATE_AWAKE_MS after; else one every
 * FRAME_RATE_ASLEEP_MS. And unless a code was found in the last FRAME_RATE_AWAKE_MS,
 * after each look a rest as long as it took of the processor and a fifth more: a crowd
 * that moves behind takes less than half of it, too.
 *
 * Threads: a FrameRate belongs to one thread. Nothing here blocks.  */
#pragma once

#include "camera/frame.h"

#define FRAME_RATE_AWAKE_MS 1500
#define FRAME_RATE_ASLEEP_MS 250

typedef struct {
  gboolean begun;
  FrameGlance glance; /* of the picture last looked at */
  gint64 looked_us, moved_us, found_us, rested_us;
} FrameRate;

/* TRUE if @frame, taken at @now_us, is to be looked at. A FrameRate begins as zeros. */
gboolean frame_rate_wants (FrameRate *pace, const Frame *frame, gint64 now_us);
/* It was: until @now_us, @spent_us of processor time, and whether a code was found. */
void frame_rate_looked (FrameRate *pace, gint64 now_us, gint64 spent_us, gboolean found);
