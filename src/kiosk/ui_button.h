/* ui_button.h: what is touched: a picture and its words in both languages.
 *
 * Threads: GTK's.  */
#pragma once

#include "core/words.h"
#include "kiosk/ui.h"

/* A button with a picture (name of a symbolic icon, "" for none) and @text in both
 * languages (a msgid). Touched, it passes on @touch with @argument. */
GtkWidget *ui_button (Ui *ui, const char *icon, const char *text, Touch touch, const char *argument,
                      const char *css);
Touch ui_button_touch (GtkWidget *button);
/* Another argument, or other words, for a button of ui_button(), or another picture for
 * one that has one. */
void ui_button_argue (GtkWidget *button, const char *argument);
void ui_button_say (GtkWidget *button, Pair wording);
void ui_button_icon (GtkWidget *button, const char *icon);
