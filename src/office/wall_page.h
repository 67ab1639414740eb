/* wall_page.h: the figures for a large screen that all can see: both languages, no
 * names, no balance, no stations; it says its own age, and more loudly when it stands
 * still.
 * Threads: as the View. */
#pragma once

#include "office/page_part.h"

extern const PagePart WALL_PAGE_PARTS[];
void wall_page_draw (const View *view);
