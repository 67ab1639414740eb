/* meals_page.h: the meals of the day by diet, for the caterer: read when it is asked for,
 * since who eats what is counted from everybody.
 * Threads: as a request's. */
#pragma once

#include "http/request.h"

gboolean meals_page_show (Request *request);
