/* certificate_page.h: whether a certificate of attendance is genuine, for whoever
 * reads the symbol on it, signed in or not: what it says and whose it is, so that
 * another name on the paper shows. Threads: as a route's run(). */
#pragma once

#include "http/request.h"

gboolean certificate_page_show (Request *request);
