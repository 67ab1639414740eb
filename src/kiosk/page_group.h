/* page_group.h: a delegation on one page: who is there, all badges at once, handed to
 * whom.
 * Threads: GTK's. */
#pragma once

#include "kiosk/group_record.h"
#include "kiosk/page.h"

extern const Page page_group;
void page_group_show (Ui *ui, GtkWidget *page, const GroupRecord *record);
