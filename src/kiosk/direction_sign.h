/* direction_sign.h: where to go: an arrow and, in both languages, what the station's
 * settings say of the place.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"
#include "station/settings.h"

/* The places of this machine's settings; they must live as long as the Ui. */
void direction_sign_places (Ui *ui, const SettingsPlace *desk, const SettingsPlace *printer);
/* Hidden until it is told which place. */
GtkWidget *direction_sign_new (Ui *ui);

typedef enum { DIRECTION_SIGN_NONE, DIRECTION_SIGN_DESK, DIRECTION_SIGN_PRINTER } DirectionSign;

/* Hidden for a place of which the settings say nothing. */
void direction_sign_set (Ui *ui, GtkWidget *sign, DirectionSign place, gboolean second_leads);
