/* sessions_page.h: the sessions of all days, and of one: its room, and who speaks,
 * moderates and presides: in the room, in the building, or not there.
 * Threads: as the View. */
#pragma once

#include "office/view.h"

/* @chosen: the id of one, or NULL. */
void sessions_page_draw (const View *view, const char *chosen);
