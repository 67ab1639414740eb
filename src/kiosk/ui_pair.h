/* ui_pair.h: what is said twice: the language that leads stands first, the other beneath,
 * never under two thirds of its size.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"
#include "vocabulary/wording.h"

/* Two labels above each other. Hidden while both are empty. */
GtkWidget *ui_pair (Ui *ui, const char *css);
/* The same, as the heading of its page: what a screen reader goes to and says first. */
GtkWidget *ui_pair_heading (Ui *ui, const char *css);
/* Moves the keyboard to the heading, where whoever listens hears it; FALSE: it is
 * empty. */
gboolean ui_pair_announce (GtkWidget *pair);
void ui_pair_set (GtkWidget *pair, const char *fr, const char *zh);
void ui_pair_say (GtkWidget *pair, Pair wording);
/* Beside each other on a tight screen, not beneath. */
void ui_pair_turn (Ui *ui, GtkWidget *pair);
/* This pair's own order, whatever the others': a person's. */
void ui_pair_order (GtkWidget *pair, gboolean second_leads);
/* Which language leads in every pair that has no order of its own. */
void ui_set_order (Ui *ui, gboolean second_leads);
gboolean ui_second_leads (const Ui *ui);
