/* ui.h: what all pages are built of: texts in two scripts, buttons that are touched,
 * pictures; and the size of everything.
 *
 * All sizes follow one: the em of the style sheet, which ui_set_size() takes from the
 * window, so that a page looks the same on 7 and on 32 inches; but what is touched is
 * never smaller than a finger (display_scale.h) where the screen's size is known, and on
 * a screen that is small for fingers the rest moves closer together (class “tight”). What
 * is said twice is a pair: the language that leads stands first, the other beneath, never
 * under two thirds of its size.
 *
 * Threads: GTK's.  */
#pragma once

#include "core/words.h"
#include "kiosk/flow.h"

#include <gtk/gtk.h>

typedef struct _Ui Ui;

/* @assets: folder of the style sheet and pictures. @touch is called for every touch. */
Ui *ui_new (const char *assets, void (*touch) (Touch touch, const char *text, gpointer data),
            gpointer data);
void ui_free (Ui *ui);
/* Gives everything its size. @px_per_mm: of the glass, 0 if nobody knows. TRUE if the
 * pages are to be laid out anew: another orientation, or another size of what is drawn to
 * fit. */
gboolean ui_set_size (Ui *ui, int width, int height, double px_per_mm);
/* Larger type, for who asks for it. TRUE if that is new. */
gboolean ui_set_large (Ui *ui, gboolean large);
gboolean ui_is_landscape (const Ui *ui);
/* The screen is small for fingers. */
gboolean ui_is_tight (const Ui *ui);
double ui_em_px (const Ui *ui);
/* Which language leads in every pair that has no order of its own. */
void ui_set_order (Ui *ui, gboolean chinese_first);
gboolean ui_is_chinese_first (const Ui *ui);

/* FALSE where somebody has switched animations off. */
gboolean ui_moves (void);
/* @widget is touched: never smaller than a finger. ui_button()s are anyway. @key: one of
 * a board that fills the page's width and has four rows: as high as a finger, where the
 * page has room for that. */
void ui_touchable (Ui *ui, GtkWidget *widget, gboolean key);
/* Passes a touch on. */
void ui_touch (Ui *ui, Touch touch, const char *text);

/* A box without anything in it. @css: style classes between spaces, "" for none. */
GtkWidget *ui_box (GtkOrientation orientation, const char *css);
/* A page of two parts, under each other or, in landscape, side by side: what is looked
 * at, and what is touched. */
GtkWidget *ui_halves (const char *css, GtkWidget **main_part, GtkWidget **side_part);
void ui_turn (Ui *ui, GtkWidget *halves);
/* @child in a pane that scrolls up and down, and shows that it does wherever there is
 * more than it has room for. */
GtkWidget *ui_scroll (GtkWidget *child);
/* Where @child of a grid is. */
void ui_place (GtkWidget *grid, GtkWidget *child, int column, int row);
/* A label that breaks its lines, from the left edge. */
GtkWidget *ui_text (const char *css);
/* Sets a Chinese or French text with the fonts and line breaks of its language. */
void ui_set_text (GtkWidget *label, const char *text, gboolean chinese);
/* Three lines at most, the rest as an ellipsis; ui_set_text() does so with very long
 * texts only. */
void ui_limit_lines (GtkWidget *label, gboolean limited);

/* Two labels above each other. Hidden while both are empty. */
GtkWidget *ui_pair (Ui *ui, const char *css);
void ui_pair_set (GtkWidget *pair, const char *fr, const char *zh);
void ui_pair_say (GtkWidget *pair, Pair wording);
/* Beside each other on a tight screen, not beneath. */
void ui_pair_turn (Ui *ui, GtkWidget *pair);
/* This pair's own order, whatever the others': a person's. */
void ui_pair_order (GtkWidget *pair, gboolean chinese_first);

/* A button with a picture (name of a symbolic icon, "" for none) and @text in both
 * languages (a msgid). Touched, it passes on @touch with @argument. */
GtkWidget *ui_button (Ui *ui, const char *icon, const char *text, Touch touch, const char *argument,
                      const char *css);
/* Another argument, or other words, for a button of ui_button(), or another picture for
 * one that has one. */
void ui_button_argue (GtkWidget *button, const char *argument);
void ui_button_say (GtkWidget *button, Pair wording);
void ui_button_icon (GtkWidget *button, const char *icon);
GtkWidget *ui_icon (const char *name, const char *css);
/* In the middle of its parent, whose size it does not change. */
void ui_centre (GtkWidget *widget);

/* Shrinks a label's text until its longest word fits @width_em, from @max_em down to
 * @min_em. */
void ui_fit (Ui *ui, GtkWidget *label, double max_em, double min_em, double width_em);
/* Takes all children out of a box. */
void ui_empty (GtkWidget *box);
/* Adds or removes a style class. */
void ui_mark (GtkWidget *widget, const char *css, gboolean on);
