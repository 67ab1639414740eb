/* on_screen_keyboard.h: a keyboard on the screen, for the field that has the focus:
 * letters in the French or the American order, accents, figures, and Chinese by pinyin.
 *
 * A letter that is held shows the letters that it stands for too, in place of the rows;
 * the layer with accents has touches that do the same, for who cannot hold one. The erase
 * key repeats while it is held.
 *
 * Chinese (input/pinyin_input.h): letters are kept in the keyboard's last row until one
 * of the candidates beside them is touched. A physical keyboard writes letters into the
 * field as ever, and a machine's own input method serves it. Threads: GTK's. */
#pragma once

#include "core/words.h"
#include "kiosk/ui_scale.h"

/* @azerty: which order comes first; a key changes it. */
GtkWidget *on_screen_keyboard_new (Ui *ui, gboolean azerty);
/* What is written into @field begins with a surname: those come first. */
void on_screen_keyboard_expect_name (GtkWidget *field);
