/* page_draft.h: what is about to be written, the badge that it makes, and whoever has the
 * same name; nothing is written before its one touch.
 * Threads: GTK's. */
#pragma once

#include "kiosk/draft_record.h"
#include "kiosk/page.h"

extern const Page page_draft;
/* @texture: the badge's picture; NULL for none. */
void page_draft_show (Ui *ui, GtkWidget *page, const DraftRecord *record, GdkTexture *texture);
