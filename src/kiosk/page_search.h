/* page_search.h: a volunteer finds a person by whatever she remembers of the name.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"
#include "kiosk/search_record.h"

extern const Page page_search;

/* What was found for the text that is typed. Those who only come near stand under a
 * heading that asks; what is not shown is counted, with how to narrow the search. */
void page_search_found (Ui *ui, GtkWidget *page, const SearchRecord *record);
