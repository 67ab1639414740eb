/* bottom_row.h: the touches at the bottom of the window, at most three a screen. On one
 * page a touch stays the same widget, whatever becomes of the others.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"

typedef struct _BottomRow BottomRow;

BottomRow *bottom_row_new (Ui *ui);
/* Its widget is destroyed before, with the window that holds it. */
void bottom_row_free (BottomRow *row);
GtkWidget *bottom_row_widget (BottomRow *row);
/* Those of @view's screen, as they are now. */
void bottom_row_show (BottomRow *row, const FlowView *view);
