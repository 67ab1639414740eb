/* form_choices.h: what the desk's forms offer of the programme, in the words of both
 * languages.
 * Threads: GTK's. */
#pragma once

#include "congress/programme.h"
#include "kiosk/choice.h"

/* How somebody is addressed; none is one of them. */
void form_choices_titles (GtkWidget *choice);
void form_choices_categories (GtkWidget *choice, const Programme *programme);
/* Toggles, all up; where there is only one event it is down. */
void form_choices_events (Ui *ui, GtkWidget *toggles, const Programme *programme);
void form_choices_days (Ui *ui, GtkWidget *toggles, const Programme *programme);
/* "meals", "transport", "headset". */
void form_choices_services (Ui *ui, GtkWidget *toggles);
