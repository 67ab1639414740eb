/* stations_page.h: the stations, those that need somebody first; inviting and revoking
 * them.
 * Threads: as the View and as a route's run(). */
#pragma once

#include "office/page_part.h"
#include "office/visit.h"

extern const PagePart STATIONS_PAGE_PARTS[];
void stations_page_draw (const View *view);
/* Parts of a row that its sheet has too (station_page.h). */
void stations_page_put_state (const View *view, const MomentStation *station);
/* What ails a printer and what to do, or how it stands. */
void stations_page_put_printer (const View *view, const StationStatePrinter *printer);
void stations_page_put_printers (const View *view, const MomentStation *station);
const char *stations_page_clock (const View *view, const MomentStation *station);
const char *stations_page_contact (const View *view, const MomentStation *station);
/* The form to invite one, and what a station's machine is to read. */
gboolean stations_page_show_invite (Request *request);
gboolean stations_page_invite (Request *request);
gboolean stations_page_show_revoke (Request *request);
gboolean stations_page_revoke (Request *request);
