/* page_your_data.h: what people are told about their data (roster/notice.h): all of it on
 * one page, in one language at a time.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"

extern const Page page_your_data;
/* @notice is borrowed until the next one; NULL for none. */
void page_your_data_show (Ui *ui, GtkWidget *page, const Notice *notice, const FlowView *view);
