/* alert_page.h: one alert (desk/alert.h): what happened, what to do, and closing it with
 * a reason.
 * Threads: as a route's run(). */
#pragma once

#include "office/visit.h"

gboolean alert_page_show (Request *request);
gboolean alert_page_close (Request *request);
