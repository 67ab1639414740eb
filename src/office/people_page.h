/* people_page.h: people found as at the kiosk, one person's sheet: what is known, the
 * badges, all that has happened, and what a desk does for her.
 *
 * A guest of protocol is found and seen by the protocol role alone: for others there is
 * no such person.
 * Threads: as a route's run(). */
#pragma once

#include "office/visit.h"

gboolean people_page_show (Request *request);
gboolean people_page_sheet (Request *request);
gboolean people_page_note (Request *request);
gboolean people_page_undo (Request *request);
gboolean people_page_reprint (Request *request);
gboolean people_page_void (Request *request);
gboolean people_page_correct (Request *request);
