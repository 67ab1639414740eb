/* delegations_page.h: the two sides by category, and the delegations: expected, arrived,
 * inside, missing.
 * Threads: as the View. */
#pragma once

#include "office/page_part.h"

extern const PagePart DELEGATIONS_PAGE_PARTS[];
void delegations_page_draw (const View *view);
