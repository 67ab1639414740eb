/* station_page.h: one station's sheet: how it stands, what was done there and by
 * whom; the team's message on its screen, and how people call it. Threads: as a
 * route's run(). */
#pragma once

#include "office/visit.h"

gboolean station_page_show (Request *request);
gboolean station_page_message (Request *request);
gboolean station_page_name (Request *request);
