/* ui_scale.h: the size of everything on the screen.
 *
 * All sizes follow one: the em of the style sheet, which ui_set_size() takes from the
 * window, so that a page looks the same on 7 and on 32 inches; but what is touched is
 * never smaller than a finger (display_scale.h) where the screen's size is known, and on
 * a screen that is small for fingers the rest moves closer together (class “tight”).
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui.h"

/* Gives everything its size. @px_per_mm: of the glass, 0 if nobody knows. TRUE if the
 * pages are to be laid out anew: another orientation, or another size of what is drawn to
 * fit. */
gboolean ui_set_size (Ui *ui, int width, int height, double px_per_mm);
/* Larger type, for who asks for it. TRUE if that is new. */
gboolean ui_set_large (Ui *ui, gboolean large);
gboolean ui_is_landscape (const Ui *ui);
/* The screen is small for fingers. */
gboolean ui_is_tight (const Ui *ui);
/* @widget is touched: never smaller than a finger. ui_button()s are anyway. @key: one of
 * a board that fills the page's width and has four rows: as high as a finger, where the
 * page has room for that. */
void ui_touchable (Ui *ui, GtkWidget *widget, gboolean key);
/* Shrinks a label's text until its longest word fits @width_em, from @max_em down to
 * @min_em. */
void ui_fit (Ui *ui, GtkWidget *label, double max_em, double min_em, double width_em);
/* Lets @label break its lines if its text is wider than @room_px at @size_em, and only
 * then: one that may is laid out at many widths. Should the room become smaller, it ends
 * in an ellipsis. @in: a widget of the page that it goes to. */
void ui_break_if_long (Ui *ui, GtkWidget *label, GtkWidget *in, double size_em, double room_px);
/* The width of @text there, in bold. */
double ui_text_width_px (Ui *ui, GtkWidget *in, const char *text, double size_em);
/* One em. */
double ui_em_px (const Ui *ui);
