/* ui.h: what all pages are built of: boxes, texts in two scripts, pictures.
 *
 * The size of everything is in ui_scale.h, a text in both languages in ui_pair.h, what is
 * touched in ui_button.h.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/flow_view.h"

#include <gtk/gtk.h>

typedef struct _Ui Ui;

/* @assets: folder of the style sheet and pictures. @touch is called for every touch. */
Ui *ui_new (const char *assets, void (*touch) (Touch touch, const char *text, gpointer data),
            gpointer data);
void ui_free (Ui *ui);

/* FALSE where somebody has switched animations off. */
gboolean ui_moves (void);
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
/* The same with the role of a heading. */
GtkWidget *ui_heading (const char *css);
/* Sets a Chinese or French text with the fonts and line breaks of its language. */
void ui_set_text (GtkWidget *label, const char *text, gboolean second);
/* Three lines at most, the rest as an ellipsis; ui_set_text() does so with very long
 * texts only. */
void ui_limit_lines (GtkWidget *label, gboolean limited);

/* A symbolic icon, which is not read out: it always stands with a word. */
GtkWidget *ui_icon (const char *name, const char *css);
/* In the middle of its parent, whose size it does not change. */
void ui_centre (GtkWidget *widget);

/* Takes all children out of a box. */
void ui_empty (GtkWidget *box);
/* Adds style classes, between spaces; "" for none. */
void ui_add_classes (GtkWidget *widget, const char *css);
/* Adds or removes a style class. */
void ui_mark (GtkWidget *widget, const char *css, gboolean on);
