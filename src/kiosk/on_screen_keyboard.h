/* on_screen_keyboard.h: a keyboard on the screen, for the field that has the focus:
 * letters in the French or the American order, accents, figures.
 *
 * Chinese names are found by pinyin; to write hanzi a physical keyboard and the machine's
 * input method serve, whose typing the fields take as any.
 * Threads: GTK's.  */
#pragma once

#include "core/words.h"
#include "kiosk/ui_scale.h"

/* @azerty: which order comes first; a key changes it. */
GtkWidget *on_screen_keyboard_new (Ui *ui, gboolean azerty);
