/* page_welcome.h: an admitted person: who she is, what she may use, and where her badge
 * is.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"

extern const Page page_welcome;

/* The badge's picture beside it; NULL for none. */
void page_welcome_preview (GtkWidget *page, GdkTexture *texture);
