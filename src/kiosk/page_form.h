/* page_form.h: a name set right, or a person who is in no list: the fields of a badge and
 * a keyboard.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"
#include "congress/programme.h"

extern const Page page_correct, page_walk_in;

/* What the fields hold at first: of the person who is corrected. */
void page_form_correct_fill (GtkWidget *page, const Delegate *delegate);
/* The categories and events to choose from. */
void page_form_walk_in_offer (Ui *ui, GtkWidget *page, const Programme *programme);
