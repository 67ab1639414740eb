/* exports_page.h: the tables of report.h to take away, narrowed by what organisers
 * choose, as CSV or XLSX; of one that takes long, how far it is. Guests of protocol
 * stand in them for the protocol role alone.
 *
 * Threads: as a route's run(); tables are written in threads of their own. */
#pragma once

#include "office/page_part.h"
#include "office/visit.h"

gboolean exports_page_show (Request *request);
/* One table, as its name ends: .csv .xlsx .json. A form of the page is led to
 * exports_page_progress() where that takes long; whoever else asks waits for it. */
gboolean exports_page_take (Request *request);
/* GET /exports/job/{key}: rows written, of all; then the file. */
gboolean exports_page_progress (Request *request);
/* GET /exports/job/{key}/{file} */
gboolean exports_page_fetch (Request *request);
/* POST /exports/job/{key}/stop */
gboolean exports_page_stop (Request *request);
/* A button that leads to a table, for those who may have it. @href:
 * "/exports/people.xlsx?…". */
void exports_page_button (const View *view, const char *text, const char *href);
