/* person.h: a person's name and place as every page shows them: the own script first and
 * large, the other beneath.
 * Threads: GTK's. */
#pragma once

#include "kiosk/ui_pair.h"
#include "kiosk/ui_scale.h"

/* Name, function and organisation, category. */
GtkWidget *person_new (Ui *ui);
/* @size_em: of the own name, where it fits @width_em. NULL shows nothing. */
#define PERSON_LARGE_EM 4.7
#define PERSON_SMALL_EM 3.0
void person_set (Ui *ui, GtkWidget *person, const Guest *guest, double size_em, double width_em);

/* A name on one line of a list, its surname in bold: in hanzi or in Latin letters. */
void person_set_line (GtkWidget *label, const Guest *guest, gboolean chinese);

/* A right or a reminder in its frame. */
GtkWidget *person_right (Ui *ui, const GuestRight *right, gboolean second_leads, const char *css);
