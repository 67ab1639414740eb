/* delegation_page.h: one delegation of a day by name: who is missing, who came when, and
 * who has whose badge.
 *
 * Only for who may see names: a leader sees her own delegation alone.
 * Threads: as a route's run(). */
#pragma once

#include "http/request.h"

/* At most so many members are listed; a table to take away has all. */
#define DELEGATION_PAGE_MAX 500

/* GET /delegation?id=… */
gboolean delegation_page_show (Request *request);
