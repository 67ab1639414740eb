/* page_rights.h: what a person is registered for, as one form: title and category, events
 * and days, sessions with the places that are left, meals, transport, headset.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"
#include "kiosk/person_record.h"

extern const Page page_rights;
void page_rights_fill (Ui *ui, GtkWidget *page, const PersonRecord *record,
                       const Programme *programme);
