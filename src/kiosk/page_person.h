/* page_person.h: everything about one person, and what a volunteer can do for her.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/page.h"
#include "kiosk/person_record.h"

extern const Page page_person;

/* The record belongs to the caller. @headset_desk: checkpoint id where headsets are lent;
 * "" for none. */
void page_person_show (Ui *ui, GtkWidget *page, const PersonRecord *record,
                       const char *headset_desk, const FlowView *view);
