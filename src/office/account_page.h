/* account_page.h: the reader's own account: her password, and what each role may: the
 * table that the server itself asks.
 * Threads: as a route's run(). */
#pragma once

#include "office/visit.h"

gboolean account_page_show (Request *request);
gboolean account_page_password (Request *request);
