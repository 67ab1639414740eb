#include "camera/frame_rate.h"

static gboolean is_within (gint64 then_us, gint64 now_us, gint64 ms)
{
  return now_us - then_us < ms * 1000;
}

gboolean frame_rate_wants (FrameRate *pace, const Frame *frame, gint64 now_us)
{
  FrameGlance glance;
  gboolean wanted;

  if (pace->begun && now_us < pace->rested_us)
    return FALSE;
  frame_glance (frame, &glance);
  if (!pace->begun || frame_glances_differ (&glance, &pace->glance))
    pace->moved_us = now_us;
  wanted = is_within (pace->moved_us, now_us, FRAME_RATE_AWAKE_MS)
           || !is_within (pace->looked_us, now_us, FRAME_RATE_ASLEEP_MS);
  if (wanted) {
    pace->begun = TRUE;
    pace->glance = glance;
    pace->looked_us = now_us;
  }
  return wanted;
}

void frame_rate_looked (FrameRate *pace, gint64 now_us, gint64 spent_us, gboolean found)
{
  if (found)
    pace->found_us = now_us;
  pace->rested_us = pace->found_us != 0 && is_within (pace->found_us, now_us, FRAME_RATE_AWAKE_MS)
                        ? 0
                        : now_us + spent_us * 6 / 5;
}
