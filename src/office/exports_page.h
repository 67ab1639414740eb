/* exports_page.h: the tables of report.h to take away, narrowed by what organisers
 * choose, as CSV or XLSX. Guests of protocol stand in them for the protocol role alone.
 *
 * Threads: as a route's run(); tables are written in threads of their own. */
#pragma once

#include "office/page_part.h"
#include "office/visit.h"

/* The threads that write tables; a member of OfficeContext. Free with
 * g_thread_pool_free(), waiting, before the server stops. */
GThreadPool *exports_page_writers (void);
gboolean exports_page_show (Request *request);
/* One table, as its name ends: .csv .xlsx .json. */
gboolean exports_page_take (Request *request);
/* A button that leads to a table, for those who may have it. @href:
 * "/exports/people.xlsx?…". */
void exports_page_button (const View *view, const char *text, const char *href);
