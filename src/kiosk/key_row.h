/* key_row.h: a row of the keyboard on the screen, filled again and again. A key that is
 * wanted again stays the same widget, wherever it stands then and whatever it says: one
 * that was made anew under a finger would never be touched.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"

GtkWidget *key_row_new (void);

/* Between these two, all that the row is to hold is kept or added, in order; what is not
 * goes. */
void key_row_begin (GtkWidget *row);
void key_row_end (GtkWidget *row);

/* The widget that was added as @id, now the next of the row; NULL if there is none. */
GtkWidget *key_row_keep (GtkWidget *row, const char *id);
/* A new one, the next of the row. */
void key_row_add (GtkWidget *row, const char *id, GtkWidget *widget);
/* The row is empty so far. */
gboolean key_row_is_bare (GtkWidget *row);
