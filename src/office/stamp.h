/* stamp.h: what stands under every figure: as of when, how many of the stations that feed
 * it were heard, and which is silent since when.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

/* Of stations that feed places of these kinds. */
#define STAMP_ENTRANCES (1u << CHECKPOINT_ENTRANCE)
#define STAMP_ROOMS ((1u << CHECKPOINT_SESSION) | (1u << CHECKPOINT_ZONE) | (1u << CHECKPOINT_B2B))
#define STAMP_SERVICES                                                                             \
  ((1u << CHECKPOINT_MEAL) | (1u << CHECKPOINT_SHUTTLE) | (1u << CHECKPOINT_HEADSET))

/* The page's own: all stations, and whether the page is live. */
void stamp_page (const View *view);
/* A part's own. */
void stamp_part (const View *view, guint kinds);
