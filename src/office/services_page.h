/* services_page.h: meals, shuttles and headsets of the day: who may, who was served, what
 * is left.
 * Threads: as the View. */
#pragma once

#include "office/page_part.h"

extern const PagePart SERVICES_PAGE_PARTS[];
void services_page_draw (const View *view);
