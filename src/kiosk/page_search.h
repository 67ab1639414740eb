/* page_search.h: a volunteer finds a person by whatever she remembers of the name.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"

extern const Page page_search;

/* What was found for the text that is typed: Guest, best first. */
void page_search_found (Ui *ui, GtkWidget *page, GPtrArray *guests);
