/* ui_fit.h: nothing is cut off: what has no room is drawn smaller, and what can be missed
 * steps back first.
 *
 * Two containers of one child. A fit draws its child smaller, all of it alike, when it is
 * given less room than the child needs; inside of another it is the first to give way. A
 * spare shows its child only where enough room is left over.
 *
 * Both decide while GTK lays out: no page is drawn twice.
 * Threads: GTK's.  */
#pragma once

#include <gtk/gtk.h>

#define UI_FIT_LEAST 0.4 /* of a whole page */

/* @least: the smallest share of its size, 0.3 to 1, that it asks room for. */
GtkWidget *ui_fit_new (GtkWidget *child, double least);
/* @least: the share of the child's natural height below which it is not shown. */
GtkWidget *ui_fit_spare (GtkWidget *child, double least);
