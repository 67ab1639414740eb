/* person.h: a person's name and place as every page shows them: the own script first and large, the other beneath.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"

/* Name, function and organisation, category. */
GtkWidget *person_new (Ui *ui);
/* @width_em is what the name may take at most. NULL shows nothing. */
void person_set (Ui *ui, GtkWidget *person, const Guest *guest, double width_em);

/* A right or a reminder in its frame. */
GtkWidget *person_right (Ui *ui, const GuestRight *right, gboolean chinese_first, const char *css);
